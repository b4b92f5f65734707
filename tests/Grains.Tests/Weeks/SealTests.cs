using System.Collections.Concurrent;
using Npgsql;
using Stk.GrainInterfaces.Weeks;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Weeks;

[Collection(EconomyCollection.Name)]
public sealed class SealTests(EconomyServer server)
{
    private const int Senders = 48;
    private const int EventsMin = 1_000;
    private const int BeforeTheSeal = 300;
    private const int EventsMax = 20_000;

    [Fact]
    public async Task Only_shards_with_events_are_aggregated()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.Outcomes(
            "seal", [.. Enumerable.Range(0, 3).Select(one => Sent.Of($"seal-{one}", "SectionCompleted", week.Start))]);

        await economy.Close(week);
        await economy.WaitUntilSettled(week);

        // Other tests of this economy may have linked identities: their survivors' shards are looked at too.
        Assert.Equal(
            await economy.Rows(
                $"""
                SELECT shard FROM activity.events WHERE week = {week.Number}
                UNION SELECT shard FROM activity.survivors({week.Number}) ORDER BY shard
                """),
            await economy.Rows($"SELECT shard FROM weeks.shards WHERE week = {week.Number} ORDER BY shard"));
    }

    [Fact]
    public async Task Of_a_thousand_events_across_the_seal_each_is_sealed_and_counted_or_late()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.RunTo(week.End.AddSeconds(-1));
        var outcomes = new ConcurrentBag<EventOutcome>();
        var counted = new ConcurrentDictionary<string, int>();
        var number = 0;
        var seal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // Every sender goes on until the seal has answered it "late", and all have sent enough.
        async Task Send()
        {
            while (Interlocked.Increment(ref number) is var mine
                && mine < EventsMax
                && (mine <= EventsMin || !outcomes.Contains(EventOutcome.Late)))
            {
                if (mine == BeforeTheSeal)
                {
                    seal.SetResult();
                }

                // At most two a participant and day: none is over its limit.
                var sent = Sent.Of($"border-{mine % 2_000:D4}", "SectionCompleted", week.Start.AddDays(mine % 7));
                var outcome = (await economy.Outcomes("border", sent))[0];
                outcomes.Add(outcome);
                if (outcome == EventOutcome.Counted)
                {
                    counted.AddOrUpdate(sent.Participant, 1, (_, before) => before + 1);
                }
            }
        }

        var senders = Enumerable.Range(0, Senders).Select(_ => Task.Run(Send)).ToArray();
        await seal.Task;
        var setting = economy.SetClock(week.End);
        await Eventually.Get(
            () => economy.Week(week).Close(new("operator", OverrideReason: null)),
            until: reply => reply is CloseReply.Accepted, $"{week} may be closed");
        await setting;
        await Task.WhenAll(senders);
        await economy.WaitUntilSettled(week);

        Assert.True(outcomes.Count >= EventsMin);
        Assert.All(outcomes, outcome => Assert.True(outcome is EventOutcome.Counted or EventOutcome.Late, $"{outcome}"));
        Assert.Contains(EventOutcome.Late, outcomes);
        var inTheSeal = await economy.Rows($"""
            SELECT participant.id, sum(seal.counted) FROM weeks.seals seal
            JOIN activity.participants participant ON participant.number = seal.participant
            WHERE week = {week.Number} GROUP BY 1 ORDER BY 1
            """);
        Assert.Equal(
            counted.OrderBy(of => of.Key, StringComparer.Ordinal).Select(of => $"{of.Key} {of.Value}"), inTheSeal);
        await economy.Close(week);
    }

    [Fact]
    public async Task The_seal_waits_for_an_event_whose_commit_is_under_way()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.Record("under-way", Sent.Of("under-way", "ClubLikeGiven", week.Start));
        await economy.RunTo(week.End.AddSeconds(-1));
        var sent = Sent.Of("under-way", "ClubPostCreated", week.Start);

        // Somebody else is about to store the same uuid: the intake's insert waits for what becomes of that.
        await using var connection = await economy.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
#pragma warning disable CA2100 // Tests write their own SQL.
        await using (var insert = new NpgsqlCommand($"""
            INSERT INTO activity.events (source_id, uuid, participant, week, day, shard, outcome, at, type)
            SELECT id, '{sent.Event.Uuid}', 0, {week.Number}, now(), 0, 5, now(), 'PageView'
            FROM activity.sources WHERE name = 'under-way'
            """, connection))
#pragma warning restore CA2100
        {
            Assert.Equal(1, await insert.ExecuteNonQueryAsync());
        }

        var recording = economy.Outcomes("under-way", sent);
        await Eventually.True(async () => await Waiting(economy) == 1, "the intake waits");
        await economy.SetClock(week.End.AddHours(8));
        await Eventually.True(
            async () => await Waiting(economy) == 2 || (await economy.Week(week).GetStatus()).Done is not null,
            "the seal waits for the intake");
        await transaction.RollbackAsync();

        Assert.Equal([EventOutcome.Counted], await recording);
        await economy.WaitUntilSettled(week);
        Assert.Equal("210", Assert.Single(await economy.Rows(
            $"SELECT points FROM weeks.statements WHERE week = {week.Number}")));
        await economy.Close(week);
    }

    private static Task<long> Waiting(TestEconomy economy) => economy.Ask<long>("""
        SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
        """);
}
