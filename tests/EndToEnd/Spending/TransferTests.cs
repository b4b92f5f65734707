using System.Text.Json;
using Stk.Client.Balances;
using Stk.Client.Problems;
using Stk.Rules.Money;

namespace Stk.EndToEnd.Spending;

[Collection(SpendingCollection.Name)]
public sealed class TransferTests(SpendingEconomy spending)
{
    private Economy Economy => spending.Economy;

    [Fact]
    public async Task A_transfer_by_the_command_line_is_in_both_histories_with_note_and_other_side()
    {
        var token = await Economy.Token("participant", "ann");

        var sent = (await Economy.Stk("transfer", "bob", "12.000001", "--note", "Обед ☕", "--yes", "--json", "--token", token)).Done();

        using var answer = JsonDocument.Parse(sent.Text);
        var id = answer.RootElement.GetProperty("id").GetGuid();
        foreach (var (person, other, amount) in new[] { ("ann", "bob", "-12.000001"), ("bob", "ann", "12.000001") })
        {
            using var client = await spending.Client(person);
            var newest = await client.Balances.History(new HistoryFilter(Kind: "transfer")).FirstAsync();
            Assert.Equal(
                (id, other, "Обед ☕", amount),
                (newest.TransactionId, newest.Counterparty, newest.Note, newest.Amount.ToString()));
        }

        var history = (await Economy.Stk("history", "--limit", "1", "--token", token)).Done();
        Assert.Matches(@"transfer +available +-12\.000001 .* bob +Обед ☕", history.Text);
        Assert.DoesNotContain(token, sent.Text + sent.Error + history.Text + history.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_command_line_is_refused_is_one_sentence_and_moves_nothing()
    {
        var before = await spending.Available("clerk");
        var token = await Economy.Token("participant", "clerk");

        foreach (var (to, amount, type) in new[] { ("bob", "1000000", "insufficient-funds"), ("clerk", "1", "self-transfer"), ("nobody at all", "1", "unknown-participant") })
        {
            var refused = await Economy.Stk("transfer", to, amount, "--yes", "--token", token);
            Assert.Equal(1, refused.Code);
            Assert.StartsWith($"{type}: ", refused.Sentence(), StringComparison.Ordinal);
        }

        var unanswered = await Economy.Stk("transfer", "bob", "1", "--token", token);
        Assert.Equal(1, unanswered.Code);
        Assert.Contains("--yes", unanswered.Sentence(), StringComparison.Ordinal);
        Assert.Equal(2, (await Economy.Stk("transfer", "bob", "1.0000001", "--yes", "--token", token)).Code);
        Assert.Equal(before, await spending.Available("clerk"));
    }

    [Fact]
    public async Task One_key_with_another_body_is_refused()
    {
        using var sender = await spending.Client("sender");
        var key = Guid.NewGuid().ToString();
        var first = await sender.Spending.Transfer("bob", Amount.OfStk(1), "one", key);
        Assert.Equal(first, await sender.Spending.Transfer("bob", Amount.OfStk(1), "one", key));

        var refusal = await Assert.ThrowsAsync<ApiProblemException>(
            () => sender.Spending.Transfer("bob", Amount.OfStk(2), "one", key));

        Assert.Equal(("idempotency-key-reused", 422), (refusal.Slug, refusal.Status));
    }

    [Fact]
    public async Task A_read_by_the_other_host_is_never_older_than_what_the_sender_has_seen()
    {
        using var sender = await spending.Client("sender");
        for (var round = 0; round < 20; round++)
        {
            var before = (await sender.Balances.Get()).Available;
            await sender.Spending.Transfer("bob", new Amount(1));
            Assert.Equal(before - new Amount(1), (await sender.Balances.Get()).Available);
        }
    }
}
