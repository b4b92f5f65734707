using Stk.GrainInterfaces.Sources;
using Stk.GrainInterfaces.Weeks;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Weeks;

[Collection(EconomyCollection.Name)]
public sealed class BorderTests(EconomyServer server)
{
    [Fact]
    public async Task A_required_source_that_is_not_complete_blocks_the_seal_and_not_emission()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var source = economy.Grains.GetGrain<ISourceGrain>("slow");
        await source.Put(new(week.End.AddMicroseconds(-1), IsRequired: true, By: "operator"), CancellationToken.None);
        try
        {
            await economy.Record("slow", Sent.Of("slow-1", "ClubPostCreated", week.Start));
            await economy.Close(week);

            var status = await economy.Week(week).GetStatus();
            Assert.Null(status.SealedAt);
            Assert.Contains("slow", status.BlockedBy, StringComparison.Ordinal);
            Assert.Contains("slow", (await economy.Schedule.GetClock()).Waiting, StringComparison.Ordinal);
            Assert.Equal($"{week.End:yyyy-MM-dd}", await economy.Ask<string>(
                "SELECT reference FROM ledger.transactions WHERE kind = 1 ORDER BY sequence DESC, position DESC LIMIT 1"));
            var refused = Assert.IsType<CloseReply.Refused>(
                await economy.Week(week).Close(new("operator", OverrideReason: null)));
            Assert.StartsWith("required sources must be complete to", refused.Rule, StringComparison.Ordinal);

            // What comes before the seal counts, however late it is.
            Assert.Equal(
                [EventOutcome.Counted], await economy.Outcomes("slow", Sent.Of("slow-2", "ClubPostCreated", week.Start)));

            await source.Put(new(week.End, IsRequired: true, By: "operator"), CancellationToken.None);
            await economy.WaitUntilSettled(week);
            Assert.Equal(2, (await economy.Week(week).GetStatus()).Participants);
        }
        finally
        {
            await source.Put(new(CompleteTo: null, IsRequired: false, By: "operator"), CancellationToken.None);
        }
    }

    [Fact]
    public async Task Weeks_are_sealed_in_order_and_an_override_by_two_persons_seals()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var source = economy.Grains.GetGrain<ISourceGrain>("lost");
        await source.Put(new(CompleteTo: null, IsRequired: true, By: "operator"), CancellationToken.None);
        try
        {
            await economy.Record("lost", Sent.Of("ordered", "ClubPostCreated", week.Start));
            await economy.RunTo(week.End.AddHours(12));
            await economy.Record("lost", Sent.Of("ordered", "ClubPostCreated", week.Next.Start));
            await economy.Close(week.Next);

            var refused = Assert.IsType<CloseReply.Refused>(
                await economy.Week(week.Next).Close(new("operator", OverrideReason: "the source is gone")));
            Assert.Equal($"{week} must be sealed and scored first", refused.Rule);

            foreach (var due in new[] { week, week.Next })
            {
                var asked = Assert.IsType<CloseReply.Waiting>(await Eventually.Get(
                    () => economy.Week(due).Close(new("operator", OverrideReason: "the source is gone")),
                    until: reply => reply is CloseReply.Waiting, $"{due} may be closed"));
                Assert.Null((await economy.Week(due).GetStatus()).SealedAt);
                await economy.Approve(asked.Approval);
                await economy.WaitUntilSettled(due);
                Assert.True((await economy.Week(due).GetStatus()).IsForced);
            }

            Assert.Equal(
                ["the source is gone operator", "the source is gone operator"],
                await economy.Rows($"""
                    SELECT override_reason, override_by FROM weeks.runs
                    WHERE week IN ({week.Number}, {week.Next.Number}) ORDER BY week
                    """));
            Assert.Equal("1", Assert.Single(await economy.Rows(
                $"SELECT streak FROM weeks.statements WHERE week = {week.Number}")));
            Assert.Equal("2", Assert.Single(await economy.Rows(
                $"SELECT streak FROM weeks.statements WHERE week = {week.Next.Number}")));
        }
        finally
        {
            await source.Put(new(CompleteTo: null, IsRequired: false, By: "operator"), CancellationToken.None);
        }
    }
}
