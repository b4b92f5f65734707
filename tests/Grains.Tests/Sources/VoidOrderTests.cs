using System.Collections.Immutable;
using System.Globalization;
using Stk.GrainInterfaces.Sources;
using Stk.Grains.Tests.Economies;
using Stk.Rules.RuleBooks;
using Stk.Rules.Sources;
using Stk.Rules.Weeks;
using Stk.Testing;
using Stk.Verification;
using Xunit;
using Xunit.Abstractions;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Sources;

/// <summary>Whatever comes in whatever order, a week holds what counting anew gives, by the rules.</summary>
[Collection(EconomyCollection.Name)]
public sealed class VoidOrderTests(EconomyServer server, ITestOutputHelper output)
{
    private const string Source = "void-any";
    private const int Weeks = 4;
    private const int Steps = 40;

    private static readonly ImmutableArray<string> People = ["void-a", "void-b", "void-c"];
    private static readonly ImmutableArray<string> Types = ["ExerciseSave", "ClubPostCreated"];

    [Fact]
    public async Task Events_retractions_voids_and_lifts_in_any_order_come_to_what_counting_anew_gives()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        var week = TestEconomy.FirstWeek;
        for (var number = 0; number < Weeks; number++, week = week.Next)
        {
            await economy.RunTo(week.Start.AddHours(8));
            var history = new History(economy, week, new Random(seed + number));
            for (var step = 0; step < Steps; step++)
            {
                await history.Step();
            }

            var expected = history.Live();
            Assert.Equal(expected, await Rows(economy, "live_events", "activity", "count(*)", week));
            foreach (var who in People)
            {
                await Eventually.Get(
                    () => economy.Participant(who).GetLimits(),
                    until: limits => limits.PointsThisWeek == history.Points(who),
                    $"what is shown to {who} follows, seed {seed}");
            }

            await economy.Close(week);
            Assert.Equal(expected, await Rows(economy, "seals", "weeks", "sum(received)", week));
        }

        // Sealed weeks stay, whatever two persons say of them later.
        var whole = Done(await economy.Grains.GetGrain<IVoidsGrain>(Source).Void(
            new(NewKey(), TestEconomy.FirstWeek.Start, week.Start, null, "too late", TwoPersons.First),
            CancellationToken.None));
        await economy.Approve(whole);
        Assert.All(
            await new InvariantsCheck(economy.Database).Run().ToListAsync(),
            finding => Assert.True(finding.Holds, $"seed {seed}: {finding}"));
    }

    private static Task<string[]> Rows(TestEconomy economy, string table, string schema, string count, WeekId week) =>
        economy.Rows($"""
            SELECT participant.id, type, to_char(day, 'YYYY-MM-DD'), {count} FROM {schema}.{table} counted
            JOIN activity.participants participant ON participant.number = counted.participant
            WHERE week = {week.Number} AND type NOT LIKE '%Retracted' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """);

    private sealed record Came(Sent Sent, DateTimeOffset ReceivedAt);

    private sealed class History(TestEconomy economy, WeekId week, Random random)
    {
        private readonly List<Came> _events = [];
        private readonly List<Came> _retractions = [];
        private readonly List<Sent> _coming = [];
        private readonly Dictionary<Guid, SourceVoid> _voids = [];
        private DateTimeOffset _now = week.Start.AddHours(8);

        public Task Step() => random.Next(10) switch
        {
            0 or 1 => Advance(),
            < 6 => Send(),
            6 => Retract(),
            7 or 8 => Void(),
            _ => Lift(),
        };

        /// <summary>As the rules say it, from all that has come.</summary>
        public string[] Live() =>
        [
            .. _events.Where(IsLive)
                .GroupBy(came => (came.Sent.Participant, came.Sent.Event.Type, came.Sent.Event.Day))
                .OrderBy(group => group.Key.Participant, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Type, StringComparer.Ordinal).ThenBy(group => group.Key.Day)
                .Select(group => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{group.Key.Participant} {group.Key.Type} {group.Key.Day:yyyy-MM-dd} {group.Count()}")),
        ];

        public long Points(string who) => _events.Where(came => came.Sent.Participant == who && IsLive(came))
            .GroupBy(came => came.Sent.Event.Day)
            .Sum(day => SourceBudget.Points(
                day.GroupBy(came => came.Sent.Event.Type).Select(group => (0L, group.Key, group.Count())),
                RuleBook.FromTheSource));

        private bool IsLive(Came came) => Stands(came) && !_retractions.Any(retraction =>
            retraction.Sent.Event.Retracts == came.Sent.Event.Uuid && Stands(retraction));

        private bool Stands(Came came) => !_voids.Values.Any(taken =>
            taken.IsInForce(week) && taken.Covers(came.Sent.Event.Type, came.ReceivedAt));

        private async Task Advance()
        {
            // Steps enough for all that may come, and no more than a week has.
            _now = _now.AddHours(random.Next(1, 4));
            await economy.RunTo(_now);
        }

        private async Task Send()
        {
            // Some have been taken back before they come.
            if (_coming.Count == 0 || random.Next(3) == 0)
            {
                _coming.Add(Sent.Of(
                    People[random.Next(People.Length)], Types[random.Next(Types.Length)],
                    week.Start.AddHours(random.Next((int)(_now - week.Start).TotalHours))));
            }

            var sent = _coming[0];
            _coming.RemoveAt(0);
            await economy.Record(Source, sent);
            _events.Add(new(sent, _now));
        }

        private async Task Retract()
        {
            if (_events.Count == 0 || random.Next(4) == 0)
            {
                var coming = Sent.Of(People[random.Next(People.Length)], Types[random.Next(Types.Length)], week.Start);
                _coming.Add(coming);
                await Take(coming);
                return;
            }

            await Take(_events[random.Next(_events.Count)].Sent);
        }

        private async Task Take(Sent target)
        {
            var sent = target.Retraction(week.Start.AddHours(1));
            await economy.Record(Source, sent);
            _retractions.Add(new(sent, _now));
        }

        private async Task Void()
        {
            if (_events.Count == 0)
            {
                return;
            }

            var from = week.Start.AddHours(random.Next(8, (int)(_now - week.Start).TotalHours + 1));
            var to = from.AddHours(random.Next(1, 12));
            string[]? types = random.Next(2) == 0 ? null : [Types[random.Next(Types.Length)]];
            var asked = Done(await economy.Grains.GetGrain<IVoidsGrain>(Source).Void(
                new(NewKey(), from, to, types is null ? null : [.. types], "for a test", TwoPersons.First),
                CancellationToken.None));
            await economy.Approve(asked);
            _voids.Add(asked.Id, new(from, to, types?.ToImmutableHashSet(StringComparer.Ordinal), week.Previous));
        }

        private async Task Lift()
        {
            if (_voids.FirstOrDefault(taken => !taken.Value.IsLifted) is not { Value: { } standing, Key: var id })
            {
                return;
            }

            await economy.Approve(Done(await economy.Grains.GetGrain<IVoidsGrain>(Source).Lift(
                new(NewKey(), id, "they were right", TwoPersons.First), CancellationToken.None)));
            _voids[id] = standing with { IsLifted = true, Until = week.Previous };
        }
    }
}
