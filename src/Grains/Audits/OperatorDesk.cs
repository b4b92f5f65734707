using System.Text.Json;
using Npgsql;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Time;

namespace Stk.Grains.Audits;

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
                await Write(key, planned);
                return new(KeyUse.First, planned.Answer);
            }
            catch (PostgresException raced) when (
                raced.SqlState == PostgresErrorCodes.UniqueViolation && raced.ConstraintName == AnswersKey)
            {
                // Another copy was first; nothing of ours was written.
            }
        }
    }

    // One batch is one transaction. The audit log comes last: its head is locked until the end.
    private async Task Write<T>(RequestKey? key, DeskChange<T> change)
    {
        await using var batch = database.CreateBatch();
        foreach (var command in change.Commands)
        {
            batch.BatchCommands.Add(command);
        }

        if (key is not null)
        {
            batch.BatchCommands.Add(AnswerTable.Insert(key, JsonSerializer.SerializeToUtf8Bytes(change.Answer), clock.Now));
        }

        batch.BatchCommands.Add(AuditTable.Append(change.Entry));
        await batch.ExecuteNonQueryAsync();
    }
}

/// <param name="Commands">May be none: what is stored elsewhere, after this.</param>
internal sealed record DeskChange<T>(IReadOnlyList<NpgsqlBatchCommand> Commands, AuditEntry Entry, T Answer);

/// <param name="Answer">Default where the key was another body's.</param>
internal sealed record DeskAnswer<T>(KeyUse Key, T? Answer);
