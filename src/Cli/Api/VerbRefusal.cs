namespace Stk.Cli.Api;

/// <summary>The verb does nothing; the message is a sentence for whoever typed it.</summary>
/// <param name="code">The exit code.</param>
internal sealed class VerbRefusal(string message, int code = CommandLine.Failed) : Exception(message)
{
    public int Code { get; } = code;
}
