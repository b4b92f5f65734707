using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Money;
using Stk.Rules.Treasury;

namespace Stk.GrainInterfaces.Treasury;

/// <summary>The only way that funds are spent, the rewards fund excepted, which weekly runs alone spend. Key: 0.</summary>
[Alias("stk.treasury")]
public interface ITreasuryGrain : IGrainWithIntegerKey
{
    /// <summary>Spends from a fund, or, above the rule book's limit, keeps it until a second operator approves.</summary>
    [Alias("spend"), MayCall(CallerRoles.Operator)]
    Task<SpendingReply<FundSpendView>> Spend(FundSpendRequest request, CancellationToken cancellation);

    /// <summary>Decides what waits: by another operator than the first.</summary>
    [Alias("decide"), MayCall(CallerRoles.Operator)]
    Task<SpendingReply<FundSpendView>> Decide(DecideRequest request, CancellationToken cancellation);

    /// <summary>Newest first; the cursor is the page's before.</summary>
    [Alias("spends"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<FundSpendPage> GetSpends(Participants.PageRequest request, bool isWaitingOnly, CancellationToken cancellation);
}

/// <param name="To">A participant's id.</param>
/// <param name="VestsDays">Frozen for so many days; 0 pays at once.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.fund-spend-request")]
public sealed record FundSpendRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] Fund Fund,
    [property: Id(2)] string To,
    [property: Id(3)] Amount Amount,
    [property: Id(4)] FundSpendKind Kind,
    [property: Id(5)] string Reason,
    [property: Id(6)] int VestsDays,
    [property: Id(7), FromCaller] string By);

/// <param name="Spend">As <see cref="FundSpendView.Id"/>.</param>
[GenerateSerializer, Immutable, Alias("stk.decide-request")]
public sealed record DecideRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] Guid Spend,
    [property: Id(2)] bool IsApproved,
    [property: Id(3)] string Reason,
    [property: Id(4), FromCaller] string By);

/// <param name="Id">Of the request that asked for it.</param>
/// <param name="Transaction">The ledger's; null while it waits and where it was rejected.</param>
/// <param name="DecidedBy">The second operator; null where none was needed or none has decided.</param>
/// <param name="IsAlone">
/// The register has no other operator: nobody can approve it as things stand. Said where it is asked for, not in the list.
/// </param>
[GenerateSerializer, Immutable, Alias("stk.fund-spend")]
public sealed record FundSpendView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] FundSpendState State,
    [property: Id(2)] Fund Fund,
    [property: Id(3)] string To,
    [property: Id(4)] Amount Amount,
    [property: Id(5)] FundSpendKind Kind,
    [property: Id(6)] string Reason,
    [property: Id(7)] int VestsDays,
    [property: Id(8)] DateTimeOffset AskedAt,
    [property: Id(9)] string AskedBy,
    [property: Id(10)] DateTimeOffset? DecidedAt,
    [property: Id(11)] string? DecidedBy,
    [property: Id(12)] Guid? Transaction,
    [property: Id(13)] bool IsAlone = false);

[GenerateSerializer, Immutable, Alias("stk.fund-spend-page")]
public sealed record FundSpendPage(
    [property: Id(0)] ImmutableArray<FundSpendView> Spends,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);
