using System.Data.Common;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Faults;

namespace Stk.ApiHost.Cluster;

/// <summary>
/// Calls to the cluster that survive the death of a silo where that is harmless. Three kinds, told apart by what a
/// second copy would do.
/// </summary>
internal sealed class GrainCalls(
    GrainReferences grains, ClusterConnection connection, IOptions<ClusterOptions> options, TimeProvider time,
    ILogger<GrainCalls> logger)
{
    private readonly ClusterOptions _options = options.Value;

    /// <inheritdoc cref="Read{T}(Func{GrainReferences, CancellationToken, Task{T}}, CancellationToken)"/>
    public Task<T> Read<T>(Func<GrainReferences, Task<T>> call, CancellationToken cancellation) =>
        Read((grains, _) => call(grains), cancellation);

    /// <summary>A read: asked again until the deadline.</summary>
    /// <param name="call">Given a token that fires when this try is given up: what waits in the cluster is dropped.</param>
    /// <exception cref="ClusterUnavailableException">No answer until then.</exception>
    public async Task<T> Read<T>(Func<GrainReferences, CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await Repeat(call, cancellation);
        }
        catch (Exception exception) when (IsOfTheCluster(exception))
        {
            throw new ClusterUnavailableException(exception);
        }
    }

    /// <inheritdoc cref="Write{T}(Func{GrainReferences, CancellationToken, Task{T}}, CancellationToken)"/>
    public Task<T> Write<T>(Func<GrainReferences, Task<T>> call, CancellationToken cancellation) =>
        Write((grains, _) => call(grains), cancellation);

    /// <summary>A write whose ids make a second copy harmless: sent again until the deadline.</summary>
    /// <param name="call">Given a token that fires when this try is given up: what waits in the cluster is dropped.</param>
    /// <exception cref="OutcomeUnknownException">No answer until then.</exception>
    public async Task<T> Write<T>(Func<GrainReferences, CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await Repeat(call, cancellation);
        }
        catch (Exception exception) when (IsOfTheCluster(exception))
        {
            throw new OutcomeUnknownException(exception);
        }
    }

    /// <summary>A write that may have a key: with it a second copy is harmless, without it is sent once.</summary>
    /// <exception cref="OutcomeUnknownException">No answer.</exception>
    public Task<T> Write<T>(RequestKey? key, Func<GrainReferences, CancellationToken, Task<T>> call) => key is null
        ? WriteOnce(grains => call(grains, CancellationToken.None))
        : Write(call, CancellationToken.None);

    /// <summary>A write that has no id of its own: sent once.</summary>
    /// <exception cref="OutcomeUnknownException">No answer.</exception>
    public async Task<T> WriteOnce<T>(Func<GrainReferences, Task<T>> call)
    {
        RequireConnection();
        try
        {
            return await call(grains);
        }
        catch (Exception exception) when (IsOfTheCluster(exception))
        {
            throw new OutcomeUnknownException(exception);
        }
    }

    private async Task<T> Repeat<T>(Func<GrainReferences, CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        RequireConnection();
        var started = time.GetTimestamp();
        var isOneUnanswered = false;
        while (true)
        {
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            try
            {
                // Where a silo dies that is not our gateway nobody tells us: an unanswered try is given up before
                // Orleans' own time-out, and the call goes to whoever has the grain by then.
                var left = _options.Deadline - time.GetElapsedTime(started);
                var patience = left < _options.AttemptTimeout ? left : _options.AttemptTimeout;
                return await call(grains, attempt.Token)
                    .WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, time, cancellation);
            }
            catch (Exception exception)
            {
                // A copy of it comes next, or nobody waits any more: a queue full of what is given up helps no one.
                await attempt.CancelAsync();
                var elapsed = time.GetElapsedTime(started);
                if (isOneUnanswered && SaysNothingBegan(exception))
                {
                    throw new TimeoutException("this try was refused, and one before it got no answer", exception);
                }

                if (!IsOfTheCluster(exception) || elapsed + _options.Pause >= _options.Deadline)
                {
                    throw;
                }

                isOneUnanswered = true;
                Log.CallRetried(logger, exception.GetType().Name, (long)elapsed.TotalMilliseconds);
                await Task.Delay(_options.Pause, time, cancellation);
            }
        }
    }

    private void RequireConnection()
    {
        if (!connection.IsMade)
        {
            throw new ClusterUnavailableException(null);
        }
    }

    // True of the try that was answered so; of an earlier one it says nothing.
    private static bool SaysNothingBegan(Exception exception) =>
        exception is ClusterBusyException or DatabaseUnavailableException || IsRefusedByRuntime(exception);

    // A queue of Orleans' own is full. Asking again at once would only lengthen it.
    private static bool IsRefusedByRuntime(Exception exception) =>
        exception is LimitExceededException or GatewayTooBusyException;

    // The silo died, its database did, or the answer is late. A fallback stands for an exception whose type this
    // program does not have: the ledger's, for an outcome that even the silo does not know.
    private static bool IsOfTheCluster(Exception exception) =>
        !IsRefusedByRuntime(exception)
        && exception is OrleansException or TimeoutException or DbException or IOException
            or UnavailableExceptionFallbackException
            // An exception that could not travel at all: of an activation that found no database.
            or CodecNotFoundException;
}
