using Npgsql;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Spending;
using Stk.Rules.Time;

namespace Stk.Grains.Requests;

/// <summary>
/// The answer to a request that may move value: a row of <c>spending.requests</c>, refusals too. What was done is written
/// by <see cref="RequestEffect"/> where a transaction does it.
/// </summary>
/// <param name="first">The answer that the id was given first, rebuilt from what is stored.</param>
/// <param name="firstObjection">Null where no refusal comes before the others.</param>
internal sealed class KeptRequest<T>(
    RequestTable requests, IClock clock, RequestKey key, Func<StoredRequest, Task<T>> first,
    Func<Task<SpendingRefusal?>>? firstObjection)
    : IKeptAnswer<T, SpendingRefusal>
{
    public bool IsKept => true;

    public async Task<RequestAnswer<T, SpendingRefusal>?> Find(CancellationToken cancellation) =>
        await requests.Find(key.Id, cancellation) switch
        {
            null => null,
            var stored when !stored.IsOf(key) => new RequestAnswer<T, SpendingRefusal>.KeyReused(),
            { Refusal: { } refusal } => new RequestAnswer<T, SpendingRefusal>.Refused(refusal, IsReplay: true),
            var stored => new RequestAnswer<T, SpendingRefusal>.Done(await first(stored), IsReplay: true),
        };

    public async Task<RequestAnswer<T, SpendingRefusal>.Refused?> FindFirstObjection() =>
        firstObjection is not null && await firstObjection() is { } reason ? new(reason, IsReplay: false) : null;

    public Task<bool> Refuse(SpendingRefusal reason) => requests.Refuse(key, reason, clock.Now);

    public IReadOnlyList<NpgsqlBatchCommand> Keep(T view) => [RequestTable.Insert(key, clock.Now.InWholeMicroseconds())];

    public bool IsOvertaken(PostgresException exception) => KeyedWrites.IsConflict(exception);
}
