using System.Globalization;
using Npgsql;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Rules.Weeks;
using Stk.Verification;
using Xunit;

namespace Stk.Grains.Tests.Activity;

[Collection(EconomyCollection.Name)]
public sealed class EvidenceTests(EconomyServer server)
{
    private const string Review = "PeerReviewCompleted";
    private const string Withdrawn = "PeerReviewWithdrawn";
    private const string Milestone = "ProjectMilestoneCompleted";
    private const string Validated = "ProjectValidated";

    [Fact]
    public async Task Evidence_is_taken_before_with_and_after_its_event_and_when_both_weeks_are_sealed()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var first = Sent.Of("ev-bob", Milestone, week.Start);
        var second = Sent.Of("ev-bob", Milestone, week.Start.AddDays(1));
        var early = first.Evidence(Validated, week.Start, approved: false);

        Assert.Equal([EventOutcome.Applied], await economy.Outcomes("ev", early));
        Assert.Equal(
            [EventOutcome.Counted, EventOutcome.Applied],
            await economy.Outcomes("ev", first, first.Evidence(Validated, week.Start, approved: true)));
        await economy.RunTo(week.Start.AddDays(2));
        Assert.Equal([EventOutcome.Counted], await economy.Outcomes("ev", second));
        await economy.Close(week);
        var late = second.Evidence(Validated, week.Start.AddDays(3), approved: true);
        Assert.Equal([EventOutcome.Applied], await economy.Outcomes("ev", late));
        Assert.Equal([EventOutcome.Duplicate], await economy.Outcomes("ev", late));

        Assert.Equal(
            ["False", "True", "True"],
            await economy.Rows($"""
                SELECT approved FROM vesting.evidence WHERE event IN ('{first.Event.Uuid}', '{second.Event.Uuid}')
                ORDER BY approved
                """));
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task Evidence_of_anothers_event_of_another_source_or_type_is_rejected_and_not_stored()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var review = Sent.Of("ev-ann", Review, week.Start);
        await economy.Outcomes("ev", review);
        var withdrawn = review.Evidence(Withdrawn, week.Start);

        await Rejected("other", withdrawn);
        await Rejected("ev", withdrawn with { Participant = "ev-thief" });
        await Rejected("ev", review.Evidence(Validated, week.Start, approved: true));
        Assert.Equal([EventOutcome.Applied], await economy.Outcomes("ev", withdrawn));

