using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.Objections;

namespace Stk.Rules.RuleBooks;

/// <summary>
/// How STK leaves for a person's own wallet. A part of each version; <see cref="Default"/> where it is silent.
/// </summary>
/// <param name="Minimum">What is less is not paid out.</param>
/// <param name="WalletWaitHours">
/// How long a wallet waits, after it was linked, before anything is paid there. Unit: hours of the economy's clock.
/// </param>
/// <param name="PaidAccounts">How often we pay for making a wallet's token account.</param>
public sealed record SettlementRules(Amount Minimum, int WalletWaitHours, int PaidAccounts)
{
    private const int MaxWaitHours = 720;
    private const int MaxPaidAccounts = 10;

    /// <summary>What a version that does not say means.</summary>
    public static SettlementRules Default { get; } = new(Amount.OfStk(1), WalletWaitHours: 48, PaidAccounts: 1);

    /// <summary>When something may be paid to a wallet that is linked now.</summary>
    public DateTimeOffset PayableFrom(DateTimeOffset linkedAt) => linkedAt.AddHours(WalletWaitHours);

    /// <summary>Empty where the rules can be used; fields by the path of the document.</summary>
    public ImmutableArray<Objection> Check()
    {
        var objections = ImmutableArray.CreateBuilder<Objection>();
        if (Minimum <= Amount.Zero || Minimum > MinimumMost)
        {
            objections.Add(new("settlement.minimum", $"must be above 0 and at most {MinimumMost}"));
        }

        // Without a wait a stolen session would be enough.
        if (WalletWaitHours is < 1 or > MaxWaitHours)
        {
            objections.Add(new("settlement.walletWaitHours", "must be 1 to 720"));
        }

        if (PaidAccounts is < 0 or > MaxPaidAccounts)
        {
            objections.Add(new("settlement.paidAccounts", "must be 0 to 10"));
        }

        return objections.ToImmutable();
    }

    private static Amount MinimumMost { get; } = Amount.OfStk(1_000_000);
}
