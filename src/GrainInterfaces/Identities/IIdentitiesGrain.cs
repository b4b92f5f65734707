using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Identities;

namespace Stk.GrainInterfaces.Identities;

/// <summary>Which participant each id of the outside world belongs to. Key: 0.</summary>
[Alias("stk.identities")]
public interface IIdentitiesGrain : IGrainWithIntegerKey
{
    /// <summary>One participant's, the participant's own id first; empty where nobody has this id.</summary>
    [Alias("of-participant"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<ImmutableArray<IdentityView>> OfParticipant(string participant, CancellationToken cancellation);

    /// <summary>One identity; null where it was never heard of.</summary>
    [Alias("find"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<IdentityView?> Find(string ofNamespace, string id, CancellationToken cancellation);

    /// <summary>Says whose an identity is. Answered means committed.</summary>
    [Alias("link"), MayCall(CallerRoles.Operator)]
    Task<LinkReply> Link(LinkRequest request, CancellationToken cancellation);
}

/// <param name="Namespace">Whose id it is; empty: the common ones.</param>
/// <param name="Id">In that namespace.</param>
/// <param name="Participant">To whom it belongs; itself, as a participant is called, where it is its own.</param>
/// <param name="LinkedAt">Null where no operator has said so.</param>
[GenerateSerializer, Immutable, Alias("stk.identity")]
public sealed record IdentityView(
    [property: Id(0)] string Namespace,
    [property: Id(1)] string Id,
    [property: Id(2)] string Participant,
    [property: Id(3)] DateTimeOffset? LinkedAt,
    [property: Id(4)] string? Reason,
    [property: Id(5)] string? By);

/// <param name="Key">Null where the caller gave none.</param>
/// <param name="Participant">Whose it is from now on; null: its own again.</param>
/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.link-identity")]
public sealed record LinkRequest(
    [property: Id(0)] RequestKey? Key,
    [property: Id(1)] string Namespace,
    [property: Id(2)] string Id,
    [property: Id(3)] string? Participant,
    [property: Id(4)] string Reason,
    [property: Id(5), FromCaller] string By);

/// <summary>What became of it.</summary>
/// <param name="View">Null where it was refused.</param>
/// <param name="Refusal">Why nothing has changed; null where it has.</param>
/// <param name="Broken">Why nobody new is called so; null where that is not it.</param>
[GenerateSerializer, Immutable, Alias("stk.link-reply")]
public sealed record LinkReply(
    [property: Id(0)] IdentityView? View,
    [property: Id(1)] LinkRefusal? Refusal = null,
    [property: Id(2)] string? Broken = null,
    [property: Id(3)] KeyUse Key = KeyUse.First,
    [property: Id(4)] bool IsOperatorUnknown = false);
