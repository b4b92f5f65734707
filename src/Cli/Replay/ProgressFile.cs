using System.Text.Json;
using Stk.Cli.Endings;

namespace Stk.Cli.Replay;

/// <summary>
/// The progress of one replay, in a file named by its fingerprint; or nowhere, where no directory is given.
/// </summary>
internal sealed class ProgressFile(string? directory, string fingerprint)
{
    private readonly string? _file = directory is null ? null : Path.Combine(directory, fingerprint[..32] + ".json");

    /// <summary>
    /// Null where there is none, or none that can be read: then the replay begins anew, which is harmless.
    /// </summary>
    public ReplayProgress? Read()
    {
        if (_file is null || !File.Exists(_file))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<ReplayProgress>(File.ReadAllBytes(_file));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whole or not at all: a reader never sees half of it.</summary>
    /// <exception cref="ReplayRefusal">It cannot be written.</exception>
    public void Write(ReplayProgress progress)
    {
        if (_file is null)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(directory!); // not null where _file is not
            PrivateFile.Replace(_file, JsonSerializer.SerializeToUtf8Bytes(progress));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ReplayRefusal(
                $"How far it is cannot be kept ({exception.Message.TrimEnd('.')}), so it stops here; what was sent is stored. "
                + "Started again, it goes on.", exception);
        }
    }
}
