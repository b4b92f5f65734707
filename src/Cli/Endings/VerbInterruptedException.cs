namespace Stk.Cli.Endings;

/// <summary>An interrupted verb that has more to say of it than that it was; the message is its sentence.</summary>
internal sealed class VerbInterruptedException(string message, OperationCanceledException cause)
    : OperationCanceledException(message, cause, cause.CancellationToken);
