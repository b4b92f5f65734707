using Npgsql;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Paging;
using Stk.Grains.Requests;
using Stk.Grains.Tests.Economies;
using Stk.Grains.Transfers;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Transfers;

[Collection(EconomyCollection.Name)]
public sealed class TransferTests(EconomyServer server)
{
    [Fact]
    public async Task A_transfer_is_answered_as_it_is_booked_and_the_senders_next_read_shows_it()
    {
        var economy = await server.Shared();
        await economy.Fund("tr-ann", Amount.OfStk(100));
        await economy.Register("tr-bob");
        var ann = economy.Participant("tr-ann");
        await ann.GetBalance();

        var view = Done(await economy.Transfer("tr-ann", "tr-bob", new(40_000_001), "за обед"));

        Assert.Equal(("tr-bob", new Amount(40_000_001), Amount.Zero, "за обед"), (view.To, view.Amount, view.Fee, view.Note));
        Assert.Equal(new Amount(59_999_999), (await ann.GetBalance()).Available);
        Assert.Equal(
            new Amount(40_000_001),
            (await economy.Participant("tr-bob").GetBalanceAt(view.Sequence, CancellationToken.None)).Available);
        Assert.Equal(
            view.Sequence, await economy.Ask<long>($"SELECT sequence FROM ledger.transactions WHERE id = '{view.Id}'"));
        Assert.Equal(view.At, await economy.Ask<DateTime>($"SELECT at FROM ledger.commits WHERE sequence = {view.Sequence}"));
        Assert.Null(await economy.Verify());
    }

    [Theory]
    [InlineData("\U0001F469\u200D\U0001F4BB \u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645 \u0915\u094D\u200D\u0937", 1)]
    // The longest family, as often as a note may have characters: the database counts code points.
    [InlineData("\U0001F468\U0001F3FD\u200D\U0001F469\U0001F3FD\u200D\U0001F467\U0001F3FD\u200D\U0001F466\U0001F3FD", 280)]
    public async Task A_note_comes_back_as_it_was_written(string part, int times)
    {
        var economy = await server.Shared();
        var note = string.Concat(Enumerable.Repeat(part, times));
        await economy.Fund($"notes-{times}", Amount.OfStk(1));
        await economy.Register("notes-to");

        Assert.Equal(note, Done(await economy.Transfer($"notes-{times}", "notes-to", new(1), note)).Note);

        var page = await economy.Participant($"notes-{times}").GetTransactions(new(null, 10), CancellationToken.None);
        Assert.Contains(page.Transactions, item => item.Note == note);
        await economy.Participant($"notes-{times}").ChangeProfile(new(2, null, note, "operator"), CancellationToken.None);
    }

    [Fact]
    public async Task A_receiver_on_either_silo_hears_of_a_transfer_while_it_waits_for_one()
    {
        var economy = await server.Shared();
        string[] people = ["hear-ann", "hear-bob", "hear-cid"];
        foreach (var id in people)
        {
            await economy.Fund(id, Amount.OfStk(10));
        }

        await economy.Spread(people);
        foreach (var id in people[1..])
        {
            var receiver = economy.Participant(id);
            var before = await receiver.GetBalanceAt(
                await economy.Ask<long>("SELECT sequence FROM ledger.head"), CancellationToken.None);
            var waiting = receiver.GetBalanceAfter(before.ChangedIn, CancellationToken.None);

            var transfer = Done(await economy.Transfer("hear-ann", id, Amount.OfStk(1)));

            Assert.Equal((Amount.OfStk(11), transfer.Sequence), ((await waiting).Available, (await waiting).ChangedIn));
        }
    }

