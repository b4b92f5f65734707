namespace Stk.Cli.Endings;

/// <summary>
/// The verb has done what it was asked, and what it would say of it cannot be shown: no failure, whose repetition would
/// be another act.
/// </summary>
/// <param name="done">What was done, a sentence without its stop.</param>
/// <param name="again">How it is seen all the same, a sentence.</param>
internal sealed class DoneNotShownException(string done, string again, Exception cause)
    : Exception($"{done}, but it cannot be shown: {Why(cause)}. {again}", cause)
{
    private static string Why(Exception cause) => cause switch
    {
        OutputException output => $"standard output cannot be written ({output.Why})",
        OperationCanceledException => "interrupted",
        _ => $"the answer has not the form it should have ({cause.Message.TrimEnd('.')})",
    };
}
