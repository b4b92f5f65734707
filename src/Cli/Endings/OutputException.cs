namespace Stk.Cli.Endings;

/// <summary>Standard output takes nothing: its disk is full, or it was closed. Why is a clause for people.</summary>
internal sealed class OutputException(string why, Exception? cause = null)
    : IOException($"Standard output cannot be written: {why}.", cause)
{
    public string Why { get; } = why;
}
