using Npgsql;

namespace Stk.Grains.Requests;

/// <summary>Where the answer to one request is kept, so that every later copy of the request is given the same.</summary>
internal interface IKeptAnswer<T, TRefusal>
{
    /// <summary>Whether what was done can be found again: false where the caller gave no key.</summary>
    bool IsKept { get; }

    /// <summary>Null where the request was not answered yet.</summary>
    Task<RequestAnswer<T, TRefusal>?> Find(CancellationToken cancellation);

    /// <summary>
    /// The refusal that comes before every other and is never kept, looked up anew; null where there is none.
    /// </summary>
    Task<RequestAnswer<T, TRefusal>.Refused?> FindFirstObjection();

    /// <summary>Keeps a refusal, where refusals are kept.</summary>
    /// <returns>False where the request was answered meanwhile: find what it was answered.</returns>
    Task<bool> Refuse(TRefusal reason);

    /// <summary>The commands that keep what was done. They fail where the request has an answer.</summary>
    IReadOnlyList<NpgsqlBatchCommand> Keep(T view);

    /// <summary>
    /// Another copy was first, or what was planned on no longer stands. Nothing was written: it is planned again.
    /// </summary>
    bool IsOvertaken(PostgresException exception);
}
