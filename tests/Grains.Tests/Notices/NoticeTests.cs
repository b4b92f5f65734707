using Stk.Grains.Notices;
using Stk.Grains.Tests.Economies;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Xunit;

namespace Stk.Grains.Tests.Notices;

[Collection(OwnEconomiesCollection.Name)]
public sealed class NoticeTests(EconomyServer server)
{
    [Fact]
    public async Task A_notice_stands_with_its_transaction_once_and_is_listed_newest_first()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Register("no-ann");
        var ann = await economy.NumberOf("no-ann");
        for (var i = 0; i < 3; i++)
        {
            await Post(economy, ann, $"no-{i}");
            await Post(economy, ann, $"no-{i}");
        }

        var first = await economy.Participant("no-ann").GetNotices(new(null, 2), CancellationToken.None);
        var second = await economy.Participant("no-ann").GetNotices(new(first.Next, 2), CancellationToken.None);

        Assert.Equal(
            ["""{"cause":"no-2"}""", """{"cause":"no-1"}""", """{"cause":"no-0"}"""],
            first.Notices.Concat(second.Notices).Select(notice => notice.Values));
        Assert.Null(second.Next);
        Assert.All(
            first.Notices, notice => Assert.Equal((NoticeKinds.VestingReleased, false), (notice.Kind, notice.IsRead)));
        Assert.False((await economy.Participant("no-bob").GetNotices(new(first.Next, 2), CancellationToken.None)).IsCursorValid);
        Assert.Null(await economy.Verify());

        await economy.Execute($"UPDATE notices.notices SET \"values\" = '{{}}' WHERE id = '{first.Notices[0].Id}'");
        Assert.Contains("notices.notices", await economy.Verify(), StringComparison.Ordinal);
        await economy.Execute(
            $"UPDATE notices.notices SET \"values\" = '{first.Notices[0].Values}' WHERE id = '{first.Notices[0].Id}'");
        Assert.Null(await economy.Verify());
    }

    private static Task<PostResult> Post(TestEconomy economy, long participant, string cause) =>
        economy.ServiceOf<ILedger>(0).Post(new(
            CauseId.Of(cause), TransactionKind.FundSpend, "",
            [
                new(AccountId.Fund(Fund.Team), -new Amount(1)), new(AccountId.Available(participant), new Amount(1)),
            ],
            [
                new NoticeEffect(new(
                    NoticeIds.Of(NoticeKinds.VestingReleased, cause), participant, NoticeKinds.VestingReleased,
                    Notice.Json(new { cause }))),
            ]));
}
