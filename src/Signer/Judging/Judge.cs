using System.Collections.Immutable;
using Stk.Settlement.Plans;
using Stk.Signer.Books;
using Stk.SignerCalls.Answers;
using Stk.SignerCalls.Asks;
using Stk.Solana.Payouts;

namespace Stk.Signer.Judging;

/// <summary>The rules by which the signer signs. Pure: the file, the clock and what was proved are arguments.</summary>
internal static class Judge
{
    /// <param name="dead">Signatures, in base58, that are proved to have landed never and to land never.</param>
    /// <param name="now">By the signer's clock.</param>
    public static Judgement Of(
        SignerAsk.OfBatch ask, Book book, IReadOnlySet<string> dead, DateTimeOffset now, SignerTerms terms)
    {
        if (ask.UnitPriceMicroLamports > SignerTerms.UnitPriceMost)
        {
            return Refuse(Rebuilding.Malformed("the price of compute units is above any that is paid"));
        }

        var payoutTerms = terms.At(ask.UnitPriceMicroLamports);
        if (!Rebuilding.TryBatch(ask, payoutTerms, out var batch, out var flaw))
        {
            return Refuse(flaw);
        }

        ImmutableArray<SignedPayout> payouts =
        [
            .. ask.Payouts.Select(payout => new SignedPayout(
                payout.Id, payout.Participant, payout.Wallet, payout.AmountMicro, payout.NeedsAccount)),
        ];
        if (OfAttempt(ask.Act, ask.Attempt, payouts, memo: null, book) is { } answered)
        {
            return answered;
        }

        var plan = ActPlan.OfBatch(batch, payoutTerms);
        var sign = new Judgement.Sign(
            lifetime => batch.ToMessage(payoutTerms, BatchReference.Of(ask.Act), lifetime), payouts, Memo: null);
        var objection = Rebuilding.OfPlan(ask.Plan, plan)
            ?? Rebuilding.OfMessage(ask.Message, plan, sign.ToMessage)
            ?? ask.Payouts.Select(payout => OfPayout(payout, book, now, terms)).FirstOrDefault(one => one is not null)
            ?? OfDay(payouts, book, now, terms);
        return objection is null ? OfEarlier(ask.Act, sign, book, dead) : Refuse(objection);
    }

    /// <inheritdoc cref="Of(SignerAsk.OfBatch, Book, IReadOnlySet{string}, DateTimeOffset, SignerTerms)"/>
    public static Judgement Of(SignerAsk.OfMemo ask, Book book, IReadOnlySet<string> dead, SignerTerms terms)
    {
        if (ask.UnitPriceMicroLamports > SignerTerms.UnitPriceMost)
        {
            return Refuse(Rebuilding.Malformed("the price of compute units is above any that is paid"));
        }

        if (!WeekMemo.IsOne(ask.Text))
        {
            return Refuse(new(RefusalRule.MemoForm, "the memo has another form than a week's"));
        }

        if (OfAttempt(ask.Act, ask.Attempt, payouts: [], ask.Text, book) is { } answered)
        {
            return answered;
        }

        var payoutTerms = terms.At(ask.UnitPriceMicroLamports);
        var sign = new Judgement.Sign(
            lifetime => WeekMemo.ToMessage(ask.Text, payoutTerms, lifetime), Payouts: [], ask.Text);
        var plan = ActPlan.OfMemo(terms.PayoutFloat, terms.Mint, ask.Text);
        return Rebuilding.OfMessage(ask.Message, plan, sign.ToMessage) is { } objection
            ? Refuse(objection)
            : OfEarlier(ask.Act, sign, book, dead);
    }

    // The same again, another under the same number, or a number out of turn; null where it is the next.
    private static Judgement? OfAttempt(
        Guid act, int attempt, ImmutableArray<SignedPayout> payouts, string? memo, Book book)
    {
        var attempts = book.AttemptsOf(act);
        if (attempts.FirstOrDefault(one => one.Attempt == attempt) is { } before)
        {
            return before.Payouts.SequenceEqual(payouts) && before.Memo == memo
                ? new Judgement.Repeat(before)
                : Refuse(new(RefusalRule.AttemptDiffers, "this attempt was signed with other content"));
        }

        return attempt == attempts.Count + 1
            ? null
            : Refuse(new(RefusalRule.AttemptDiffers, "this attempt is not the next of its act"));
    }

    private static Objection? OfPayout(AskedPayout payout, Book book, DateTimeOffset now, SignerTerms terms)
    {
        if (payout.AmountMicro > terms.PayoutMaxMicro)
        {
            return new(RefusalRule.PayoutMax, "it is above what one payout may be", payout.Id);
        }

        // An id is one participant's, with one amount and one destination, for ever.
        return book.Payout(payout.Id) is { } before
            && (before.Participant != payout.Participant || before.Wallet != payout.Wallet
                || before.AmountMicro != payout.AmountMicro)
                ? new(RefusalRule.PayoutDiffers, "it was signed with another participant, wallet or amount", payout.Id)
                : Destinations.Objection(payout, book, now, terms.Wait);
    }

    private static Objection? OfDay(
        ImmutableArray<SignedPayout> payouts, Book book, DateTimeOffset now, SignerTerms terms)
    {
        if (terms.DailyCapMicro is not { } cap)
        {
            return null;
        }

        var day = Book.DayOf(now);
        var sum = (UInt128)book.DayMicro(day);
        foreach (var payout in payouts.Where(payout => !book.CountsFor(payout.Id, day)))
        {
            sum += payout.AmountMicro;
        }

        return sum > cap ? new(RefusalRule.DailyCap, "with it more would leave on this day than may") : null;
    }

    // What was signed before with any of these payouts, or under this act, must be dead by its last signature: that each
    // attempt but the last is dead was proved before the next was signed.
    private static Judgement OfEarlier(Guid act, Judgement.Sign sign, Book book, IReadOnlySet<string> dead)
    {
        ImmutableArray<SignedAct> alive =
        [
            .. sign.Payouts.SelectMany(payout => book.ActsOf(payout.Id)).Append(act).Distinct()
                .Select(earlier => book.AttemptsOf(earlier)).Where(attempts => attempts.Count > 0)
                .Select(attempts => attempts[^1]).Where(last => !dead.Contains(last.Signature)),
        ];
        return alive.IsEmpty ? sign : new Judgement.Prove(alive);
    }

    private static Judgement.Refuse Refuse(Objection objection) => new(objection);
}
