namespace Stk.Cli.Endings;

/// <summary>A file for its owner's eyes alone: it names people.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes it whole or not at all: a reader never sees half of it.</summary>
    public static void Replace(string file, ReadOnlySpan<byte> content)
    {
        var made = file + ".new";
        // One that was left from before, with another mode, would keep it.
        File.Delete(made);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(made, options))
        {
            stream.Write(content);
        }

        File.Move(made, file, overwrite: true);
    }
}
