using System.Globalization;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Causes;
using Stk.Rules.Money;

namespace Stk.Benchmarks.Ledger;

/// <summary>Gives every account of a benchmark its start.</summary>
[Alias("stk.bench.funding")]
internal interface IBenchFundingGrain : IGrainWithIntegerKey
{
    [Alias("fund"), ResponseTimeout("00:05:00")]
    Task Fund(int accounts, long micro);
}

internal sealed class BenchFundingGrain(ILedger ledger) : Grain, IBenchFundingGrain
{
    public async Task Fund(int accounts, long micro)
    {
        foreach (var part in Enumerable.Range(1, accounts).Chunk(1_000))
        {
            var result = await ledger.Post(new(
                CauseId.Of("bench", part[0].ToString(CultureInfo.InvariantCulture)), TransactionKind.FundSpend, "",
                [
                    new(AccountId.Fund(Rules.Money.Fund.Rewards), new Amount(-micro * part.Length)),
                    .. part.Select(number => new Posting(AccountId.Available(number), new Amount(micro))),
                ]));
            if (result.Objection is { } refusal)
            {
                throw new InvalidOperationException($"the accounts cannot be funded: {refusal}");
            }
        }
    }
}
