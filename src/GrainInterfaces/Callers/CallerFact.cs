namespace Stk.GrainInterfaces.Callers;

/// <summary>What a message can say of its caller.</summary>
public enum CallerFact
{
    /// <summary>The token's subject, a text.</summary>
    Subject,

    /// <summary>The token's role, a text.</summary>
    Role,

    /// <summary>Whether the token's role is an operator's.</summary>
    IsOperator,

    /// <summary>When the token ends.</summary>
    Expiry,

    /// <summary>Nothing: what stands here is said among silos, and is null in a call from outside.</summary>
    Nothing,

    /// <summary>When the token's subject has shown who they are; null where the token does not say.</summary>
    SignedInAt,
}
