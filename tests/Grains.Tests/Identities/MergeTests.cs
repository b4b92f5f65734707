using Npgsql;
using Stk.GrainInterfaces.Identities;
using Stk.Grains.Identities;
using Stk.Grains.Requests;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Identities;
using Stk.Rules.Money;
using Stk.Testing;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Identities;

/// <summary>Two participants are one, of whom one was never paid: with all ids, and back.</summary>
[Collection(EconomyCollection.Name)]
public sealed class MergeTests(EconomyServer server)
{
    [Fact]
    public async Task All_ids_of_one_are_the_others_in_open_weeks_and_chains_end_with_the_last()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var week = TestEconomy.FirstWeek;
        await economy.Begin(week);
        await economy.RunTo(week.Start.AddHours(8));
        foreach (var id in (string[])["m-a", "m-b", "m-c"])
        {
            await economy.Record("school", Sent.Of(id, "ExerciseSave", week.Start));
        }

        await Link(economy, "m-a1", "m-a");
        await economy.Record("school", Sent.Of("m-a1", "ExerciseSave", week.Start));

        // By whichever id: who it belongs to is meant.
        var first = await Merge(economy, "m-a1", "m-b");
        Assert.Equal(("m-a", "m-b", 2), (first.View!.From, first.View.Into, first.View.Identities));
        var second = await Merge(economy, "m-b", "m-c");
        Assert.Equal(3, second.View!.Identities);
        await Eventually.Get(
            async () => (await economy.Participant("m-c").GetLimits()).PointsThisWeek, until: points => points == 400,
            "the last has what all have done");
        Assert.Equal(
            ["m-a", "m-a1", "m-b", "m-c"],
            (await economy.Grains.GetGrain<IIdentitiesGrain>(0).OfParticipant("m-a1", default)).Select(one => one.Id).Order());
        Assert.Equal(LinkRefusal.AlreadySo, (await Merge(economy, "m-a", "m-c")).Refusal);

        // In the order in which they came about.
        Assert.Equal(LinkRefusal.Overtaken, (await Undo(economy, first.View.Id)).Refusal);
        Assert.NotNull((await Undo(economy, second.View.Id)).View!.UndoneAt);
        Assert.Equal(LinkRefusal.AlreadySo, (await Undo(economy, second.View.Id)).Refusal);
        Assert.Equal(LinkRefusal.UnknownMerge, (await Undo(economy, Guid.NewGuid())).Refusal);
        await economy.Close(week);

