namespace Stk.GrainInterfaces.Faults;

/// <summary>The connection was lost at COMMIT: it may have happened or not. The same call again resolves it.</summary>
[GenerateSerializer, Alias("stk.fault.outcome-unknown")]
public sealed class CommitUnknownException(string message) : Exception(message);
