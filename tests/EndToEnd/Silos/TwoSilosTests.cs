using System.Diagnostics;
using Stk.EndToEnd.Replays;

namespace Stk.EndToEnd.Silos;

/// <summary>Reads alone: they leave no row in an economy that another test compares.</summary>
[Collection(TwinCollection.Name)]
public sealed class TwoSilosTests(TwinEconomies twins)
{
    private const int Participants = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Economy Economy => twins.Disturbed;

    [Fact]
    public async Task Both_are_members_share_the_work_and_one_takes_over_when_the_other_dies()
    {
        await Eventually.Get(Members, members => members.Length == 2, "both silos are members", Patience);
        await AllAnswer();
        var hosts = await Eventually.Get(HostsOfParticipants, hosts => hosts.Length == 2, "both silos hold participants", Patience);
        Assert.Equal(2, hosts.Length);

        await Economy.Kill("silo-2");
        var waited = Stopwatch.StartNew();
        await AllAnswer();

        Assert.True(waited.Elapsed < Patience, $"{Participants} participants took {waited.Elapsed} to answer");
        (await Economy.Stk("up")).Done();
        Assert.Equal(["api", "silo-1", "silo-2"], Economy.LivingHosts());
        await Eventually.Get(Members, members => members.Length == 2, "both silos are members again", Patience);
    }

    private async Task AllAnswer()
    {
        var auditor = await Economy.Client("auditor", "auditor");
        await Task.WhenAll(Enumerable.Range(0, Participants).Select(number => Eventually.Get(
            () => auditor.Get($"balance?participant=member-{number}"), answer => answer.Status == HttpStatusCode.OK,
            $"member-{number} answers", Patience)));
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
