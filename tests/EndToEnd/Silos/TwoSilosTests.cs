using Stk.EndToEnd.Replays;

namespace Stk.EndToEnd.Silos;

/// <summary>Reads alone: they leave no row in an economy that another test compares.</summary>
[Collection(TwinCollection.Name)]
public sealed class TwoSilosTests(TwinEconomies twins)
{
    private const int Batch = 20;

    private Economy Economy => twins.Disturbed;

    [Fact]
    public async Task Both_are_members_share_the_work_and_one_takes_over_when_the_other_dies()
    {
        await Eventually.Get(Members, members => members.Length == 2, "both silos are members");
        // New ones each time: who lives already stays where it is.
        var woken = 0;
        await Eventually.Get(
            async () =>
            {
                await AllAnswer(woken, woken + Batch);
                woken += Batch;
                return await HostsOfParticipants();
            },
            hosts => hosts.Length == 2, "both silos hold participants");

        await Economy.Kill("silo-2");
        await AllAnswer(0, woken);

        (await Economy.Stk("up")).Done();
        Assert.Equal(["api", "silo-1", "silo-2"], Economy.LivingHosts());
        await Eventually.Get(Members, members => members.Length == 2, "both silos are members again");
    }

    // Visitors who have done nothing: their actors say so, and nothing is stored.
    private async Task AllAnswer(int from, int to)
    {
        var auditor = await Economy.Client("auditor", "auditor");
        await Task.WhenAll(Enumerable.Range(from, to - from).Select(number => Eventually.Get(
            () => auditor.Get($"balance?participant=visitor-{number}"), answer => answer.Status == HttpStatusCode.NotFound,
            $"visitor-{number} answers")));
    }

    // 3: active.
    private async Task<string[]> Members() =>
        (await Economy.Psql("SELECT port FROM orleans.orleansmembershiptable WHERE status = 3"))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task<string[]> HostsOfParticipants()
    {
        var counters = (await (await Economy.Operator()).Get("/ops/orleans/DashboardCounters")).Json;
        return
        [
            .. counters.GetProperty("simpleGrainStats").EnumerateArray()
                .Where(grain => grain.GetProperty("grainType").GetString()!.EndsWith(".ParticipantGrain", StringComparison.Ordinal)
                    && grain.GetProperty("activationCount").GetInt32() > 0)
                .Select(grain => grain.GetProperty("siloAddress").GetString()!).Distinct(),
        ];
    }
}
