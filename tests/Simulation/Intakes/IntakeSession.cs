using Stk.Rules.Activity;
using Stk.Rules.Intake;
using Stk.Rules.Participants;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;
using Stk.Storage;

namespace Stk.Simulation.Intakes;

/// <summary>
/// One commit of intake at the simulated server, as the intake writer does it: locks the weeks, looks, decides by the
/// rules, inserts.
/// </summary>
internal sealed class IntakeSession(
    Connection connection, IntakeTables tables, Mistake mistake, HashSet<WeekId> weeksSeenOpen) : ICommitAttempt
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Genesis = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public bool IsCommitSent { get; private set; }

    public bool IsEnded { get; private set; }

    public async Task<IReadOnlyList<IntakeDecision>> Commit(IReadOnlyList<IntakeRequest> requests)
    {
        var events = requests.SelectMany(request => request.Events).ToList();
        var named = events.Where(activity => activity.Retracts is not null)
            .Select(activity => activity.Retracts ?? Guid.Empty).ToHashSet();
        var views = await connection.Call(async () =>
        {
            connection.Session.Begin();
            await LockWeeks(events, named.Count > 0);
            return requests.Select(request => View(request, named)).ToList();
        });

        var decisions = new List<IntakeDecision>();
        var rows = new List<StoredEvent>();
        for (var i = 0; i < requests.Count; i++)
        {
            var request = requests[i];
            // An event that an item before it in this commit has brought is known.
            var known = views[i].KnownUuids
                .Concat(rows.Where(row => row.Source == request.Source).Select(row => row.Event.Uuid)).ToHashSet();
            var decision = OutcomeRules.Decide(
                new(request.Source, request.Events, Now), views[i] with { KnownUuids = known });
            decisions.Add(decision);
            rows.AddRange(decision.Events.Where(decided => decided.IsStored).Select(decided =>
                new StoredEvent(request.Source, request.Participant, decided.Event, decided.Outcome)));
        }

        if (rows.Count > 0)
        {
            await Write(rows);
        }

        return decisions;
    }

    public async Task Rollback(CancellationToken cancellation)
    {
        await connection.Call(() =>
        {
            connection.Session.End();
            return Task.FromResult(true);
        });
        IsEnded = true;
    }

    public ValueTask DisposeAsync()
    {
        connection.Close();
        return ValueTask.CompletedTask;
    }

    private async Task LockWeeks(IEnumerable<ActivityEvent> events, bool hasRetractions)
    {
        if (mistake == Mistake.IntakeWithoutRowLock)
        {
            return;
        }

        var weeks = events.Select(activity => activity.Week).ToHashSet();
        if (hasRetractions && mistake != Mistake.RetractionLocksItsOwnWeekOnly)
        {
            weeks.UnionWith(new[] { IntakePlan.First, IntakePlan.Second }.Where(week => !tables.IsSealed(week)));
        }

        foreach (var week in weeks.Order())
        {
            await connection.Session.Lock(tables.LockOf(week), isExclusive: false);
        }
    }

    private IntakeView View(IntakeRequest request, HashSet<Guid> named) => new()
    {
        KnownUuids = request.Events.Select(activity => activity.Uuid)
            .Where(uuid => tables.IsKnown(request.Source, uuid)).ToHashSet(),
        Genesis = Genesis,
        SealedWeeks = new[] { IntakePlan.First, IntakePlan.Second }.Where(IsSealed).ToHashSet(),
        RuleBookOf = _ => RuleBook.FromTheSource,
        Participant = request.Participant,
        AutoRegistration = true,
        Exclusions = new Timeline<bool>(before: false, []),
        Targets = tables.Targets(named),
        Waiting = tables.Waiting(request.Source, request.Participant),
    };

    private bool IsSealed(WeekId week)
    {
        if (mistake == Mistake.SealedWeeksFromMemory && weeksSeenOpen.Contains(week))
        {
            return false;
        }

        if (!tables.IsSealed(week))
        {
            weeksSeenOpen.Add(week);
        }

        return tables.IsSealed(week);
    }

    private async Task Write(IReadOnlyList<StoredEvent> rows)
    {
        IsCommitSent = true;
        try
        {
            await connection.Call(() =>
            {
                if (!connection.Session.IsInTransaction)
                {
                    throw ServerErrors.ConnectionLost();
                }

                tables.Insert(rows);
                connection.Session.End();
                return Task.FromResult(true);
            });
        }
        catch (Npgsql.NpgsqlException) when (mistake == Mistake.AnsweredBeforeCommit)
        {
            // The answers are out already.
        }

        IsEnded = true;
    }
}