        async Task Rejected(string source, Sent sent)
        {
            var answer = Assert.Single(await economy.Record(source, sent));
            Assert.Equal((EventOutcome.Rejected, "properties.for"), (answer.Outcome, answer.Field));
            Assert.Empty(await economy.Rows($"SELECT uuid FROM vesting.evidence WHERE uuid = '{sent.Event.Uuid}'"));
        }
    }

    [Fact]
    public async Task Once_the_grant_is_decided_evidence_is_late_and_so_is_its_retraction_and_of_another_grant_not()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var sixty = Sent.Of("ev-dora", Milestone, week.Start, days: 60);
        var ninety = Sent.Of("ev-dora", Milestone, week.Start.AddDays(1), days: 90);
        var before = sixty.Evidence(Validated, week.Start, approved: true);
        await economy.RunTo(week.Start.AddDays(2));
        await economy.Outcomes("ev", sixty, ninety, before);
        await economy.Close(week);
        await using (await Decided(economy, "ev-dora", week, days: 60))
        {
            var after = sixty.Evidence(Validated, week.End, approved: false);
            Assert.Equal(
                [EventOutcome.Late, EventOutcome.Late, EventOutcome.Applied],
                await economy.Outcomes(
                    "ev", after, before.Retraction(week.End), ninety.Evidence(Validated, week.End, approved: false)));
            Assert.Equal([EventOutcome.Late], await economy.Outcomes("ev", after.Retraction(week.End)));
        }

        Assert.Equal([EventOutcome.Applied], await economy.Outcomes("ev", before.Retraction(week.End)));
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task Whom_a_referral_names_is_kept_beside_it()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var sent = Sent.Of("ev-eva", "ReferralActivated", week.Start);
        var referral = sent with { Event = sent.Event with { Referred = "ev-carl" } };
        Assert.Equal([EventOutcome.Counted], await economy.Outcomes("ev", referral));
        Assert.Equal(
            ["ev-carl"], await economy.Rows($"SELECT referred FROM vesting.referrals WHERE uuid = '{sent.Event.Uuid}'"));

        // Of what can earn nothing nobody is kept.
        await economy.Close(week);
        var late = sent with { Event = referral.Event with { Uuid = Guid.CreateVersion7() } };
        Assert.Equal([EventOutcome.Late], await economy.Outcomes("ev", late));
        Assert.Empty(await economy.Rows($"SELECT 1 FROM vesting.referrals WHERE uuid = '{late.Event.Uuid}'"));
    }

    // What a day's run does, as far as intake can see: it updates the shard's row, looks at the evidence, decides.
    [Fact]
    public async Task Evidence_fired_across_the_border_is_applied_and_seen_or_late()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var people = Enumerable.Range(0, 25).Select(i => $"ev-border-{i}").ToArray();
        var reviews = people.Select(id => Sent.Of(id, Review, week.Start)).ToArray();
        await economy.Outcomes("ev", reviews);
        await economy.Close(week);
        Sent[] evidence =
        [
            .. Enumerable.Range(0, 40).SelectMany(_ => reviews.Select(review => review.Evidence(Withdrawn, week.End))),
        ];

        var sending = Task.WhenAll(evidence.Chunk(20).Select(chunk => economy.Outcomes("ev", chunk)));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var shard in people.Select(TestEconomy.ShardOf).Distinct().Order())
        {
            seen.UnionWith(await Run(economy, shard, week));
        }

        var outcomes = (await sending).SelectMany(one => one).ToArray();
        Assert.All(evidence.Zip(outcomes), pair => Assert.Equal(
            seen.Contains(pair.First.Event.Uuid.ToString()) ? EventOutcome.Applied : EventOutcome.Late, pair.Second));
        await economy.Execute($"UPDATE weeks.grants SET decided_on = NULL WHERE week = {week.Number}");
        await economy.Execute("UPDATE vesting.shards SET decided_to = NULL");
    }

    [Fact]
    public async Task What_is_altered_or_taken_away_is_named()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        var week = TestEconomy.FirstWeek;
        var review = Sent.Of("ev-fay", Milestone, week.Start);
        var evidence = review.Evidence(Validated, week.Start, approved: true);
        await economy.Outcomes("ev", review, evidence);
        await economy.Close(week);
        Assert.Empty(await Broken(economy));

        var row = $"WHERE uuid = '{evidence.Event.Uuid}'";
        await Named("vesting.evidence", $"UPDATE vesting.evidence SET rating = 3 {row}", $"UPDATE vesting.evidence SET rating = NULL {row}");
        await Named(
            "vesting.evidence", $"UPDATE activity.events SET type = 'PeerReviewWithdrawn' {row}",
            $"UPDATE activity.events SET type = '{Validated}' {row}");
        await Named("weeks.grants", "UPDATE weeks.grants SET decided_on = unlocks_on", "UPDATE weeks.grants SET decided_on = NULL");
        await Named("weeks.grants", "UPDATE weeks.grants SET shard = shard + 1", "UPDATE weeks.grants SET shard = shard - 1");
        await Named(
            "vesting.shards", "DELETE FROM vesting.shards WHERE shard = 63", "INSERT INTO vesting.shards (shard) VALUES (63)");
        await economy.Execute($"DELETE FROM vesting.evidence {row}");
        Assert.Contains("vesting.evidence", await Broken(economy));

        async Task Named(string table, string sql, string back)
        {
            await economy.Execute(sql);
            Assert.Contains(table, await Broken(economy));
            await economy.Execute(back);
            Assert.Empty(await Broken(economy));
        }
    }

    // A silo of the build before does not say the shard of a grant.
    [Fact]
    public async Task A_grant_that_says_no_shard_gets_its_participants()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.Outcomes("ev", Sent.Of("ev-gil", Review, week.Start));
        await economy.Close(week);
        await economy.Execute($"""
            WITH taken AS (DELETE FROM weeks.grants WHERE week = {week.Number} RETURNING *)
            INSERT INTO weeks.grants (
                participant, week, type, vests_days, amount_micro, unlocks_on, transaction_id, position)
            SELECT participant, week, type, vests_days, amount_micro, unlocks_on, transaction_id, position FROM taken
            """);
        Assert.Equal(
            [TestEconomy.ShardOf("ev-gil").ToString(CultureInfo.InvariantCulture)],
            await economy.Rows($"SELECT shard FROM weeks.grants WHERE week = {week.Number}"));
    }

    private static async Task<List<string>> Run(TestEconomy economy, int shard, WeekId week)
    {
        await using var connection = await economy.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Execute($"UPDATE vesting.shards SET decided_to = DATE '2999-01-01' WHERE shard = {shard}");
        var seen = new List<string>();
#pragma warning disable CA2100 // Tests write their own SQL.
        await using (var command = new NpgsqlCommand(
            $"SELECT said.uuid::text FROM vesting.evidence said JOIN activity.events USING (uuid, source_id) WHERE shard = {shard} AND outcome = 6",
            connection, transaction))
#pragma warning restore CA2100
        {
            await using var row = await command.ExecuteReaderAsync();
            while (await row.ReadAsync())
            {
                seen.Add(row.GetString(0));
            }
        }

        await Execute($"UPDATE weeks.grants SET decided_on = unlocks_on WHERE shard = {shard} AND week = {week.Number}");
        await transaction.CommitAsync();
        return seen;

        async Task Execute(string sql)
        {
#pragma warning disable CA2100 // Tests write their own SQL.
            await using var command = new NpgsqlCommand(sql, connection, transaction);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<IAsyncDisposable> Decided(TestEconomy economy, string participant, WeekId week, int days)
    {
        var row = $"WHERE participant = {await economy.NumberOf(participant)} AND week = {week.Number} AND vests_days = {days}";
        Assert.Equal(1, await economy.Execute($"UPDATE weeks.grants SET decided_on = unlocks_on {row}"));
        return new Undone(() => economy.Execute($"UPDATE weeks.grants SET decided_on = NULL {row}"));
    }

    private static async Task<List<string>> Broken(TestEconomy economy) =>
    [
        .. (await new InvariantsCheck(economy.Database, keys: TestEconomy.Keys).Run().ToListAsync())
            .Where(finding => finding.Invariant.Name is "I22" or "I23")
            .SelectMany(finding => finding.Violations).Select(violation => violation.Table),
    ];

    private sealed class Undone(Func<Task> undo) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await undo();
    }
}
