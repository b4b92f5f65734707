using Npgsql;

namespace Stk.Storage;

/// <summary>
/// Database transactions of one caller each, for what is seldom written: never grouped, never tried again here.
/// </summary>
public sealed class SingleCommit(NpgsqlDataSource database)
{
    // The connection's own limit is longer than any caller waits: no question before COMMIT.
    private static readonly TimeSpan IdleLimit = TimeSpan.FromDays(1);

    /// <summary>Runs one transaction on a connection of its own.</summary>
    /// <param name="write">
    /// Begins the attempt and commits it. False where it found that there is nothing to write: then it is rolled back.
    /// </param>
    /// <param name="cancellation">Has no effect once COMMIT may have been sent.</param>
    /// <returns>What <paramref name="write"/> returned.</returns>
    /// <exception cref="StorageUnavailableException">The database could not be reached or used: nothing was committed.</exception>
    /// <exception cref="OutcomeUnknownException">The connection was lost at COMMIT: it may have happened and may not.</exception>
    /// <exception cref="PostgresException">The server said no: nothing was committed.</exception>
    public async Task<bool> Run(Func<CommitAttempt, Task<bool>> write, CancellationToken cancellation)
    {
        CommitAttempt? attempt = null;
        try
        {
            attempt = new(await database.OpenConnectionAsync(cancellation), number: 1, IdleLimit, isLimitRaised: false);
            return await write(attempt);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            switch (CommitFailures.Of(exception, attempt?.IsCommitSent ?? false))
            {
                case CommitFailure.Unknown:
                    throw new OutcomeUnknownException("The connection was lost at COMMIT.", exception);
                case CommitFailure.Unavailable or CommitFailure.CutOff:
                    throw new StorageUnavailableException(exception.Message, exception);
                default:
                    throw;
            }
        }
        finally
        {
            if (attempt is not null)
            {
                await attempt.DisposeAsync();
            }
        }
    }
}
