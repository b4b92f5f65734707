namespace Stk.Rules.Identities;

/// <summary>Why an identity is not linked. Sent: add at the end, never renumber.</summary>
public enum LinkRefusal
{
    /// <summary>Nobody is called so to whom it could belong.</summary>
    UnknownParticipant = 1,

    /// <summary>It is that participant.</summary>
    Itself = 2,

    /// <summary>Others belong to it: they are linked one by one, or stay.</summary>
    HasMembers = 3,

    /// <summary>It has, or had, an account, a wallet or something to sell: these are two people's things.</summary>
    HasAccount = 4,

    /// <summary>A week in which it did something is sealed and not paid yet.</summary>
    WeekNotSettled = 5,

    /// <summary>It is so already.</summary>
    AlreadySo = 6,

    /// <summary>Nobody says as an operator to whom what is their own belongs.</summary>
    OwnAffair = 7,

    /// <summary>Who is merged has signed in: a person, by that alone.</summary>
    HasSignedIn = 8,

    /// <summary>No merge has this id.</summary>
    UnknownMerge = 9,

    /// <summary>Somebody has said since whose these ids are.</summary>
    Overtaken = 10,
}
