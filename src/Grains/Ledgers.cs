using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Rules.Money;

namespace Stk.Grains;

internal static class Ledgers
{
    /// <summary>One account's balance; zero where it has had no posting.</summary>
    public static async Task<Amount> GetBalance(this ILedger ledger, AccountId account, CancellationToken cancellation) =>
        (await ledger.GetBalances([account], cancellation))[0].Balance;
}
