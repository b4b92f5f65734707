using Stk.GrainInterfaces.Participants;
using Stk.Grains.Tests.Economies;
using Stk.Rules.RuleBooks;
using Xunit;

namespace Stk.Grains.Tests.Participants;

/// <summary>An operator's word on a level or an exclusion, against what sources say.</summary>
[Collection(EconomyCollection.Name)]
public sealed class WordTests(EconomyServer server)
{
    [Fact]
    public async Task An_operators_word_stands_whatever_time_a_source_writes_until_an_operator_takes_it_back()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var (spoken, back) = ("wd-ann", "wd-bob");
        foreach (var id in new[] { spoken, back })
        {
            await Change(economy, id, new(1, null, "tested", "operator"));
            await economy.Record("school",
                Sent.Of(id, "ClubPostCreated", week.Start.AddHours(8)),
                Sent.Of(id, ControlEvents.QualificationChanged, week.Start.AddHours(8).AddMinutes(4), level: 8));
            Assert.Equal(1, (await economy.Participant(id).GetProfile())!.Level);
        }

        await economy.RunTo(week.Start.AddHours(9));
        Assert.Equal(1, (await economy.Participant(spoken).GetProfile())!.Level);
        var taken = await Change(economy, back, new(null, null, "the school knows better", "operator", TakesBackLevel: true));

        Assert.Equal(8, taken.Level);
        await economy.Cluster.DeactivateAsync(economy.Participant(back).Actor);
        Assert.Equal(8, (await economy.Participant(back).GetProfile())!.Level);
        await economy.Close(week);
        Assert.Equal(
            ["wd-ann 1", "wd-bob 8"],
            await economy.Rows($"""
                SELECT DISTINCT id, level FROM weeks.seals JOIN activity.participants ON number = participant
                WHERE week = {week.Number} AND id IN ('{spoken}', '{back}') ORDER BY id
                """));
        Assert.Empty(await economy.Recompute(week));
    }

    [Fact]
    public async Task An_exclusion_is_taken_back_and_nobody_changes_what_is_their_own()
    {
        var economy = await server.Shared();
        await economy.Register("we-ann");
        await Change(economy, "we-ann", new(null, true, "staff", "operator"));

        var taken = await Change(economy, "we-ann", new(null, null, "has left", "operator", TakesBackExclusion: true));
        var own = await Change(economy, "we-ann", new(8, null, "I am good", "we-ann"));

        Assert.False(taken.IsExcluded);
        Assert.Equal((ProfileRefusal.OwnAffair, 1), (own.Refusal!.Value, own.Level));
        await economy.Cluster.DeactivateAsync(economy.Participant("we-ann").Actor);
        Assert.False((await economy.Participant("we-ann").GetProfile())!.IsExcluded);
    }

    private static Task<ProfileReply> Change(TestEconomy economy, string id, ChangeProfileRequest request) =>
        economy.Participant(id).ChangeProfile(request, CancellationToken.None);
}
