using Stk.GrainInterfaces.Callers;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Rules.Money;

namespace Stk.Benchmarks.Ledger;

/// <summary>One account that pays others, as a participant's transfer will: a grain call, a ledger transaction.</summary>
[Alias("stk.bench.transfer")]
internal interface IBenchTransferGrain : IGrainWithIntegerKey
{
    [Alias("transfer"), MayCall(CallerRoles.Participant)]
    Task<bool> Transfer(Guid id, long to, long micro);
}

internal sealed class BenchTransferGrain(ILedger ledger) : Grain, IBenchTransferGrain
{
    public async Task<bool> Transfer(Guid id, long to, long micro)
    {
        var result = await ledger.Post(new(
            id, TransactionKind.Transfer, "",
            [
                new(AccountId.Available(this.GetPrimaryKeyLong()), new Amount(-micro)),
                new(AccountId.Available(to), new Amount(micro)),
            ]));
        return result.Objection is null;
    }
}
