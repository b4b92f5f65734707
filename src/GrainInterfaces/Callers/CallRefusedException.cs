namespace Stk.GrainInterfaces.Callers;

/// <summary>A call that a silo does not take from who sent it. Nothing was begun.</summary>
[GenerateSerializer, Alias("stk.fault.call-refused")]
public sealed class CallRefusedException(CallRefusal reason, string message) : Exception(message)
{
    [Id(0)]
    public CallRefusal Reason { get; } = reason;
}
