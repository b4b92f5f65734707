using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Grains.Vesting;
using Stk.Ledger.Verify;

namespace Stk.Verification;

/// <summary>Every decision about a weekly reward from its events, evidence and the rule book of its week.</summary>
internal sealed class GrantsAreDecidedByTheirEvents(NpgsqlDataSource database) : IInvariant
{
    public string Name => "I23";

    public string Statement => "Each frozen weekly reward is decided as its events and the rule book say, and none is open beyond its wait.";

    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var difference in new VestingRecomputation(database).Run(snapshot.Connection, cancellation))
        {
            yield return new(difference.Table, difference.Row, difference.Expected, difference.Found);
        }
    }
}
