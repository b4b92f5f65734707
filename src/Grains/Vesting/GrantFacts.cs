using System.Collections.Frozen;
using System.Collections.Immutable;
using Stk.Rules.Activity;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;
using Stk.Rules.Weeks;

namespace Stk.Grains.Vesting;

/// <summary>What was read of grants' events. Pure.</summary>
/// <param name="Evidence">By the event that it speaks of: uuid, source, participant.</param>
internal sealed record GrantFacts(ILookup<(Guid, int, long), Evidence> Evidence, Referrals Referrals)
{
    /// <param name="events">What the grant stands on, in order.</param>
    public JudgedGrant Judge(AskedGrant asked, VestingCondition? condition, ImmutableArray<StoodEvent> events) => new(
        asked.Grant, condition, [.. events.Select(one => new JudgedEvent(one.Place, Judge(asked, condition, one)))],
        events.ToFrozenDictionary(one => one.Place, one => one.Source));

    private EventVerdict? Judge(AskedGrant asked, VestingCondition? condition, StoodEvent stood) => condition switch
    {
        null => null,
        { Evidence: EvidenceKind.Referred } => new Referral(
            asked.Weekly.Week, asked.Grant.UnlocksOn, Referrals.ClaimOf(stood), Referrals.WeeksOf(stood.Referred),
            asked.LastSettled).Judge(condition),
        _ => Rules.Vesting.Evidence.Judge(Evidence[(stood.Place.Uuid, stood.Source, stood.Participant)], condition),
    };
}

/// <summary>A weekly grant that is to be judged.</summary>
/// <param name="LastSettled">The last week that is settled, or was when it was decided.</param>
internal sealed record AskedGrant(StoredGrant Grant, WeekId? LastSettled)
{
    public GrantOrigin.Weekly Weekly { get; } = Grant.Origin as GrantOrigin.Weekly
        ?? throw new ArgumentException("only weekly rewards stand on events", nameof(Grant));

    public EventGroup Group => new(Grant.Participant, Weekly.Week.Number, Weekly.Type);
}

/// <summary>All events of a participant, week and type.</summary>
internal readonly record struct EventGroup(long Participant, int Week, string Type);

/// <summary>An event that a grant may stand on.</summary>
/// <param name="Days">Its own word on how long it vests.</param>
/// <param name="Referred">Whom it names.</param>
internal sealed record StoodEvent(
    EventPlace Place, int Source, long Participant, DateOnly Day, int? Days, string? Referred);

/// <summary>A grant and what is said of its events so far.</summary>
/// <param name="Condition">Null where it has none.</param>
/// <param name="Events">What it stands on, in order; none where what is stored was altered.</param>
/// <param name="Sources">The sources of its events, by number.</param>
internal sealed record JudgedGrant(
    StoredGrant Grant, VestingCondition? Condition, ImmutableArray<JudgedEvent> Events,
    FrozenDictionary<EventPlace, int> Sources);

/// <param name="Claims">Of counted events that name somebody.</param>
/// <param name="Statements">The weeks with a statement, by the id of whom is named.</param>
internal sealed record Referrals(IReadOnlyDictionary<EventPlace, ReferralClaim> Claims, ILookup<string, WeekId> Statements)
{
    public static Referrals None { get; } = new(
        FrozenDictionary<EventPlace, ReferralClaim>.Empty, Array.Empty<string>().ToLookup(id => id, _ => default(WeekId)));

    public ReferralClaim ClaimOf(StoodEvent stood) => stood.Referred is null
        ? ReferralClaim.Nobody
        : Claims.TryGetValue(stood.Place, out var claim) ? claim
        : throw new InvalidDataException($"event {stood.Place.Uuid} of {stood.Place.Source} names somebody and is in no seal");

    public IReadOnlySet<WeekId> WeeksOf(string? id) =>
        id is null ? FrozenSet<WeekId>.Empty : Statements[id].ToFrozenSet();
}
