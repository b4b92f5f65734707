using System.Collections.Immutable;
using System.Globalization;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Grains.Tests.Economies;

/// <summary>
/// A made-up week of a community, the same for the same seed: every type, days over their limits, different vesting days,
/// events at the same instant, levels, retractions of own and of others' events. Deliverable in any week and any order.
/// </summary>
internal sealed class ActivityWeek
{
    private static readonly ImmutableArray<string> Sources = ["discourse", "posthog"];

    private readonly ImmutableArray<Template> _events;

    /// <param name="people">The prefix of the participants' ids.</param>
    public ActivityWeek(string people, int participants, int events, int seed)
    {
        var random = new Random(seed);
        Participants = [.. Enumerable.Range(0, participants).Select(i => $"{people}-{i:D3}")];
        var templates = ImmutableArray.CreateBuilder<Template>(events);
        while (templates.Count < events)
        {
            templates.Add(Next(random, templates));
        }

        _events = templates.MoveToImmutable();
    }

    public ImmutableArray<string> Participants { get; }

    /// <summary>The week's events in a random order, some of them twice, cut into requests of one source each.</summary>
    /// <param name="delivery">Makes the uuids of this delivery, in the same order as any other's.</param>
    public IReadOnlyList<(string Source, ImmutableArray<Sent> Events)> Requests(WeekId week, int delivery, Random random)
    {
        var sent = _events.Concat(_events.Where(_ => random.Next(10) == 0)).ToArray();
        random.Shuffle(sent);
        var requests = new List<(string, ImmutableArray<Sent>)>();
        for (var from = 0; from < sent.Length;)
        {
            var to = Math.Min(sent.Length, from + random.Next(1, 300));
            requests.AddRange(sent[from..to].GroupBy(template => template.Source).Select(ofSource => (
                ofSource.Key, ofSource.Select(template => template.In(week, delivery)).ToImmutableArray())));
            from = to;
        }

        return requests;
    }

    private Template Next(Random random, ImmutableArray<Template>.Builder before)
    {
        var place = before.Count;
        // A few are busy, so that limits are passed.
        var participant = Participants[(int)(Participants.Length * Math.Pow(random.NextDouble(), 2.5))];
        var at = TimeSpan.FromSeconds(random.Next(7 * 24 * 60 * 60));
        var template = new Template(place, Sources[random.Next(Sources.Length)], participant, "PageView", at);
        switch (random.Next(100))
        {
            case < 12 when before.Count > 0:
                var target = before[random.Next(before.Count)];
                // Some take back what is another's, or of another source: these never take effect.
                return template with
                {
                    Type = target.Type + ControlEvents.RetractedSuffix,
                    Retracts = target.Place,
                    Participant = random.Next(8) == 0 ? participant : target.Participant,
                    Source = random.Next(8) == 0 ? template.Source : target.Source,
                };
            case < 16:
                return template with { Type = ControlEvents.QualificationChanged, Level = random.Next(1, 9) };
            case < 19:
                return template;
            case < 30:
                // Often at the same instant, on a day that has only one place: the uuid decides which days count.
                return template with
                {
                    Type = "ProjectMilestoneCompleted",
                    At = TimeSpan.FromDays(random.Next(7)),
                    Days = random.Next(3) == 0 ? null : random.Next(60, 91),
                };
            default:
                var activities = RuleBook.FromTheSource.Activities;
                return template with { Type = activities[random.Next(activities.Length)].Type };
        }
    }

    private sealed record Template(int Place, string Source, string Participant, string Type, TimeSpan At)
    {
        public int? Days { get; init; }

        public int? Level { get; init; }

        public int? Retracts { get; init; }

        public Sent In(WeekId week, int delivery) => new(
            Participant,
            new(Uuid(delivery, Place), Type, Participant, week.Start + At)
            {
                Days = Days,
                Retracts = Retracts is { } target ? Uuid(delivery, target) : null,
                Level = Level,
            });

        private static Guid Uuid(int delivery, int place) => Guid.Parse(string.Create(
            CultureInfo.InvariantCulture, $"{delivery:x8}-0000-8000-8000-{place:x12}"));
    }
}
