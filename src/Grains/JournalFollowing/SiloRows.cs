using Npgsql;
using Stk.Grains.Revocations;
using Stk.Grains.Suspensions;

namespace Stk.Grains.JournalFollowing;

/// <summary>
/// What a silo follows beside the journal, asked in one round trip and one transaction: each silo asks every second,
/// however idle it is.
/// </summary>
internal sealed class SiloRows(NpgsqlDataSource database, SiloRevocations revocations, SiloSuspensions suspensions)
{
    public async Task Refresh(CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(revocations.Reading());
        batch.BatchCommands.Add(suspensions.Reading());
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await revocations.Take(row, cancellation);
        await row.NextResultAsync(cancellation);
        await suspensions.Take(row, cancellation);
    }
}
