namespace Stk.Channels;

/// <summary>A secret that a channel speaks with: the file's text, without the blanks around it.</summary>
internal static class SecretFile
{
    /// <exception cref="InvalidDataException">The file cannot be read, or is empty.</exception>
    public static string Read(string path, string setting)
    {
        try
        {
            var text = File.ReadAllText(path).Trim();
            return text.Length > 0 ? text : throw new InvalidDataException($"{setting} names {path}, which is empty");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{setting} names {path}, which cannot be read: {exception.Message}", exception);
        }
    }
}
