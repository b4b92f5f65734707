using System.Collections.Immutable;
using CsCheck;
using Stk.Rules.Activity;
using Stk.Rules.Inactivity;
using Stk.Rules.Intake;
using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;
using Stk.Rules.Weeks;

namespace Stk.Rules.Tests.Vesting;

/// <summary>
/// Fourteen weeks of one person, each sent at its end, and the days' runs between them: any order within a week, any
/// batches, any repeats, evidence before, with and after its event give the same decisions and the same debit.
/// </summary>
public class YearOrderTests
{
    private const string Source = "club";
    private const int Weeks = 14;
    private const int DaysBehind = 100;

    private static readonly WeekId First = Parsed.Week("2025-W40");
    private static readonly QuarterId Quarter = QuarterId.Of(Parsed.Day("2026-04-01"));

    private static readonly string[] Frozen =
        ["PeerReviewCompleted", "ProjectMilestoneCompleted", "MentoringSessionCompleted"];

    private static readonly string[] Evidences = ["PeerReviewWithdrawn", "ProjectValidated", "MentoringRated"];

    private static readonly Gen<ActivityEvent[]> Years =
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, Weeks - 1], Gen.Int[0, 29]).Array[1, 30].Select(entries =>
            entries.Select((_, number) => Event(entries, number)).ToArray());

    [Fact]
    public void Order_batches_and_repeats_do_not_change_what_is_decided_and_taken() =>
        Gen.Select(Years, Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue]).Sample((events, first, second) =>
        {
            var (one, other) = (new Life(new Random(first)), new Life(new Random(second)));
            one.Live(events);
            other.Live(events);
            Assert.Equal(one.Decisions, other.Decisions);
            Assert.Equal(one.Debit, other.Debit);
        });

    // Earning, evidence of an earning event, what takes back either of them, and something that is paid at once.
    private static ActivityEvent Event((int Kind, int Week, int Target)[] entries, int number)
    {
        var (kind, week, target) = entries[number];
        var at = Later(week).Start.AddDays(number % 7).AddMinutes(number);
        if (kind < Frozen.Length)
        {
            return new(Id(number), Frozen[kind], "ann", at);
        }

        var of = target < entries.Length ? entries[target].Kind : int.MaxValue;
        return (kind, of) switch
        {
            (3 or 4 or 5, < 3) => new(Id(number), Evidences[of], "ann", at)
            {
                For = Id(target),
                Approved = of == 1 ? number % 2 == 0 : null,
                Rating = of == 2 ? 1 + (number % 5) : null,
            },
            (6, < 3) => new(Id(number), Frozen[of] + ControlEvents.RetractedSuffix, "ann", at) { Retracts = Id(target) },
            (7, >= 3 and < 6) when Event(entries, target) is { For: not null } said =>
                new(Id(number), said.Type + ControlEvents.RetractedSuffix, "ann", at) { Retracts = said.Uuid },
            _ => new(Id(number), "SectionCompleted", "ann", at),
        };
    }

    private static WeekId Later(int weeks) => WeekId.Of(First.Monday.AddDays(7 * weeks));

    private static Guid Id(int number) => new(number + 1, 0, 0, new byte[8]);

    private sealed record OpenGrant(
        WeekId Week, string Type, Amount Amount, DateOnly UnlocksOn, ImmutableArray<EventPlace> Events);

    /// <summary>A store as the writer keeps it, seals, and days' runs.</summary>
    private sealed class Life(Random random)
    {
        private readonly List<DecidedEvent> _rows = [];
        private readonly Dictionary<ActivityDay, int> _live = [];
        private readonly List<OpenGrant> _open = [];
        private readonly HashSet<Guid> _decided = [];
        private readonly List<string> _decisions = [];
        private Amount _released = Amount.Zero;
        private DateOnly _lastCounted = First.Monday;
        private WeekId _week = First;

        public IEnumerable<string> Decisions => _decisions.Order(StringComparer.Ordinal);

        public Assessment Debit => Assessment.Of(
            LastActivity.Days(Quarter, _lastCounted), _released, InactivityRules.Default);

        public void Live(ActivityEvent[] events)
        {
            for (var number = 0; number < Weeks; number++)
            {
                _week = Later(number);
                RunDays(_week.Monday, 7);
                ActivityEvent[] sent =
                [
                    .. events.Where(one => one.Week == _week),
                    .. events.Where(one => one.Week <= _week && random.Next(3) == 0),
                ];
                random.Shuffle(sent);
                for (var at = 0; at < sent.Length;)
                {
                    var size = Math.Min(random.Next(1, 8), sent.Length - at);
                    Take([.. sent.AsSpan(at, size)]);
                    at += size;
                }

                foreach (var type in Frozen)
                {
                    Seal(type);
                }
            }

            RunDays(_week.Next.Monday, DaysBehind);
        }

        private void Take(ImmutableArray<ActivityEvent> batch)
        {
            var taken = OutcomeRules.Decide(new(Source, batch, _week.End), View());
            _rows.AddRange(taken.Events.Where(decided => decided.IsStored));
            foreach (var (day, change) in taken.LiveChanges)
            {
                _live[day] = _live.GetValueOrDefault(day) + change;
            }
        }

        private IntakeView View()
        {
            var retractions = Standing.Where(row => row.Event.Retracts is not null)
                .Select(row => new WaitingRetraction(row.Event.Retracts!.Value, row.Event.Type)).ToHashSet();
            return new()
            {
                KnownUuids = _rows.Select(row => row.Event.Uuid).ToHashSet(),
                Genesis = First.Start,
                SealedWeeks = Enumerable.Range(0, Weeks).Select(Later).Where(week => week < _week).ToHashSet(),
                RuleBookOf = _ => RuleBook.FromTheSource,
                Participant = 7,
                AutoRegistration = true,
                Targets =
                [
                    .. _rows.Select(row => new RetractionTarget(
                        row.Event.Uuid, Source, 7, row.Event.Type, row.Event.At, row.Outcome, IsTakenBack(row.Event))
                    {
                        For = row.Event.For,
                    }),
                ],
                Waiting = retractions,
                Decided = _decided,
                Live = _live,
            };
        }

        private IEnumerable<DecidedEvent> Standing => _rows.Where(row => row.Outcome != EventOutcome.Late);

        private bool IsTakenBack(ActivityEvent activity) => Standing.Any(row =>
            row.Event.Retracts == activity.Uuid && row.Event.Type == activity.Type + ControlEvents.RetractedSuffix);

        private static EventPlace Place(ActivityEvent activity) => new(activity.At, Source, activity.Uuid);

        private void Seal(string type)
        {
            var rule = RuleBook.FromTheSource.Weighted(type) ?? throw new InvalidOperationException(type);
            var vestsDays = EventShape.VestsDays(days: default(int?), rule);
            var counted = CountedEvents.Of(
                Standing.Where(row => row.Event.Week == _week && row.Event.Type == type && !IsTakenBack(row.Event))
                    .Select(row => new SealedEvent(Place(row.Event), row.Event.Day, vestsDays)),
                rule, vestsDays);
            if (counted.IsEmpty)
            {
                return;
            }

            _lastCounted = counted.Max(one => one.Day) is var day && day > _lastCounted ? day : _lastCounted;
            _open.Add(new(
                _week, type, Amount.OfStk(10), Unlock.DayOf(_week.Next.Monday, vestsDays),
                [.. counted.Select(one => one.Place)]));
        }

        private void RunDays(DateOnly from, int days)
        {
            for (var day = from; day < from.AddDays(days); day = day.AddDays(1))
            {
                foreach (var grant in _open.ToList())
                {
                    Decide(grant, day);
                }
            }
        }

        private void Decide(OpenGrant grant, DateOnly day)
        {
            var condition = VestingRules.Default.Of(grant.Type) ?? throw new InvalidOperationException(grant.Type);
            ImmutableArray<JudgedEvent> judged =
                [.. grant.Events.Select(place => new JudgedEvent(place, Evidence.Judge(Said(place, condition), condition)))];
            if (GrantDecision.On(day, grant.Amount, grant.UnlocksOn, judged, condition) is { } decision)
            {
                _open.Remove(grant);
                _decided.UnionWith(grant.Events.Select(place => place.Uuid));
                _released += decision.Released;
                _decisions.Add(
                    $"{day:yyyy-MM-dd} {grant.Week} {grant.Type} {decision.Released} {decision.Cancelled} {string.Join(' ', decision.Parts)}");
            }
        }

        private IEnumerable<Evidence> Said(EventPlace of, VestingCondition condition) => Standing
            .Where(row => row.Event.For == of.Uuid)
            .Select(row => new Evidence(
                Place(row.Event), condition.Evidence, row.Event.Approved, row.Event.Rating, IsTakenBack(row.Event)));
    }
}
