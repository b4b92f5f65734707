using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Tests.Books;
using Stk.Rules.Money;
using Xunit;

namespace Stk.Ledger.Tests.Writer;

[Collection(BookCollection.Name)]
public sealed class PostingTests(BookServer server)
{
    [Fact]
    public async Task A_transfer_moves_money_and_answers_with_the_balances_after_it()
    {
        await using var book = await server.NewBook();
        var ledger = book.Open();
        await ledger.Post(Sample.Grant("first", to: 1, micro: 1_000));

        var result = await ledger.Post(Sample.Transfer("lunch", from: 1, to: 2, micro: 300));

        var receipt = Assert.IsType<PostResult.Accepted>(result).Committed;
        Assert.Equal(2, receipt.Sequence);
        Assert.Equal(book.Clock.Now, receipt.At);
        Assert.Equal([(AccountId.Available(1), 700), (AccountId.Available(2), 300)], receipt.Balances());
        Assert.Equal<AccountState>(
            [
                new(AccountId.Available(2), new(300), 2),
                new(AccountId.Available(3), Amount.Zero, 0),
                new(AccountId.Issuance, new(-1_000), 1),
            ],
            await ledger.GetBalances([AccountId.Available(2), AccountId.Available(3), AccountId.Issuance]));
    }

    [Fact]
    public async Task A_repeat_is_answered_with_the_first_receipt_on_an_emptied_account()
    {
        await using var book = await server.NewBook();
        var ledger = book.Open();
        await ledger.Post(Sample.Grant("first", to: 1, micro: 1_000));
        var first = await ledger.Post(Sample.Transfer("lunch", from: 1, to: 2, micro: 300));
        await ledger.Post(Sample.Transfer("rest", from: 1, to: 2, micro: 700));

        var again = await book.Open().Post(Sample.Transfer("lunch", from: 1, to: 2, micro: 300));

        var (was, now) = (first.Receipt!, Assert.IsType<PostResult.Repeated>(again).Receipt!);
        Assert.Equal((was.Sequence, was.Position, was.At), (now.Sequence, now.Position, now.At));
        Assert.Equal(was.Lines.ToArray(), now.Lines.ToArray());
        Assert.Equal(3, (await ledger.GetHead()).Sequence);
    }

    [Fact]
    public async Task A_refusal_is_given_again_after_the_account_was_filled_and_makes_no_commit()
    {
        await using var book = await server.NewBook();
        var ledger = book.Open();
        var refused = await ledger.Post(Sample.Transfer("lunch", from: 1, to: 2, micro: 300));
        Assert.Equal(Refusal.InsufficientFunds, Assert.IsType<PostResult.Refused>(refused).Reason);
        Assert.Equal(0, (await ledger.GetHead()).Sequence);
        await ledger.Post(Sample.Grant("first", to: 1, micro: 1_000));

        var again = await book.Open().Post(Sample.Transfer("lunch", from: 1, to: 2, micro: 300));

        Assert.Equal(Refusal.InsufficientFunds, Assert.IsType<PostResult.Repeated>(again).Objection);
        Assert.Null(again.Receipt);
        Assert.Equal(1, (await ledger.GetHead()).Sequence);
    }

    [Fact]
    public async Task An_id_used_with_other_content_is_refused_and_the_first_stays()
    {
        await using var book = await server.NewBook();
        var ledger = book.Open();
        await ledger.Post(Sample.Grant("first", to: 1, micro: 1_000));
        await ledger.Post(Sample.Transfer("lunch", from: 1, to: 2, micro: 300));

        var other = await ledger.Post(Sample.Transfer("lunch", from: 1, to: 2, micro: 301));

        Assert.Equal(Refusal.IdUsedWithOtherContent, other.Objection);
        Assert.IsType<PostResult.Repeated>(await ledger.Post(Sample.Transfer("lunch", from: 1, to: 2, micro: 300)));
    }

    [Fact]
    public async Task Nothing_is_issued_beyond_the_schedule()
    {
        await using var book = await server.NewBook();
        book.Issuance.Most = new(1_000);
        var ledger = book.Open();
        Assert.Null((await ledger.Post(Sample.Grant("first", to: 1, micro: 1_000))).Objection);

        Assert.Equal(Refusal.BeyondSchedule, (await ledger.Post(Sample.Grant("one more", to: 1, micro: 1))).Objection);
    }

    [Fact]
    public async Task A_clock_that_goes_back_does_not_take_the_journal_with_it()
    {
        await using var book = await server.NewBook();
        var ledger = book.Open();
        var first = await ledger.Post(Sample.Grant("first", to: 1, micro: 1_000));
        book.Clock.Now -= TimeSpan.FromDays(365);

        var second = await ledger.Post(Sample.Grant("second", to: 1, micro: 1_000));

        Assert.Equal(first.Receipt!.At, second.Receipt!.At);
    }
}
