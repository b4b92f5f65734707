namespace Stk.Hosting.Callers;

/// <summary>
/// Puts the silos' secret into each call that leaves here for an actor or a system target, and into none for a client: that
/// would be told it.
/// </summary>
public sealed class SiloCallFilter(SiloSecrets secrets) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.TargetId.Type.IsClient())
        {
            return context.Invoke();
        }

        CallProof.ShowSecret(secrets.Own);
        try
        {
            // What is sent is made of the context before this returns.
            return context.Invoke();
        }
        finally
        {
            CallProof.HideSecret();
        }
    }
}
