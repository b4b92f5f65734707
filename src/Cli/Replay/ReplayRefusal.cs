namespace Stk.Cli.Replay;

/// <summary>The replay cannot go on; the message is a sentence for an operator.</summary>
internal sealed class ReplayRefusal(string message, Exception? cause = null) : Exception(message, cause);
