using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.Objections;

namespace Stk.Rules.Spending;

/// <summary>What the rule book says of spending. A part of each version; <see cref="Default"/> where it is silent.</summary>
/// <param name="TransferMax">Most in one transfer; null for no limit.</param>
/// <param name="TransferDayMax">Most that one participant transfers in a UTC day; null for no limit.</param>
/// <param name="TransferFeeBp">On top of a transfer, to the treasury. Unit: basis points.</param>
/// <param name="RefundDays">How long after a purchase an operator may refund it. Unit: days.</param>
/// <param name="ApprovalAbove">Spending from a fund above this needs a second operator.</param>
public sealed record SpendingRules(
    Amount? TransferMax, Amount? TransferDayMax, int TransferFeeBp, int RefundDays, Amount ApprovalAbove)
{
    public const int MaxRefundDays = 3_650;

    /// <summary>The most that a limit can be: more than is ever issued.</summary>
    public static readonly Amount MaxLimit = Amount.OfStk(9_000_000_000);

    /// <summary>No limit, no fee, two weeks to refund, a second operator above 10,000 STK.</summary>
    public static SpendingRules Default { get; } = new(null, null, 0, 14, Amount.OfStk(10_000));

    /// <summary>What <paramref name="amount"/> costs its sender beside itself: rounded down to the micro-STK.</summary>
    public Amount Fee(Amount amount) => new((long)((Int128)amount.Micro * TransferFeeBp / LargestRemainder.WholeBp));

    /// <summary>Empty where the rules can be used; fields by the path of the document.</summary>
    public ImmutableArray<Objection> Check()
    {
        var objections = ImmutableArray.CreateBuilder<Objection>();
        Limit(objections, "spending.transferMax", TransferMax);
        Limit(objections, "spending.transferDayMax", TransferDayMax);
        Limit(objections, "spending.approvalAbove", ApprovalAbove);
        if (TransferFeeBp is < 0 or > LargestRemainder.WholeBp)
        {
            objections.Add(new("spending.transferFeeBp", "must be 0 to 10000"));
        }

        if (RefundDays is < 0 or > MaxRefundDays)
        {
            objections.Add(new("spending.refundDays", "must be 0 to 3650"));
        }

        return objections.ToImmutable();
    }

    private static void Limit(ImmutableArray<Objection>.Builder objections, string field, Amount? limit)
    {
        if (limit is { } amount && (amount.IsNegative || amount.Micro > MaxLimit.Micro))
        {
            objections.Add(new(field, $"must be 0 to {MaxLimit}"));
        }
    }
}
