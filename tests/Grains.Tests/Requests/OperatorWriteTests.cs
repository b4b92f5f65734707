using System.Text;
using Stk.GrainInterfaces.Audit;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.RuleBooks;
using Stk.GrainInterfaces.Schedules;
using Stk.GrainInterfaces.Sources;
using Stk.GrainInterfaces.Weeks;
using Stk.Grains.Tests.Economies;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Requests;

[Collection(EconomyCollection.Name)]
public sealed class OperatorWriteTests(EconomyServer server)
{
    [Fact]
    public async Task A_change_of_a_participant_is_made_once_a_key_and_logged_with_what_was_before()
    {
        var economy = await server.Shared();
        var participant = economy.Participant("ow-ann");
        await economy.Register("ow-ann");
        var key = Key("ow-ann", "body");
        var request = new ChangeProfileRequest(3, true, "promoted", "op", key);

        var first = await participant.ChangeProfile(request, CancellationToken.None);
        await participant.ChangeProfile(new(4, null, "promoted again", "op"), CancellationToken.None);
        await economy.Cluster.DeactivateAsync(participant.Actor);
        var again = await participant.ChangeProfile(request, CancellationToken.None);
        var other = await participant.ChangeProfile(request with { Key = Key("ow-ann", "other") }, CancellationToken.None);

        Assert.Equal((3, true, KeyUse.First), (first.Level, first.IsExcluded, first.Key));
        Assert.Equal(first with { Key = KeyUse.Replay }, again);
        Assert.Equal((4, KeyUse.Reused), (other.Level, other.Key));
        Assert.Equal(4, (await participant.GetProfile())!.Level);
        Assert.Equal(
            [
                """participant.change operator  {"level":1,"excluded":false,"stands":true,"takesBackLevel":false,"takesBackExclusion":false} joins""",
                """participant.change op {"level":1,"excluded":false} {"level":3,"excluded":true,"stands":true,"takesBackLevel":false,"takesBackExclusion":false} promoted""",
                """participant.change op {"level":3,"excluded":true} {"level":4,"excluded":true,"stands":true,"takesBackLevel":false,"takesBackExclusion":false} promoted again""",
            ],
            await economy.Rows("""
                SELECT action, by, before, regexp_replace(after, ',"change":"[-0-9a-f]{36}"', ''), reason FROM audit.entries JOIN audit.texts USING (sequence)
                WHERE subject = 'ow-ann' ORDER BY sequence
                """));
    }