    [Fact]
    public async Task A_commit_that_the_journal_does_not_reach_is_told_from_one_that_a_silo_has_not_heard_of()
    {
        var economy = await server.Shared();
        string[] people = ["seq-ann", "seq-bob", "seq-cid"];
        foreach (var id in people)
        {
            await economy.Fund(id, Amount.OfStk(10));
        }

        await economy.Spread(people);
        foreach (var id in people)
        {
            var head = await economy.Ask<long>("SELECT sequence FROM ledger.head");
            var participant = economy.Participant(id);

            var known = await participant.GetBalanceAt(head, CancellationToken.None);
            // Others may commit meanwhile, but not so much.
            var ahead = await participant.GetBalanceAt(head + 1_000_000, CancellationToken.None);
            var beyond = await participant.GetBalanceAt(long.MaxValue, CancellationToken.None);

            Assert.False(known.IsSequenceUnknown);
            Assert.True(ahead.IsSequenceUnknown && beyond.IsSequenceUnknown);
            Assert.Equal(known.Available, ahead.Available);
            Assert.False((await participant.GetBalance()).IsSequenceUnknown);
        }
    }

    [Fact]
    public async Task A_cursor_that_points_past_the_journals_end_gives_the_newest_page()
    {
        var economy = await server.Shared();
        await economy.Fund("past-ann", Amount.OfStk(10));
        var ann = economy.Participant("past-ann");
        var newest = await ann.GetHistory(new(null, 50), CancellationToken.None);

        var past = await ann.GetHistory(
            new(new Cursors("history", "past-ann").Write(new(long.MaxValue, 0, 0)), 50), CancellationToken.None);

        Assert.NotEmpty(newest.Changes);
        Assert.Equal(newest.Changes.AsEnumerable(), past.Changes);
    }

    [Fact]
    public async Task A_key_of_another_body_is_refused_and_of_the_same_gives_the_first_answer_after_a_death()
    {
        var economy = await server.Shared();
        await economy.Fund("key-ann", Amount.OfStk(10));
        await economy.Register("key-bob");
        var key = Key("key", "one body");
        var first = Done(await economy.Transfer("key-ann", "key-bob", Amount.OfStk(4), "note", key));

        Assert.IsType<SpendingReply<TransferView>.KeyReused>(
            await economy.Transfer("key-ann", "key-bob", Amount.OfStk(5), "note", Key("key", "other body")));
        Done(await economy.Transfer("key-ann", "key-bob", Amount.OfStk(6)));
        await economy.Cluster.DeactivateAsync(economy.Spender("key-ann"));

        Assert.Equal(
            new SpendingReply<TransferView>.Done(first, IsReplay: true),
            await economy.Transfer("key-ann", "key-bob", Amount.OfStk(4), "note", key));
        Assert.Equal((Amount.Zero, Amount.OfStk(10)), (await economy.Available("key-ann"), await economy.Available("key-bob")));
    }

    [Fact]
    public async Task A_thousand_concurrent_transfers_overdraw_nobody_and_every_answer_is_true()
    {
        var economy = await server.Shared();
        string[] people = [.. Enumerable.Range(0, 10).Select(i => $"crowd-{i}")];
        foreach (var id in people)
        {
            await economy.Fund(id, Amount.OfStk(100));
        }

        await economy.Spread(people);
        var random = new Random(5);
        var orders = Enumerable.Range(0, 1_000).Select(i =>
        {
            var from = random.Next(10);
            return (
                Key: Key($"crowd {i}"), From: people[from], To: people[(from + random.Next(1, 10)) % 10],
                Amount: new Amount(random.NextInt64(1, 60_000_000)));
        }).ToList();

        var replies = await Task.WhenAll(orders.Select(order =>
            economy.Transfer(order.From, order.To, order.Amount, key: order.Key)));

        Assert.Contains(replies, reply => reply is SpendingReply<TransferView>.Refused);
        var sum = Amount.Zero;
        foreach (var id in people)
        {
            var available = await economy.Available(id);
            Assert.False(available.IsNegative);
            sum += available;
        }

        Assert.Equal(Amount.OfStk(1_000), sum);
        var booked = (await economy.Rows("SELECT id FROM ledger.transactions WHERE kind = 5")).Select(Guid.Parse).ToHashSet();
        foreach (var (order, reply) in orders.Zip(replies))
        {
            if (reply is SpendingReply<TransferView>.Done { View: var view })
            {
                Assert.Contains(order.Key.Id, booked);
                Assert.Equal((order.Key.Id, order.To, order.Amount), (view.Id, view.To, view.Amount));
            }
            else
            {
                Assert.Equal(SpendingRefusal.InsufficientFunds, Refused(reply));
                Assert.DoesNotContain(order.Key.Id, booked);
            }
        }

        Assert.Null(await economy.Verify());
    }

