namespace Stk.Storage;

/// <summary>One try at one database transaction: what must be known of it to tell a failure from an open question.</summary>
internal interface ICommitAttempt : IAsyncDisposable
{
    /// <summary>From here on a lost connection says nothing of the outcome.</summary>
    bool IsCommitSent { get; }

    bool IsEnded { get; }

    Task Rollback(CancellationToken cancellation);
}