    [Fact]
    public async Task A_source_a_rule_book_the_clock_and_a_close_are_logged_and_done_once_a_key()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        var source = economy.Grains.GetGrain<ISourceGrain>("club");
        var put = new PutSourceRequest(TestEconomy.FirstWeek.Start, false, Key("source"), "op");
        var document = (await economy.RuleBook.GetVersions())[^1].Document;
        var unversioned = Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(document).Replace("\"version\": 1,", "", StringComparison.Ordinal)
                .Replace("\"version\":1,", "", StringComparison.Ordinal));
        var propose = new ProposeRequest(TestEconomy.FirstWeek.Next.Next, unversioned, "op", Key("rules"));
        var clock = new SetClockRequest(TestEconomy.FirstWeek.End.AddMinutes(1), "op", Key("clock"));
        var close = new CloseRequest("op", null, Key("close"));
        var week = economy.Week(TestEconomy.FirstWeek);

        Assert.Equal(KeyUse.First, (await source.Put(put, CancellationToken.None)).Key);
        Assert.Equal(KeyUse.Replay, (await source.Put(put, CancellationToken.None)).Key);
        Assert.Equal(KeyUse.Reused, (await source.Put(put with { Key = Key("source", "other") }, CancellationToken.None)).Key);
        var book = economy.RuleBook;
        var proposed = Assert.IsType<ProposeReply.Waiting>(await book.Propose(propose, CancellationToken.None));
        Assert.False(proposed.IsReplay);
        await economy.Approve(proposed.Approval);
        Assert.Equal(proposed with { IsReplay = true }, await book.Propose(propose, CancellationToken.None));
        Assert.IsType<ProposeReply.KeyReused>(
            await book.Propose(propose with { Key = Key("rules", "other") }, CancellationToken.None));
        Assert.False(Assert.IsType<SetClockReply.Moving>(await economy.Clock.Set(clock)).IsReplay);
        await economy.Reached(clock.Now);
        Assert.True(Assert.IsType<SetClockReply.Moving>(await economy.Clock.Set(clock)).IsReplay);
        Assert.IsType<SetClockReply.KeyReused>(await economy.Clock.Set(clock with { Key = Key("clock", "other") }));
        Assert.IsType<SetClockReply.Backwards>(await economy.Clock.Set(new(TestEconomy.FirstWeek.Start, "op", null)));
        Assert.False(Assert.IsType<CloseReply.Accepted>(await week.Close(close)).IsReplay);
        await economy.WaitUntilSettled(TestEconomy.FirstWeek);
        Assert.True(Assert.IsType<CloseReply.Accepted>(await week.Close(close)).IsReplay);
        Assert.IsType<CloseReply.KeyReused>(await week.Close(close with { Key = Key("close", "other") }));
        Assert.Equal(KeyUse.First, (await economy.Schedule.ResumeBy(new("op", "all is well", Key("resume")))).Key);
        Assert.Equal(KeyUse.Replay, (await economy.Schedule.ResumeBy(new("op", "all is well", Key("resume")))).Key);

        Assert.Equal(
            [
                "operator.enter op", "source.change club", $"approval.ask {TestEconomy.FirstWeek.Next.Next}", "clock.set clock",
                $"week.close {TestEconomy.FirstWeek}", "schedule.resume schedule",
            ],
            await economy.Rows("""
                SELECT action, subject FROM audit.entries JOIN audit.texts USING (sequence) WHERE by = 'op' ORDER BY sequence
                """));
        Assert.Equal(2, (await economy.RuleBook.GetVersions()).Length);
    }

    [Fact]
    public async Task The_log_is_read_newest_first_in_pages()
    {
        var economy = await server.Shared();
        for (var i = 0; i < 5; i++)
        {
            await economy.Register($"page-{i}");
        }

        var audit = economy.Grains.GetGrain<IAuditGrain>(0);
        var all = new List<AuditEntryView>();
        string? cursor = null;
        do
        {
            var page = await audit.GetEntries(new(cursor, 3), CancellationToken.None);
            all.AddRange(page.Entries);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(all.Count, await economy.Ask<long>("SELECT sequence FROM audit.head"));
        Assert.Equal(Enumerable.Range(1, all.Count).Select(i => (long)i).Reverse(), all.Select(entry => entry.Sequence));
        Assert.False((await audit.GetEntries(new("x", 3), CancellationToken.None)).IsCursorValid);
        Assert.All(
            (await audit.GetEntries(new(null, 100, Kind: "participant.change"), CancellationToken.None)).Entries,
            entry => Assert.Equal("participant.change", entry.Action));
    }

    [Theory]
    // The first entry enters the operator; two are of the clock, which was set twice.
    [InlineData("audit.entries", "UPDATE audit.entries SET by = 'somebody' WHERE sequence = 5")]
    [InlineData("audit.entries", "UPDATE audit.entries SET at = at + interval '1 second' WHERE sequence = 4")]
    [InlineData("audit.entries", "DELETE FROM audit.texts WHERE sequence = 5; DELETE FROM audit.entries WHERE sequence = 5")]
    [InlineData("audit.head", "DELETE FROM audit.texts WHERE sequence = 6; DELETE FROM audit.entries WHERE sequence = 6")]
    [InlineData("audit.texts", "UPDATE audit.texts SET after = '{\"level\":8}' WHERE sequence = 5")]
    [InlineData("audit.texts", "UPDATE audit.texts SET reason = NULL WHERE sequence = 4")]
    [InlineData("audit.head", "UPDATE audit.head SET sequence = 7")]
    [InlineData("audit.texts", "DELETE FROM audit.texts WHERE sequence = 5")]
    public async Task A_chain_that_was_tampered_with_is_named(string table, string sql)
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        for (var i = 0; i < 3; i++)
        {
            await economy.Register($"chain-{i}");
        }

        Assert.Empty(await Broken(economy));
        await economy.Execute(sql);

        Assert.Equal([table], (await Broken(economy)).Take(1));
    }

    private static async Task<List<string>> Broken(TestEconomy economy) =>
        [
            .. (await new InvariantsCheck(economy.Database, keys: TestEconomy.Keys).Run().ToListAsync())
                .Where(finding => finding.Invariant.Name == "I17")
                .SelectMany(finding => finding.Violations).Select(violation => violation.Table),
        ];
}
