using System.Collections.Immutable;
using Stk.Grains.Spending;
using Stk.Grains.Treasury;
using Stk.Grains.Weeks;
using Stk.Ledger.Effects;

namespace Stk.Grains;

/// <summary>A check of each sort of effect that the actors post, for whoever verifies the ledger.</summary>
public static class EffectChecks
{
    public static ImmutableArray<IEffectCheck> All { get; } =
    [
        new SettlementCheck(),
        new GrantsCheck(),
        new RequestsCheck(),
        new TransfersCheck(),
        new PurchasesCheck(),
        new PurchasePartsCheck(),
        new EntitlementsCheck(),
        new RefundsCheck(),
        new FundSpendsCheck(),
        new FundGrantsCheck(),
    ];
}
