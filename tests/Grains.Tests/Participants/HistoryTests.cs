using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Participants;

[Collection(EconomyCollection.Name)]
public sealed class HistoryTests(EconomyServer server)
{
    [Fact]
    public async Task Both_sides_see_a_transfer_with_its_note_and_the_other_side()
    {
        var economy = await server.Shared();
        await economy.Fund("hi-ann", Amount.OfStk(100));
        await economy.Register("hi-bob");
        var transfer = Done(await economy.Transfer("hi-ann", "hi-bob", Amount.OfStk(1), "обед"));

        var sent = (await economy.Participant("hi-ann").GetHistory(new(null, 1), CancellationToken.None)).Changes[0];
        var received = (await economy.Participant("hi-bob").GetTransactions(new(null, 1), CancellationToken.None)).Transactions[0];

        Assert.Equal((transfer.Id, "transfer", "hi-bob", "обед"), (sent.TransactionId, sent.Kind, sent.Counterparty, sent.Note));
        Assert.Equal(
            (transfer.Id, "hi-ann", "обед", Amount.OfStk(1)),
            (received.Id, received.Counterparty, received.Note, received.Available));
    }

    [Fact]
    public async Task A_buyer_sees_from_whom_and_a_seller_only_what()
    {
        var economy = await server.Shared();
        await economy.Fund("hb-ann", Amount.OfStk(100));
        await economy.Register("hb-mia");
        await economy.Offer("hb_session", Amount.OfStk(3), new(null, null, 2), ("mentor", 5_000), ("treasury", 5_000));
        var bought = Done(await economy.Buy("hb-ann", "hb_session", recipients: ("mentor", "hb-mia")));
        Done(await economy.Spender("hb-ann").Refund(new(NewKey(), bought.Id, "?", "operator"), CancellationToken.None));

        var buyers = (await economy.Participant("hb-ann").GetTransactions(new(null, 2), CancellationToken.None)).Transactions;
        var sellers = (await economy.Participant("hb-mia").GetTransactions(new(null, 2), CancellationToken.None)).Transactions;

        Assert.Equal(
            [("refund", "hb_session", "hb-mia"), ("purchase", "hb_session", "hb-mia")],
            buyers.Select(one => (one.Kind, one.Service!, one.Counterparty!)));
        Assert.Equal(
            [("refund", "hb_session", null), ("purchase", "hb_session", (string?)null)],
            sellers.Select(one => (one.Kind, one.Service!, one.Counterparty)));
    }

    [Fact]
    public async Task A_history_is_filtered_by_kind_and_by_instants()
    {
        var economy = await server.Shared();
        await economy.Fund("hf-ann", Amount.OfStk(100));
        await economy.Register("hf-bob");
        var first = Done(await economy.Transfer("hf-ann", "hf-bob", new(1)));
        await economy.BeginWeek();
        var second = Done(await economy.Transfer("hf-ann", "hf-bob", new(2)));
        var ann = economy.Participant("hf-ann");

        Assert.Equal([second.Id, first.Id], await Ids(kind: "transfer"));
        Assert.Single(await Ids(kind: "fund_spend"));
        Assert.Empty(await Ids(kind: "purchase"));
        Assert.Empty(await Ids(kind: "nonsense"));
        Assert.Equal([second.Id], await Ids(from: first.At.AddTicks(10)));
        Assert.Equal([second.Id, first.Id], await Ids(kind: "transfer", from: first.At));
        Assert.Equal([first.Id], await Ids(kind: "transfer", below: second.At));
        Assert.Empty(await Ids(from: second.At.AddTicks(10)));
        Assert.Empty(await Ids(below: first.At.AddYears(-50)));

        async Task<Guid[]> Ids(string? kind = null, DateTimeOffset? from = null, DateTimeOffset? below = null)
        {
            var transactions = await ann.GetTransactions(new(null, 50, kind, from, below), CancellationToken.None);
            var history = await ann.GetHistory(new(null, 50, kind, from, below), CancellationToken.None);
            Assert.Equal(transactions.Transactions.Select(one => one.Id), history.Changes.Select(one => one.TransactionId));
            return [.. transactions.Transactions.Select(one => one.Id)];
        }
    }
}
