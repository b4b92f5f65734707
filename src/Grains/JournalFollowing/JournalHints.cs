using System.Data;
using Microsoft.Extensions.Logging;
using Npgsql;
using Stk.Ledger;

namespace Stk.Grains.JournalFollowing;

/// <summary>
/// Hears the NOTIFY of every commit, whichever silo made it, on a connection of its own. Hints and no more: where the
/// connection is lost some are missed, and the follower's poll goes on.
/// </summary>
internal sealed class JournalHints(NpgsqlDataSource database, TimeProvider time, ILogger<JournalHints> log)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>An idle connection is asked whether it is still one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private volatile bool _areHeard;

    /// <summary>There is a connection that hears them, as far as we know.</summary>
    public bool AreHeard => _areHeard;

    /// <param name="heard">Called for each; fast.</param>
    /// <returns>Ends when it is cancelled.</returns>
    public async Task Listen(Action heard, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ListenOnce(heard, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.HintsFailed(log, exception);
                await Task.Delay(AfterFailure, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenOnce(Action heard, CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        connection.Notification += (_, _) => heard();
        try
        {
            await using (var listen = new NpgsqlCommand($"LISTEN {LedgerChanges.Channel}", connection))
            {
                await listen.ExecuteNonQueryAsync(stopping);
            }

            _areHeard = true;
            // What was committed before the LISTEN.
            heard();
            while (true)
            {
                if (!await connection.WaitAsync(Patience, stopping))
                {
                    await using var ping = new NpgsqlCommand("SELECT 1", connection);
                    await ping.ExecuteNonQueryAsync(stopping);
                }
            }
        }
        finally
        {
            _areHeard = false;
            // The pool lends it as it is given back.
            if (connection.State == ConnectionState.Open)
            {
                await using var unlisten = new NpgsqlCommand("UNLISTEN *", connection);
                await unlisten.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
    }
}
