namespace Stk.Storage;

/// <summary>How a try at a commit has ended: with a result an item, or with what was thrown and what that means.</summary>
internal readonly record struct BatchTry<TResult>(
    IReadOnlyList<TResult>? Results, Exception? Exception, CommitFailure Failure)
{
    /// <summary>Opens an attempt, lets it commit, and rolls back what was left open. Never throws.</summary>
    public static async Task<BatchTry<TResult>> Run<TAttempt>(
        Func<Task<TAttempt>> open, Func<TAttempt, Task<IReadOnlyList<TResult>>> commit, int itemCount)
        where TAttempt : class, ICommitAttempt
    {
        TAttempt? attempt = null;
        try
        {
            attempt = await open();
            await using var closing = attempt;
            var results = await commit(attempt);
            if (!attempt.IsEnded)
            {
                await attempt.Rollback(CancellationToken.None);
            }

            return results.Count == itemCount
                ? new(results, null, default)
                : throw new InvalidOperationException($"{results.Count} results for {itemCount} items");
        }
        catch (Exception exception)
        {
            return new(null, exception, CommitFailures.Of(exception, attempt?.IsCommitSent ?? false));
        }
    }
}
