using Npgsql;
using Stk.Grains.Torture;
using Stk.Ledger.Machine;
using Stk.Torture.Operations;

namespace Stk.Torture.Checks;

/// <summary>The book against itself, and against what every sender of a transfer was told.</summary>
internal static class LedgerChecks
{
    /// <summary>Each silo goes by the economy's clock, from its first commit on.</summary>
    /// <param name="now">Where the clock stands: the host's own is years ahead of it.</param>
    public static async Task<CheckResult> CommitsBearTheEconomysTime(NpgsqlDataSource database, DateTimeOffset now) => new(
        "every commit bears the economy's time, none before the one before it",
        [
            .. (await database.Read(
                "SELECT sequence, at, lag(at) OVER (ORDER BY sequence) FROM ledger.commits",
                row => (
                    Sequence: row.GetInt64(0), At: row.GetFieldValue<DateTimeOffset>(1),
                    Before: row.IsDBNull(2) ? DateTimeOffset.MinValue : row.GetFieldValue<DateTimeOffset>(2))))
                .Where(commit => commit.At > now || commit.At < commit.Before)
                .Select(commit => $"commit {commit.Sequence} is of {commit.At:O}, the one before of {commit.Before:O}; the clock stands at {now:O}"),
        ],
        await database.Count("SELECT count(*) FROM ledger.commits"));

    /// <summary>
    /// I6, I7, I8: what was acknowledged is there, what was refused is not, what is unknown is whole or absent.
    /// </summary>
    public static async Task<CheckResult> TransfersAreAsTold(
        NpgsqlDataSource database, IReadOnlyList<TransferRecord> records)
    {
        var journal = (await database.Read(
            "SELECT id, content_hash, sequence FROM ledger.transactions WHERE reference = 'torture'",
            row => (Id: row.GetGuid(0), Hash: new Digest(row.GetFieldValue<byte[]>(1)), Sequence: row.GetInt64(2))))
            .ToDictionary(row => row.Id);
        var refusals = (await database.Read(
            "SELECT id, content_hash, reason FROM ledger.refusals",
            row => (Id: row.GetGuid(0), Hash: new Digest(row.GetFieldValue<byte[]>(1)), Reason: (Refusal)row.GetInt16(2))))
            .ToDictionary(row => row.Id);
        var problems = new List<string>();
        foreach (var sendings in records.GroupBy(record => record.Order.Id))
        {
            var id = sendings.Key;
            var committed = journal.TryGetValue(id, out var held);
            var isRefused = refusals.TryGetValue(id, out var refusal);
            if (committed && !sendings.Any(sending => IsOf(held.Hash, sending)))
            {
                problems.Add($"{id} is in the journal with a content that nobody has sent");
            }

            foreach (var sending in sendings)
            {
                var fits = sending.Told switch
                {
                    Told.Accepted => committed && IsOf(held.Hash, sending) && held.Sequence == sending.Sequence,
                    Told.Refused when sending.Refusal == Refusal.IdUsedWithOtherContent =>
                        (committed && !IsOf(held.Hash, sending)) || (isRefused && !IsOf(refusal.Hash, sending)),
                    Told.Refused =>
                        !committed && isRefused && IsOf(refusal.Hash, sending) && refusal.Reason == sending.Refusal,
                    _ => true,
                };
                if (!fits)
                {
                    problems.Add($"{id}, {sending.Order.Amount} from {sending.Order.From} to {sending.Order.To}: told "
                        + $"{sending.Told} {sending.Refusal} at {sending.Sequence}, and "
                        + (committed ? $"in the journal at {held.Sequence}" : isRefused ? $"refused: {refusal.Reason}" : "nowhere"));
                }
            }

            if (sendings.All(sending => sending.Told == Told.NotDone) && (committed || isRefused))
            {
                problems.Add($"{id} was answered \"nothing was committed\" each time, and has been");
            }
        }

        problems.AddRange(journal.Keys.Except(records.Select(record => record.Order.Id))
            .Select(id => $"{id} is in the journal and was never sent"));
        return new(
            "each acknowledged transfer is there once with its content, each refused one is absent, each unknown one "
            + "was whole or absent",
            problems, records.Count);
    }

    // A build before this one gave it another kind: after an upgrade the journal has both.
    private static bool IsOf(Digest content, TransferRecord record) =>
        content == TortureTransfers.Plan(record.Order).ContentHash
            || content == TortureTransfers.PlanOfBefore(record.Order).ContentHash;
}
