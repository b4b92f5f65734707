namespace Stk.GrainInterfaces.Operators;

/// <summary>A subject of tokens that may act in a role, and which person it is.</summary>
/// <param name="Entry">From 1, in the order entered.</param>
/// <param name="Issuer">Who vouches for the subject: <c>stk</c> for tokens of our own.</param>
/// <param name="Role">operator or auditor.</param>
/// <param name="Person">Whoever has the same name here is the same person.</param>
/// <param name="Participant">The person's id as a participant; null where they are none.</param>
/// <param name="Since">By real time, as tokens are.</param>
/// <param name="Until">By real time; null for no end.</param>
/// <param name="EnteredAt">By the economy's clock.</param>
/// <param name="IsConfirmed">
/// False where it was taken over from the log of an earlier build, and nobody else has confirmed it: it approves nothing
/// yet.
/// </param>
/// <param name="EndedAt">When it was ended by two, by the economy's clock; null where it was not.</param>
[GenerateSerializer, Immutable, Alias("stk.operator-entry")]
public sealed record OperatorEntry(
    [property: Id(0)] long Entry,
    [property: Id(1)] string Issuer,
    [property: Id(2)] string Subject,
    [property: Id(3)] string Role,
    [property: Id(4)] string Person,
    [property: Id(5)] string? Participant,
    [property: Id(6)] DateTimeOffset Since,
    [property: Id(7)] DateTimeOffset? Until,
    [property: Id(8)] DateTimeOffset EnteredAt,
    [property: Id(9)] string EnteredBy,
    [property: Id(10)] DateTimeOffset? EndedAt,
    [property: Id(11)] string? EndedBy,
    [property: Id(12)] bool IsConfirmed = true)
{
    /// <summary>The issuer of our own tokens.</summary>
    public const string OwnIssuer = "stk";

    /// <summary>Whether the subject may act at an instant of real time.</summary>
    public bool IsInForce(DateTimeOffset now) => EndedAt is null && Since <= now && (Until is not { } until || now < until);
}
