using System.Text.Json;
using Npgsql;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Time;

namespace Stk.Grains.Requests;

/// <summary>
/// The answer to an operator's request that makes no ledger transaction: a row of <c>economy.answers</c>, as JSON. A
/// refusal is not kept: asked again, it is decided again.
/// </summary>
/// <param name="key">Null where the caller gave none: then it is done each time that it is asked.</param>
/// <param name="isForEver">False where it is kept no longer than a refusal.</param>
internal sealed class KeptAnswer<T, TRefusal>(AnswerTable answers, IClock clock, RequestKey? key, bool isForEver = true)
    : IKeptAnswer<T, TRefusal>
{
    private const string AnswersKey = "answers_pkey";

    public bool IsKept => key is not null;

    public async Task<RequestAnswer<T, TRefusal>?> Find(CancellationToken cancellation)
    {
        if (key is null || await answers.Find(key.Id, cancellation) is not { } stored)
        {
            return null;
        }

        return stored.Fingerprint.AsSpan().SequenceEqual(key.Fingerprint)
            ? new RequestAnswer<T, TRefusal>.Done(
                JsonSerializer.Deserialize<T>(stored.Answer)
                    ?? throw new InvalidOperationException($"the answer to request {key.Id} is kept as null"),
                IsReplay: true)
            : new RequestAnswer<T, TRefusal>.KeyReused();
    }

    public Task<RequestAnswer<T, TRefusal>.Refused?> FindFirstObjection() =>
        Task.FromResult<RequestAnswer<T, TRefusal>.Refused?>(null);

    public Task<bool> Refuse(TRefusal reason) => Task.FromResult(true);

    public IReadOnlyList<NpgsqlBatchCommand> Keep(T view) =>
        key is null ? [] : [AnswerTable.Insert(key, JsonSerializer.SerializeToUtf8Bytes(view), clock.Now, isForEver)];

    public bool IsOvertaken(PostgresException exception) => exception.SqlState == PostgresErrorCodes.UniqueViolation
        ? exception.ConstraintName == AnswersKey
        : KeyedWrites.IsConflict(exception);
}
