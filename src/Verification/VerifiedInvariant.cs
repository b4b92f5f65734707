using System.Runtime.CompilerServices;
using Stk.Ledger.Verify;

namespace Stk.Verification;

/// <summary>An aspect of the walk through the journal.</summary>
internal abstract class VerifiedInvariant(
    string name, string statement, VerifyAspect aspect, SharedVerification verification) : IInvariant
{
    public string Name => name;

    public string Statement => statement;

    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var result = await verification.Get(snapshot, cancellation);
        foreach (var fault in result.Faults.Where(fault => fault.Aspect == aspect))
        {
            yield return new(fault.Table, fault.Row, fault.Expected, fault.Found);
        }

        // Balances are carried along the journal: where that breaks off, so does what is known of them.
        if (aspect == VerifyAspect.Balances && result.Faults.All(fault => fault.Aspect != VerifyAspect.Balances)
            && result.Faults.FirstOrDefault(fault => fault.Aspect == VerifyAspect.Journal) is { } end)
        {
            yield return new("ledger.accounts", "all", "balances that the whole journal makes", $"a journal that breaks off: {end}");
        }
    }
}
