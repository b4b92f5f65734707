using Stk.GrainInterfaces.Emission;
using Stk.GrainInterfaces.Schedules;
using Stk.GrainInterfaces.Statistics;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Rules.Money;

namespace Stk.Grains.Statistics;

/// <inheritdoc cref="ITotalsGrain"/>
internal sealed class TotalsGrain(TotalsTable totals, ILedger ledger) : Grain, ITotalsGrain
{
    public async Task<TotalsReply> Read(CancellationToken cancellation)
    {
        var sums = await totals.ReadSums(cancellation);
        var supply = await ledger.GetSupply(cancellation);
        var funds = await ledger.GetBalances([.. Funds.All.Select(AccountId.Fund)], cancellation);
        return new(
            sums.Weeks,
            sums.Participants,
            await totals.ReadEvents(cancellation),
            -supply.Of(AccountKind.Issuance),
            sums.Paid,
            supply.Of(AccountKind.Frozen),
            [.. Funds.All.Zip(funds, (fund, account) => new FundView(fund.WireName(), account.Balance))],
            (await ledger.GetHead(cancellation)).ToString());
    }
}
