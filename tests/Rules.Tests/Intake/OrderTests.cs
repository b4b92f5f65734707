using CsCheck;
using Stk.Rules.Activity;
using Stk.Rules.Intake;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Rules.Tests.Intake;

/// <summary>
/// The set of events decides, whatever their order, batches and repeats, and whoever was excluded meanwhile.
/// </summary>
public class OrderTests
{
    private const string Source = "posthog";
    private static readonly WeekId Week = Parsed.Week("2025-W51");

    private static readonly string[] Types =
    [
        "ClubPostCreated", "SectionCompleted", "ClubPostCreatedRetracted", "SectionCompletedRetracted", "PageView",
        "PageViewRetracted",
    ];

    // Few days and few uuids, so that limits are reached and retractions meet their targets. A third are of a sealed week.
    private static readonly Gen<ActivityEvent[]> Sets =
        Gen.Select(Gen.Int[0, Types.Length - 1], Gen.Int[-1, 1], Gen.Int[0, 23]).Array[1, 24].Select((Entries) =>
            Entries.Select((entry, i) => new ActivityEvent(
                Id(i), Types[entry.Item1], "ann", Week.Start.AddDays(entry.Item2 * 7 / 2).AddMinutes(i))
            {
                Retracts = entry.Item3 == i ? null : Id(entry.Item3),
            }).ToArray());

    [Fact]
    public void Order_batches_repeats_and_exclusions_do_not_change_what_counts() =>
        Gen.Select(Sets, Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue]).Sample((events, first, second) =>
        {
            var one = Run(events, new Random(first));
            var other = Run(events, new Random(second));
            Assert.Equal(Derived(one.Rows).Order(), Derived(other.Rows).Order());
        });

    [Fact]
    public void Changes_of_the_memory_add_up_to_what_the_rows_say() =>
        Gen.Select(Sets, Gen.Int[0, int.MaxValue]).Sample((events, seed) =>
        {
            var (rows, live) = Run(events, new Random(seed));
            var derived = Derived(rows).CountBy(key => key).Where(pair => pair.Value > 0)
                .Select(pair => (pair.Key.Day, pair.Key.Type, pair.Value)).Order();
            Assert.Equal(derived, live.Where(pair => pair.Value != 0)
                .Select(pair => (pair.Key.Day, pair.Key.Type, pair.Value)).Order());
        });

    // A store as the writer keeps it: rows of what is stored, and the view read from them before each batch.
    private static (List<DecidedEvent> Rows, Dictionary<ActivityDay, int> Live) Run(ActivityEvent[] events, Random random)
    {
        ActivityEvent[] sent = [.. events, .. events.Where(_ => random.Next(3) == 0)];
        random.Shuffle(sent);
        var rows = new List<DecidedEvent>();
        var live = new Dictionary<ActivityDay, int>();
        for (var at = 0; at < sent.Length;)
        {
            var size = Math.Min(random.Next(1, 8), sent.Length - at);
            var view = View(rows, live, isExcluded: random.Next(4) == 0);
            var decision = OutcomeRules.Decide(new(Source, [.. sent.AsSpan(at, size)], Week.Next.End), view);
            at += size;
            rows.AddRange(decision.Events.Where(decided => decided.IsStored));
            foreach (var (day, change) in decision.LiveChanges)
            {
                live[day] = live.GetValueOrDefault(day) + change;
            }
        }

        return (rows, live);
    }

    private static IntakeView View(List<DecidedEvent> rows, Dictionary<ActivityDay, int> live, bool isExcluded)
    {
        var retractions = rows.Where(row => row.Event.Retracts is not null && row.Outcome != EventOutcome.Late)
            .Select(row => new WaitingRetraction(row.Event.Retracts!.Value, row.Event.Type)).ToHashSet();
        return new()
        {
            KnownUuids = rows.Select(row => row.Event.Uuid).ToHashSet(),
            Genesis = Week.Start.AddDays(-70),
            SealedWeeks = new HashSet<WeekId> { Week.Previous },
            RuleBookOf = _ => RuleBook.FromTheSource,
            Participant = 7,
            AutoRegistration = true,
            // Of the open week: an operator's change has the clock's time, so that of a sealed week stands.
            Exclusions = new(before: false, [new(Week.Start, "admin", Guid.Empty, isExcluded)]),
            Targets =
            [
                .. rows.Select(row => new RetractionTarget(
                    row.Event.Uuid, Source, 7, row.Event.Type, row.Event.At, row.Outcome,
                    retractions.Contains(new(row.Event.Uuid, row.Event.Type + ControlEvents.RetractedSuffix)))),
            ],
            Waiting = retractions,
            Live = live,
        };
    }

    // The rule that the seal's SQL follows.
    private static IEnumerable<(DateOnly Day, string Type)> Derived(List<DecidedEvent> rows) => rows
        .Where(row => RuleBook.FromTheSource.Weighted(row.Event.Type) is not null
            && row.Event.Week >= Week
            && row.Outcome != EventOutcome.Late
            && !rows.Any(other => other.Outcome != EventOutcome.Late
                && other.Event.Retracts == row.Event.Uuid
                && other.Event.Type == row.Event.Type + ControlEvents.RetractedSuffix))
        .Select(row => (row.Event.Day, row.Event.Type));

    private static Guid Id(int number) => new(number + 1, 0, 0, new byte[8]);
}