    [Fact]
    public async Task Limits_and_the_fee_are_those_of_the_weeks_rule_book()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Fund("lim-ann", Amount.OfStk(1_000));
        await economy.Register("lim-bob");
        var next = await economy.SpendingRules("""
            {"transferMax": "50", "transferDayMax": "80", "transferFeeBp": 250, "refundDays": 14, "approvalAbove": "10000"}
            """);
        Assert.Equal(Amount.Zero, Done(await economy.Transfer("lim-ann", "lim-bob", Amount.OfStk(100))).Fee);
        await economy.RunTo(next.Start);
        var treasury = await economy.FundBalance(Fund.Treasury);

        Assert.Equal(SpendingRefusal.AboveTransferLimit, Refused(await economy.Transfer("lim-ann", "lim-bob", new(50_000_001))));
        Assert.Equal(new Amount(1_250_000), Done(await economy.Transfer("lim-ann", "lim-bob", Amount.OfStk(50))).Fee);
        Assert.Equal(SpendingRefusal.AboveDayLimit, Refused(await economy.Transfer("lim-ann", "lim-bob", new(30_000_001))));
        Assert.Equal(new Amount(749_999), Done(await economy.Transfer("lim-ann", "lim-bob", new(29_999_999))).Fee);
        Assert.Equal(Amount.Zero, Done(await economy.Transfer("lim-ann", "lim-bob", new(1))).Fee);
        Assert.Equal(SpendingRefusal.AboveDayLimit, Refused(await economy.Transfer("lim-ann", "lim-bob", new(1))));

        Assert.Equal(treasury + 1_999_999, await economy.FundBalance(Fund.Treasury));
        Assert.Equal(
            new Amount(1_000_000_000 - 180_000_000 - 1_999_999), await economy.Available("lim-ann"));
        await economy.RunTo(next.Start.AddDays(1));
        Done(await economy.Transfer("lim-ann", "lim-bob", Amount.OfStk(50)));
        Assert.Null(await economy.Verify());
    }

    // As two activations of one sender would, each of which read the day before the other wrote: the commit itself counts.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    public async Task Two_that_each_kept_to_the_days_limit_do_not_pass_it_together(int silo, int other)
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Fund("day-ann", Amount.OfStk(1_000));
        await economy.Register("day-bob");
        var (ann, bob) = (await economy.NumberOf("day-ann"), await economy.NumberOf("day-bob"));

        var posts = new[] { silo, other }
            .Select(at => economy.ServiceOf<ILedger>(at).Post(Limited(ann, bob, Amount.OfStk(50), dayMax: Amount.OfStk(80))))
            .ToArray();
        await Task.WhenAll(posts).ContinueWith(_ => { }, TaskScheduler.Default);

        var failed = Assert.Single(posts, post => post.IsFaulted);
        Assert.True(KeyedWrites.IsConflict(Assert.IsType<PostgresException>(failed.Exception!.InnerException)));
        Assert.Null((await Assert.Single(posts, post => post.IsCompletedSuccessfully)).Objection);
        Assert.Equal(Amount.OfStk(950), await economy.Available("day-ann"));
        Assert.Null(await economy.Verify());
    }

    private static Transaction Limited(long sender, long receiver, Amount amount, Amount dayMax)
    {
        var key = NewKey();
        return new(
            key.Id, TransactionKind.Transfer, "",
            [new(AccountId.Available(sender), -amount), new(AccountId.Available(receiver), amount)],
            [new RequestEffect(key), new TransferEffect(sender, receiver, amount, Amount.Zero, note: null, dayMax)]);
    }
}
