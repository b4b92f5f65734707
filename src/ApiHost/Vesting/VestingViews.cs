using System.Collections.Immutable;
using Stk.GrainInterfaces.Vesting;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Vesting;

/// <summary>A frozen reward.</summary>
/// <param name="Week">Of a weekly reward; null for what a fund's spending has frozen.</param>
/// <param name="Type">Of its events; null for what a fund's spending has frozen.</param>
/// <param name="Fund">That paid it: rewards, for a weekly one.</param>
/// <param name="State">frozen, waiting (for evidence), released (something of it) or cancelled.</param>
/// <param name="Condition">What decides about it, ProjectValidated for one; null where its day alone does.</param>
/// <param name="DecidesBy">The day that decides whatever is known by then.</param>
/// <param name="Events">That it stands on, in their order.</param>
internal sealed record GrantItem(
    string Id, WeekId? Week, string? Type, string Fund, int VestsDays, Amount Amount, DateOnly UnlocksOn, string State,
    string? Condition, DateOnly DecidesBy, ImmutableArray<GrantEventItem> Events, Amount Released, Amount Cancelled,
    DateTimeOffset? DecidedAt)
{
    public static GrantItem Of(GrantView grant) => new(
        grant.Id, grant.Week, grant.Type, grant.Fund.WireName(), grant.VestsDays, grant.Amount, grant.UnlocksOn,
        grant.State.WireName(), grant.Condition, grant.DecidesBy, [.. grant.Events.Select(GrantEventItem.Of)],
        grant.Released, grant.Cancelled, grant.DecidedAt);
}

/// <summary>A frozen reward as operators see it.</summary>
/// <param name="Participant">Whose it is.</param>
/// <inheritdoc cref="GrantItem"/>
internal sealed record OwnedGrantItem(
    string Id, string Participant, WeekId? Week, string? Type, string Fund, int VestsDays, Amount Amount,
    DateOnly UnlocksOn, string State, string? Condition, DateOnly DecidesBy, ImmutableArray<GrantEventItem> Events,
    Amount Released, Amount Cancelled, DateTimeOffset? DecidedAt)
{
    public static OwnedGrantItem Of(GrantView grant) => new(
        grant.Id, grant.Participant, grant.Week, grant.Type, grant.Fund.WireName(), grant.VestsDays, grant.Amount,
        grant.UnlocksOn, grant.State.WireName(), grant.Condition, grant.DecidesBy,
        [.. grant.Events.Select(GrantEventItem.Of)], grant.Released, grant.Cancelled, grant.DecidedAt);
}

/// <param name="Verdict">release or cancel; null where nothing is said yet.</param>
/// <param name="Evidence">The event that said so, where one did.</param>
internal sealed record GrantEventItem(Guid Uuid, string? Verdict, Guid? Evidence)
{
    public static GrantEventItem Of(GrantEventView one) => new(one.Uuid, one.Verdict?.WireName(), one.Evidence);
}

/// <param name="Verdict">release or cancel.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
internal sealed record VerdictBody(string Verdict, string Reason);
