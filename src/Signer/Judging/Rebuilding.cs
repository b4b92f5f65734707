using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Stk.Settlement.Landings;
using Stk.Settlement.Plans;
using Stk.SignerCalls.Answers;
using Stk.SignerCalls.Asks;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Payouts;

namespace Stk.Signer.Judging;

/// <summary>The signer's own batch and message, and whether what is asked for is the same. Pure.</summary>
internal static class Rebuilding
{
    // A packet takes no more transfers than this; what a question may cost is bounded before it is looked at.
    private const int PayoutsMost = 32;

    /// <summary>The batch that the asked payouts make.</summary>
    public static bool TryBatch(
        SignerAsk.OfBatch ask,
        PayoutTerms terms,
        [NotNullWhen(true)] out PayoutBatch? batch,
        [NotNullWhen(false)] out Objection? objection)
    {
        batch = null;
        objection = null;
        if (ask.Payouts.IsDefaultOrEmpty || ask.Payouts.Length > PayoutsMost)
        {
            objection = Malformed("no payouts, or more than a packet takes");
            return false;
        }

        var payouts = new List<Payout>(ask.Payouts.Length);
        foreach (var payout in ask.Payouts)
        {
            if (!PublicKey.TryParse(payout.Wallet, out var wallet, out _))
            {
                objection = Malformed("a wallet is no address") with { Payout = payout.Id };
                return false;
            }

            payouts.Add(new(payout.Id, wallet, payout.AmountMicro, payout.NeedsAccount));
        }

        try
        {
            if (PayoutPlanner.Plan(payouts, terms) is [var one] && one.Payouts.SequenceEqual(payouts))
            {
                batch = one;
                return true;
            }

            objection = new(RefusalRule.PlanDiffers, "the payouts are no single batch in the planner's order");
        }
        catch (ArgumentException)
        {
            objection = Malformed("an amount of nothing, an id twice, or a payout to the float itself");
        }

        return false;
    }

    /// <summary>Why the asked plan is not the batch's; null where it is.</summary>
    public static Objection? OfPlan(string asked, ActPlan own)
    {
        ActPlan plan;
        try
        {
            plan = ActPlan.FromJson(asked);
        }
        catch (Exception flaw) when (flaw is JsonException or FormatException)
        {
            return Malformed("the plan is none");
        }

        // As text: two plans that say the same are written the same.
        return plan.ToJson() == own.ToJson() ? null
            : OtherAmount(plan, own) is { } payout
                ? new(RefusalRule.AmountDiffers, "the plan has another amount than the payout", payout)
            : new(RefusalRule.PlanDiffers, "the plan is not what its payouts come to");
    }

    /// <summary>Why the asked message is not the signer's own; null where it is, but for its lifetime.</summary>
    public static Objection? OfMessage(byte[] asked, ActPlan plan, Func<Blockhash, Message> own)
    {
        if (!Message.TryParse(asked, out var message, out _))
        {
            return Malformed("the message is none");
        }

        if (own(message.Lifetime).Serialize().AsSpan().SequenceEqual(asked))
        {
            return null;
        }

        var content = MessageContent.Of(message, plan.Mint);
        return content.HasOther
            || (plan.Memo is null ? !content.Memos.IsEmpty : !content.Moves.IsEmpty || content.Memos.Length > 1)
                ? new(RefusalRule.ForeignContent, "the message has something that none of ours has")
            : !content.Moves.SequenceEqual(plan.Moves)
                && content.Moves.Select(Ends).SequenceEqual(plan.Moves.Select(Ends))
                ? new(RefusalRule.AmountDiffers, "the message moves another amount than the plan")
            : new(RefusalRule.MessageDiffers, "the message is not what the plan makes, to the byte");
    }

    public static Objection Malformed(string why) => new(RefusalRule.Malformed, why);

    private static (PublicKey? From, PublicKey? To) Ends(TokenMove move) => (move.From, move.To);

    private static Guid? OtherAmount(ActPlan plan, ActPlan own) => own.Payouts
        .Where(mine => plan.Payouts.Any(other => other.Id == mine.Id && other.AmountMicro != mine.AmountMicro))
        .Select(mine => (Guid?)mine.Id).FirstOrDefault();
}
