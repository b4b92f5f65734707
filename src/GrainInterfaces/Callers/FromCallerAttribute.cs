namespace Stk.GrainInterfaces.Callers;

/// <summary>
/// Marks what a message, or a parameter, says of its caller. In a call from outside the silos it must be what the token
/// says; a call in which it is anything else is refused, so that the actor may read it.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class FromCallerAttribute(CallerFact fact = CallerFact.Subject) : Attribute
{
    public CallerFact Fact => fact;
}
