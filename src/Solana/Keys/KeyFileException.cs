namespace Stk.Solana.Keys;

/// <summary>
/// A key file that is not to be used. The message names the file and the flaw, and nothing of its content.
/// </summary>
public sealed class KeyFileException(string path, string flaw, Exception? cause = null)
    : Exception($"Key file {path}: {flaw}.", cause)
{
    public string Path { get; } = path;
}
