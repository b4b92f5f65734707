using Stk.GrainInterfaces.Participants;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Weeks;
using Xunit;
using Xunit.Abstractions;

namespace Stk.Grains.Tests.Weeks;

[Collection(EconomyCollection.Name)]
public sealed class OrderTests(EconomyServer server, ITestOutputHelper output)
{
    private const int Permutations = 20;
    private const int RequestsAtOnce = 3;

    [Fact]
    public async Task A_weeks_events_in_any_order_and_batches_with_repeats_and_retractions_give_the_same_bytes()
    {
        var economy = await server.Shared();
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var activity = new ActivityWeek("order", participants: 60, events: 2_000, seed);
        string? first = null;
        for (var delivery = 1; delivery <= Permutations; delivery++)
        {
            // A week without them between: every delivery begins a streak anew.
            await economy.BeginWeek();
            var week = await economy.BeginWeek();
            await Deliver(economy, activity, week, delivery, new Random(seed + delivery));
            await economy.Close(week);

            var outcome = await economy.Outcome(week);
            first ??= outcome;
            Assert.True(first == outcome, $"seed {seed}, delivery {delivery}: {FirstDifference(first, outcome)}");
        }

        Assert.Contains("statement ", first, StringComparison.Ordinal);
        Assert.Contains("grant ", first, StringComparison.Ordinal);
    }

    private static async Task Deliver(
        TestEconomy economy, ActivityWeek activity, WeekId week, int delivery, Random random)
    {
        await economy.RunTo(week.End.AddSeconds(-1));
        var requests = activity.Requests(week, delivery, random);
        // An operator's changes fall anywhere between the events.
        var changes = Changes(activity).ToLookup(_ => random.Next(requests.Count));
        await Parallel.ForEachAsync(
            requests.Select((request, place) => (request.Source, request.Events, Place: place)),
            new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce },
            async (request, cancellation) =>
            {
                foreach (var (participant, change) in changes[request.Place].SelectMany(
                    changed => changed.Changes, (changed, change) => (changed.Participant, change)))
                {
                    await economy.Participant(participant).ChangeProfile(change, cancellation);
                }

                await economy.Record(request.Source, request.Events);
            });
    }

    private static IEnumerable<(string Participant, ChangeProfileRequest[] Changes)> Changes(ActivityWeek activity)
    {
        yield return (activity.Participants[0], [new(Level: 5, IsExcluded: null, "promoted", "operator")]);
        yield return (activity.Participants[1], [new(Level: null, IsExcluded: true, "staff", "operator")]);
        yield return (activity.Participants[2],
        [
            new(Level: null, IsExcluded: true, "taken for a bot", "operator"),
            new(Level: null, IsExcluded: false, "is none", "operator"),
        ]);
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        for (var line = 0; line < Math.Min(left.Length, right.Length); line++)
        {
            if (left[line] != right[line])
            {
                return $"line {line}: first '{left[line]}', now '{right[line]}'";
            }
        }

        return $"{left.Length} lines first, {right.Length} now";
    }
}
