using System.Collections.Immutable;
using Stk.Rules.Activity;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;
using Stk.Simulation.Servers;

namespace Stk.Simulation.Vesting;

/// <summary>A row of evidence, and how it was taken.</summary>
internal sealed record StoredEvidence(Said Said, EventOutcome Outcome);

/// <summary>A decision with its verdicts.</summary>
/// <param name="Word">An operator's; null: a day's run decided.</param>
internal sealed record StoredDecision(SimulatedGrant Grant, GrantDecision Decision, DateOnly Day, Verdict? Word);

/// <summary>Grants, their borders, evidence and decisions: what is committed.</summary>
internal sealed class VestingTables(ImmutableArray<SimulatedGrant> grants)
{
    private readonly RowLock[] _borders = [.. Enumerable.Range(0, VestingPlan.Shards).Select(_ => new RowLock())];
    private readonly DateOnly[] _decidedTo = new DateOnly[VestingPlan.Shards];
    private readonly Dictionary<Guid, StoredEvidence> _evidence = [];
    private readonly Dictionary<int, StoredDecision> _decisions = [];
    private readonly HashSet<int> _posted = [];

    public ImmutableArray<SimulatedGrant> Grants => grants;

    public IReadOnlyDictionary<Guid, StoredEvidence> Evidence => _evidence;

    /// <summary>By the grant's number.</summary>
    public IReadOnlyDictionary<int, StoredDecision> Decisions => _decisions;

    public RowLock BorderOf(SimulatedGrant grant) => BorderOf(grant.Shard);

    public RowLock BorderOf(int shard) => _borders[shard];

    public bool IsDecided(SimulatedGrant grant) => _decisions.ContainsKey(grant.Number);

    public bool IsPosted(SimulatedGrant grant) => _posted.Contains(grant.Number);

    /// <summary>Open grants whose day has come; none where a later day has gone past this one.</summary>
    public ImmutableArray<SimulatedGrant> Due(int shard, DateOnly day) => day < _decidedTo[shard]
        ? []
        : [.. grants.Where(grant => grant.Shard == shard && grant.UnlocksOn <= day && !IsDecided(grant))];

    /// <summary>What is decided and not paid out.</summary>
    public ImmutableArray<StoredDecision> Unposted(int shard) =>
        [.. _decisions.Values.Where(made => made.Grant.Shard == shard && !IsPosted(made.Grant))];

    /// <summary>The grant's events, and what is said of each by the evidence that was taken.</summary>
    /// <param name="hasLate">With what came too late.</param>
    public ImmutableArray<JudgedEvent> Judge(SimulatedGrant grant, bool hasLate = false) =>
    [
        .. grant.Events.Select((place, number) => new JudgedEvent(
            place, Rules.Vesting.Evidence.Judge(Of(grant, number, hasLate), grant.Condition))),
    ];

    public void Insert(Said said, EventOutcome outcome)
    {
        if (!_evidence.TryAdd(said.Uuid, new(said, outcome)))
        {
            throw ServerErrors.RowsMissed("activity.events");
        }
    }

    /// <summary>All of them, or an exception and none.</summary>
    public void Decide(int shard, DateOnly day, IReadOnlyCollection<StoredDecision> made)
    {
        if (made.Any(one => IsDecided(one.Grant)))
        {
            throw ServerErrors.NoLongerSo();
        }

        _decidedTo[shard] = day > _decidedTo[shard] ? day : _decidedTo[shard];
        foreach (var one in made)
        {
            _decisions[one.Grant.Number] = one;
        }
    }

    public void SetPosted(SimulatedGrant grant) => _posted.Add(grant.Number);

    private IEnumerable<Evidence> Of(SimulatedGrant grant, int number, bool hasLate)
    {
        var kept = _evidence.Values.Where(stored => hasLate || stored.Outcome == EventOutcome.Applied)
            .Select(stored => stored.Said).ToList();
        var takenBack = kept.Select(said => said.TakesBack).OfType<Guid>().ToHashSet();
        return kept.Where(said => said.TakesBack is null && said.Grant == grant.Number && said.Event == number)
            .Select(said => new Evidence(
                new(grant.Events[number].At.AddDays(1).AddMinutes(said.Minute), "club", said.Uuid),
                grant.Condition.Evidence, said.IsGood, said.IsGood ? 5 : 1, takenBack.Contains(said.Uuid)));
    }
}
