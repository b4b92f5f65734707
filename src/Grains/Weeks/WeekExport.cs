using System.Security.Cryptography;
using Stk.GrainInterfaces.Weeks;
using Stk.Reports.Weekly;
using Stk.Rules.Weeks;

namespace Stk.Grains.Weeks;

/// <summary>The CSV of a week: the same bytes whenever it is read, and the hash over them.</summary>
internal sealed class WeekExport(RunTable runs, StatementTable statements)
{
    private const int RowsMax = 5_000;

    /// <summary>A part of the export; null where the week is not sealed.</summary>
    public async Task<ExportPage?> Read(WeekId week, string? cursor, CancellationToken cancellation)
    {
        if (await runs.Read(week, cancellation) is not { } run)
        {
            return null;
        }

        using var csv = new MemoryStream();
        if (cursor is null)
        {
            await WeeklyCsv.WriteHeader(csv, cancellation);
        }

        var rows = run.ScoredAt is null
            ? []
            : await statements.ReadExport(week, cursor ?? "", RowsMax, cancellation);
        await WeeklyCsv.WriteRows(csv, week, rows, cancellation);
        return new(csv.ToArray(), rows.Length == RowsMax ? rows[^1].ParticipantId : null);
    }

    /// <summary>SHA-256 over the whole export.</summary>
    public async Task<byte[]> Hash(WeekId week, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var csv = new MemoryStream();
        await WeeklyCsv.WriteHeader(csv, cancellation);
        await foreach (var rows in statements.ReadWholeExport(week, cancellation).Chunk(RowsMax))
        {
            await WeeklyCsv.WriteRows(csv, week, rows, cancellation);
            Take();
        }

        Take();
        return hash.GetHashAndReset();

        void Take()
        {
            hash.AppendData(csv.GetBuffer(), 0, (int)csv.Length);
            csv.SetLength(0);
        }
    }
}
