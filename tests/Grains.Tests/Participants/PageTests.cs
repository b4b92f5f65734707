using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Xunit;

namespace Stk.Grains.Tests.Participants;

[Collection(EconomyCollection.Name)]
public sealed class PageTests(EconomyServer server)
{
    private const int Weeks = 7;

    [Fact]
    public async Task Pages_put_together_are_the_whole_and_stay_so_while_new_rows_arrive()
    {
        var economy = await server.Shared();
        for (var number = 0; number < Weeks; number++)
        {
            await Earn(economy, "reader");
        }

        await economy.BeginWeek();
        var reader = economy.Participant("reader");
        var history = (await reader.GetHistory(new(Cursor: null, Limit: 100), CancellationToken.None)).Changes;
        var transactions = (await reader.GetTransactions(new(Cursor: null, Limit: 100), CancellationToken.None))
            .Transactions;
        var rewards = (await reader.GetRewards(new(Cursor: null, Limit: 100), CancellationToken.None)).Rewards;
        // Every week pays an available and a frozen part, in one transaction; what it has frozen is released in one, too.
        var released = transactions.Count(transaction => transaction.Grant is not null);
        Assert.Equal(
            (2 * (Weeks + released), Weeks + released, Weeks), (history.Length, transactions.Length, rewards.Length));
        Assert.Equal(
            (await reader.GetBalance()).Total, Amount.Sum(history.Select(change => change.Amount)));
        Assert.All(transactions, transaction => Assert.True(
            transaction.Available > Amount.Zero
            && (transaction.Grant is null
                ? transaction.Frozen > Amount.Zero
                : transaction.Frozen == -transaction.Available)));

        for (var limit = 1; limit <= 5; limit++)
        {
            var hasGrown = limit == 3;
            var readHistory = await ReadAll(
                async cursor => await reader.GetHistory(new(cursor, limit), CancellationToken.None),
                page => (page.Changes, page.Next), Grow);
            var readTransactions = await ReadAll(
                async cursor => await reader.GetTransactions(new(cursor, limit), CancellationToken.None),
                page => (page.Transactions, page.Next), Grow);
            var readRewards = await ReadAll(
                async cursor => await reader.GetRewards(new(cursor, limit), CancellationToken.None),
                page => (page.Rewards, page.Next), Grow);

            Assert.Equal(history, readHistory.TakeLast(history.Length));
            Assert.Equal(transactions, readTransactions.TakeLast(transactions.Length));
            Assert.Equal(rewards, readRewards.TakeLast(rewards.Length));
            Assert.Equal(readHistory.Count, readHistory.Distinct().Count());

            // Once, between two pages.
            async Task Grow()
            {
                if (hasGrown)
                {
                    hasGrown = false;
                    await Earn(economy, "reader");
                    await economy.BeginWeek();
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("aC4xLjIuMw")]
    [InlineData("dy4yMDI0")]
    [InlineData("aC4xLjI")]
    public async Task A_cursor_that_is_none_of_ours_is_said_to_be_none(string cursor)
    {
        var economy = await server.Shared();

        Assert.Equal((false, false, false), await Takes(economy, "cursors", cursor));
    }

    [Fact]
    public async Task A_cursor_is_taken_by_the_list_that_gave_it_for_the_participant_it_was_given_to_and_unaltered()
    {
        var economy = await server.Shared();
        await Earn(economy, "asker");
        await Earn(economy, "asker");
        await economy.BeginWeek();
        var asker = economy.Participant("asker");
        var history = (await asker.GetHistory(new(null, 1), CancellationToken.None)).Next!;
        var transactions = (await asker.GetTransactions(new(null, 1), CancellationToken.None)).Next!;
        var rewards = (await asker.GetRewards(new(null, 1), CancellationToken.None)).Next!;

        Assert.Equal((true, false, false), await Takes(economy, "asker", history));
        Assert.Equal((false, true, false), await Takes(economy, "asker", transactions));
        Assert.Equal((false, false, true), await Takes(economy, "asker", rewards));
        foreach (var cursor in new[] { history, transactions, rewards })
        {
            Assert.Equal((false, false, false), await Takes(economy, "another asker", cursor));
            Assert.Equal((false, false, false), await Takes(economy, "asker", Altered(cursor)));
        }

        // Another number, in the same form.
        static string Altered(string cursor) => System.Buffers.Text.Base64Url.EncodeToString(
            [
                .. System.Buffers.Text.Base64Url.DecodeFromChars(cursor)
                    .Select((one, place) => place == 2 ? (byte)(one ^ 1) : one),
            ]);
    }

    [Fact]
    public async Task A_statement_is_shown_with_the_id_and_a_week_without_one_shows_none()
    {
        var economy = await server.Shared();
        var week = await Earn(economy, "statement \"ж\"");
        await economy.Close(week);
        var participant = economy.Participant("statement \"ж\"");

        var shown = System.Text.Json.JsonDocument.Parse((await participant.GetStatement(week, CancellationToken.None))!);

        Assert.Equal("statement \"ж\"", shown.RootElement.GetProperty("participant").GetString());
        Assert.Null(await participant.GetStatement(week.Previous, CancellationToken.None));
        Assert.Null(await participant.GetStatement(week.Next, CancellationToken.None));
    }

    private static async Task<(
        bool History, bool Transactions, bool Rewards)> Takes(TestEconomy economy, string id, string cursor)
    {
        var participant = economy.Participant(id);
        var history = await participant.GetHistory(new(cursor, 10), CancellationToken.None);
        var transactions = await participant.GetTransactions(new(cursor, 10), CancellationToken.None);
        var rewards = await participant.GetRewards(new(cursor, 10), CancellationToken.None);
        Assert.True(history.IsCursorValid || history.Changes.IsEmpty);
        Assert.True(rewards.IsCursorValid || rewards.Rewards.IsEmpty);
        return (history.IsCursorValid, transactions.IsCursorValid, rewards.IsCursorValid);
    }

    private static async Task<Rules.Weeks.WeekId> Earn(TestEconomy economy, string id)
    {
        var week = await economy.BeginWeek();
        await economy.Record(
            "pages", Sent.Of(id, "ClubPostCreated", week.Start), Sent.Of(id, "PeerReviewCompleted", week.Start));
        return week;
    }

    private static async Task<List<TRow>> ReadAll<TPage, TRow>(
        Func<string?, Task<TPage>> read, Func<TPage,
        (System.Collections.Immutable.ImmutableArray<TRow> Rows, string? Next)> of,
        Func<Task> between)
    {
        var rows = new List<TRow>();
        string? cursor = null;
        do
        {
            var (page, next) = of(await read(cursor));
            rows.AddRange(page);
            cursor = next;
            await between();
        }
        while (cursor is not null);

        return rows;
    }
}