        // To the one who was merged last they all came back, and with its seal the week is theirs.
        Assert.Equal(
            ["m-b 3", "m-c 1"],
            (await economy.Rows($"""
                SELECT participant.id || ' ' || sum(received) FROM weeks.seals sealed
                JOIN activity.participants participant ON participant.number = sealed.participant
                WHERE week = {week.Number} GROUP BY participant.id ORDER BY 1
                """)));
        await Holds(economy);
    }

    [Fact]
    public async Task Whoever_has_something_is_not_merged()
    {
        var economy = await server.Shared();
        await economy.Register("merge-ann");
        await economy.Register("merge-signed");
        await economy.Fund("merge-rich", Amount.OfStk(1));
        await economy.Execute("""
            INSERT INTO sessions.sessions (hash, id, code, subject, role, signed_in_at, ends_at, seen_at)
            VALUES (sha256('merge-signed'), gen_random_uuid(), 'merge-signed', 'merge-signed', 'participant', now(),
                now() + interval '1 day', now())
            """);

        Assert.Equal(LinkRefusal.UnknownParticipant, (await Merge(economy, "merge-nobody", "merge-ann")).Refusal);
        Assert.Equal(LinkRefusal.UnknownParticipant, (await Merge(economy, "merge-ann", "fund")).Refusal);
        Assert.Equal(LinkRefusal.AlreadySo, (await Merge(economy, "merge-ann", "merge-ann")).Refusal);
        Assert.Equal(LinkRefusal.HasAccount, (await Merge(economy, "merge-rich", "merge-ann")).Refusal);
        Assert.Equal(LinkRefusal.HasSignedIn, (await Merge(economy, "merge-signed", "merge-ann")).Refusal);
        // The other way round nobody loses anything.
        Assert.Null((await Merge(economy, "merge-ann", "merge-rich")).Refusal);
        Assert.Contains(
            await economy.Grains.GetGrain<IMergesGrain>(0).List(default),
            merge => merge is { From: "merge-ann", Into: "merge-rich", UndoneAt: null });
    }

    // What it comes to is paid to whom it was sealed for: else somebody who is another's has an account.
    [Fact]
    public async Task Nobody_becomes_anothers_between_a_weeks_seal_and_its_payment()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var week = TestEconomy.FirstWeek;
        await economy.Begin(week);
        await economy.Record("school", Sent.Of("m-early", "ExerciseSave", week.Start));
        await economy.Record("school", Sent.Of("m-into", "ExerciseSave", week.Start));
        var table = economy.ServiceOf<MergeTable>(0);
        var from = (await table.ReadStands("m-early", default))!;
        var into = (await table.ReadStands("m-into", default))!;
        Assert.False(from.IsWaiting);

        await economy.RunTo(week.End.AddHours(3));

        Assert.Equal(LinkRefusal.WeekNotSettled, (await Merge(economy, "m-early", "m-into")).Refusal);
        // The look was before the seal, the commit is behind it.
        var at = week.End.AddHours(3);
        await IsConflict(economy, MergeTable.Merge(Guid.NewGuid(), from, into, at, "olga", "one person"));
        await IsConflict(economy, IdentityTable.Link("m-early", "m-into", at, "olga", "one person"));
        await economy.RunTo(week.End.AddHours(8));
        await Holds(economy);
    }

    [Fact]
    public async Task Two_merges_of_one_at_once_are_one()
    {
        var economy = await server.Shared();
        foreach (var id in (string[])["once-a", "once-b", "once-c"])
        {
            await economy.Register(id);
        }

        var replies = await Task.WhenAll(
            Merge(economy, "once-a", "once-b"), Merge(economy, "once-b", "once-c"), Merge(economy, "once-a", "once-c"));

        // Whatever came first: two merges make one of three, and the third finds that it is so.
        Assert.Equal(2, replies.Count(reply => reply.View is not null));
        Assert.Equal([LinkRefusal.AlreadySo], replies.Select(reply => reply.Refusal).OfType<LinkRefusal>());
        Assert.Single(await economy.Rows("""
            SELECT DISTINCT owner.id FROM activity.linked
            JOIN activity.participants one ON one.number = identity
            JOIN activity.participants owner ON owner.number = survivor WHERE one.id LIKE 'once-%'
            """));
    }

    private static Task<MergeReply> Merge(TestEconomy economy, string from, string into) => economy.Grains
        .GetGrain<IMergesGrain>(0).Merge(new(NewKey(), from, into, "the same person", TwoPersons.First), default);

    private static Task<MergeReply> Undo(TestEconomy economy, Guid id) => economy.Grains
        .GetGrain<IMergesGrain>(0).Undo(new(NewKey(), id, "two people", TwoPersons.First), default);

    private static Task<LinkReply> Link(TestEconomy economy, string id, string participant) => economy.Grains
        .GetGrain<IIdentitiesGrain>(0).Link(new(NewKey(), "", id, participant, "the same person", TwoPersons.First), default);

    private static async Task Holds(TestEconomy economy) => Assert.All(
        await new InvariantsCheck(economy.Database).Run().ToListAsync(),
        finding => Assert.True(finding.Holds, finding.ToString()));

    private static async Task IsConflict(TestEconomy economy, NpgsqlBatchCommand[] commands)
    {
        await using var connection = await economy.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        Assert.True(KeyedWrites.IsConflict(await Assert.ThrowsAsync<PostgresException>(() => batch.ExecuteNonQueryAsync())));
    }
}
