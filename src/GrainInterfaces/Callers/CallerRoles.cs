namespace Stk.GrainInterfaces.Callers;

/// <summary>Who may call a method from outside the silos, by a token that the silo itself has verified.</summary>
[Flags]
public enum CallerRoles
{
    None = 0,

    /// <summary>The participant whose id is the actor's key.</summary>
    Self = 1,

    /// <summary>Any participant.</summary>
    Participant = 2,

    Operator = 4,

    Auditor = 8,

    /// <summary>Any source of events (a token of the role <c>ingest</c>).</summary>
    Source = 16,

    /// <summary>Whoever has a sign-in code whose id is the actor's key.</summary>
    SignInCode = 32,

    /// <summary>An API host for itself: no token is asked for.</summary>
    Host = 64,

    /// <summary>Whoever has a code that signs in to the pages, whose id is the actor's key.</summary>
    PagesCode = 128,

    /// <summary>Those who may read a participant's data.</summary>
    Readers = Self | Operator | Auditor,

    /// <summary>Those who have a place in the economy and may see what is everybody's.</summary>
    Everybody = Participant | Operator | Auditor,

    /// <summary>Those who may read what is the operators'.</summary>
    Office = Operator | Auditor,
}
