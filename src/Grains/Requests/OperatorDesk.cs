using System.Text.Json;
using Npgsql;
using Stk.GrainInterfaces.Requests;
using Stk.Grains.AuditLog;
using Stk.Rules.Time;

namespace Stk.Grains.Requests;

/// <summary>
/// One id, one answer, for writes that make no ledger transaction: what changes, the entry in the audit log and the answer
/// are one database transaction. Where two copies race, the key of the answer decides.
/// </summary>
internal sealed class OperatorDesk(AnswerTable answers, NpgsqlDataSource database, IClock clock)
{
    private const string AnswersKey = "answers_pkey";

    /// <param name="key">Null where the caller gave none: then it is done each time that it is asked.</param>
    /// <param name="change">
    /// What the request comes to by now; null where a rule says no, which the caller knows and which is not kept.
    /// </param>
    /// <returns>Null where <paramref name="change"/> gave none.</returns>
    public async Task<DeskAnswer<T>?> Answer<T>(
        RequestKey? key, Func<Task<DeskChange<T>?>> change, CancellationToken cancellation)
    {
        while (true)
        {
            if (key is not null && await answers.Find(key.Id, cancellation) is { } stored)
            {
                return stored.Fingerprint.AsSpan().SequenceEqual(key.Fingerprint)
                    ? new(KeyUse.Replay, JsonSerializer.Deserialize<T>(stored.Answer))
                    : new(KeyUse.Reused, default);
            }

            if (await change() is not { } planned)
            {
                return null;
            }

            try
            {
                if (await Write(key, planned))
                {
                    return new(KeyUse.First, planned.Answer);
                }
            }
            catch (PostgresException raced) when (
                raced.SqlState == PostgresErrorCodes.UniqueViolation && raced.ConstraintName == AnswersKey)
            {
                // Another copy was first; nothing of ours was written.
            }
        }
    }

    /// <summary>A change that some commands make. None: what is done elsewhere, after this.</summary>
    public DeskChange<T> Change<T>(AuditEntry entry, T answer, params IReadOnlyList<NpgsqlBatchCommand> commands) => new(
        entry, answer, async behind =>
        {
            // One batch is one transaction.
            await using var batch = database.CreateBatch();
            // The answer first: of two copies of a new thing the second is to meet its key, not the thing.
            foreach (var command in behind.SkipLast(1).Concat(commands).Append(behind[^1]))
            {
                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync();
            return true;
        });

    // The audit log comes last: its head is locked until the end.
    private Task<bool> Write<T>(RequestKey? key, DeskChange<T> change) => change.Write(
    [
        .. key is null
            ? []
            : new[] { AnswerTable.Insert(key, JsonSerializer.SerializeToUtf8Bytes(change.Answer), clock.Now) },
        AuditTable.Append(change.Entry),
    ]);
}

/// <summary>What a request comes to, before it is written.</summary>
/// <param name="Write">
/// Writes the change and, after it and in the same database transaction, the commands given. False where it must be planned
/// again: nothing was written.
/// </param>
internal sealed record DeskChange<T>(
    AuditEntry Entry, T Answer, Func<IReadOnlyList<NpgsqlBatchCommand>, Task<bool>> Write);

/// <param name="Answer">Default where the key was another body's.</param>
internal sealed record DeskAnswer<T>(KeyUse Key, T? Answer);
