using System.Collections.Immutable;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Tests.Books;
using Stk.Rules.Money;
using Xunit;

namespace Stk.Ledger.Tests.Machine;

public sealed class LedgerMachineTests
{
    private static readonly AccountId Ann = AccountId.Available(1);
    private static readonly AccountId Bob = AccountId.Available(2);

    public static TheoryData<string, (AccountId, long)[], Refusal> Refused => new()
    {
        { "nothing", [], Refusal.TooFewPostings },
        { "one line", [(Ann, 5)], Refusal.TooFewPostings },
        { "a sum above zero", [(Ann, -5), (Bob, 6)], Refusal.NotBalanced },
        { "a sum that overflows to zero", [(Ann, long.MinValue), (Bob, long.MinValue)], Refusal.NotBalanced },
        { "a zero line", [(Ann, -5), (Bob, 5), (Bob, 0)], Refusal.ZeroPosting },
        { "a fund 9", [(Ann, -5), (new(AccountKind.Fund, 9), 5)], Refusal.UnknownAccount },
        { "a participant 0", [(Ann, -5), (AccountId.Available(0), 5)], Refusal.UnknownAccount },
        { "a week 53 of 52", [(Ann, -5), (new(AccountKind.Week, 202553), 5)], Refusal.UnknownAccount },
        { "a kind of tomorrow", [(Ann, -5), (new((AccountKind)99, 0), 5)], Refusal.UnknownAccount },
        { "a micro more than there is", [(Ann, -101), (Bob, 101)], Refusal.InsufficientFunds },
        { "an account that never had a posting", [(AccountId.Frozen(7), -1), (Bob, 1)], Refusal.InsufficientFunds },
        { "overdrawn on the way, though not at the end", [(Ann, -101), (Ann, 1), (Bob, 100)], Refusal.InsufficientFunds },
        { "issuance beyond the schedule", [(AccountId.Issuance, -901), (Bob, 901)], Refusal.BeyondSchedule },
        { "issuance above zero", [(Ann, -101), (AccountId.Issuance, 101)], Refusal.InsufficientFunds },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_refusal_names_its_reason_and_moves_nothing(
        string what, (AccountId, long)[] postings, Refusal reason)
    {
        var probe = Sample.Of("probe", (Ann, -100), (Bob, 100));

        var results = LedgerMachine.Apply([Sample.Of(what, postings), probe], View());

        Assert.Equal(reason, Assert.IsType<PostResult.Refused>(results[0]).Reason);
        // All of ann's 100 are still there for the next.
        Assert.Equal([(Ann, 0), (Bob, 100)], Assert.IsType<PostResult.Accepted>(results[1]).Committed.Balances());
    }

    [Fact]
    public void A_balance_that_does_not_fit_is_refused()
    {
        var view = View() with
        {
            Balances = new Dictionary<AccountId, Amount> { [Ann] = new(long.MaxValue), [Bob] = new(1) },
        };
        var result = LedgerMachine.Apply([Sample.Of("too much", (Bob, -1), (Ann, 1))], view)[0];
        Assert.Equal(Refusal.BalanceTooLarge, result.Objection);
    }

    [Fact]
    public void Each_transaction_of_a_batch_sees_the_ones_before_it()
    {
        var carol = AccountId.Available(3);
        var results = LedgerMachine.Apply(
            [
                Sample.Of("there", (Ann, -100), (Bob, 100)),
                Sample.Of("overdraft", (Ann, -1), (Bob, 1)),
                Sample.Of("on", (Bob, -60), (carol, 60)),
            ],
            View());

        Assert.IsType<PostResult.Accepted>(results[0]);
        Assert.Equal(Refusal.InsufficientFunds, results[1].Objection);
        var last = Assert.IsType<PostResult.Accepted>(results[2]).Committed;
        Assert.Equal([(Bob, 40), (carol, 60)], last.Balances());
        // Positions are of the accepted ones, without a gap.
        Assert.Equal(1, last.Position);
    }

    [Fact]
    public void A_repeat_succeeds_on_an_emptied_account()
    {
        var lunch = Sample.Of("lunch", (Ann, -100), (Bob, 100));

        var results = LedgerMachine.Apply([lunch, lunch], View());

        var first = Assert.IsType<PostResult.Accepted>(results[0]).Committed;
        Assert.Same(first, Assert.IsType<PostResult.Repeated>(results[1]).Receipt);
    }

    [Fact]
    public void A_refusal_is_repeated_on_a_filled_account()
    {
        var lunch = Sample.Of("lunch", (Ann, -101), (Bob, 101));

        var results = LedgerMachine.Apply([lunch, Sample.Grant("more", to: 1, micro: 100), lunch], View());

        Assert.IsType<PostResult.Refused>(results[0]);
        Assert.IsType<PostResult.Accepted>(results[1]);
        Assert.Equal(Refusal.InsufficientFunds, Assert.IsType<PostResult.Repeated>(results[2]).Objection);
    }

    [Fact]
    public void An_id_with_other_content_is_refused_and_the_first_answer_stays()
    {
        var lunch = Sample.Of("lunch", (Ann, -10), (Bob, 10));
        var results = LedgerMachine.Apply([lunch, Sample.Of("lunch", (Ann, -11), (Bob, 11)), lunch], View());

        Assert.Equal(Refusal.IdUsedWithOtherContent, results[1].Objection);
        Assert.IsType<PostResult.Repeated>(results[2]);
    }

    [Fact]
    public void Effects_are_part_of_the_content()
    {
        var lunch = Sample.Transfer("lunch", from: 1, to: 2, micro: 1, new Note("soup"));
        var other = Sample.Transfer("lunch", from: 1, to: 2, micro: 1, new Note("fish"));
        Assert.Equal(
            Refusal.IdUsedWithOtherContent, LedgerMachine.Apply([lunch, other], View())[1].Objection);
    }

    [Fact]
    public void What_was_issued_may_reach_the_schedule_to_the_micro()
    {
        var results = LedgerMachine.Apply(
            [Sample.Grant("all", to: 2, micro: 900), Sample.Grant("one more", to: 2, micro: 1)], View());
        Assert.Null(results[0].Objection);
        Assert.Equal(Refusal.BeyondSchedule, results[1].Objection);
    }

    [Fact]
    public void The_view_is_not_changed()
    {
        var view = View();
        LedgerMachine.Apply([Sample.Of("lunch", (Ann, -100), (Bob, 100))], view);
        Assert.Equal(new(100), view.Balances[Ann]);
        Assert.Empty(view.Answers);
    }

    // Ann has 100 of the 1,000 that the schedule has.
    private static BookView View() => new(
        Sequence: 8, new(2025, 12, 18, 0, 0, 0, TimeSpan.Zero), IssuedAtMost: new(1_000),
        new Dictionary<AccountId, Amount> { [Ann] = new(100), [AccountId.Issuance] = new(-100) },
        ImmutableDictionary<Guid, PastAnswer>.Empty);
}
