namespace Stk.Storage;

/// <summary>What a <see cref="GroupCommit{TItem,TResult}"/> knows of its database.</summary>
internal interface IBatchStore<TItem, TResult>
{
    /// <summary>One try at one database transaction for the batch. Never throws.</summary>
    /// <param name="number">1 for the first. Above 1 the batch may be committed already.</param>
    /// <param name="cutOffs">
    /// How many tries before this one ended as <see cref="CommitFailure.CutOff"/>: each wants more patience of the server.
    /// </param>
    Task<BatchTry<TResult>> Try(IReadOnlyList<TItem> batch, int number, int cutOffs);

    /// <summary>The next try is to have a new connection.</summary>
    void Reconnect();
}
