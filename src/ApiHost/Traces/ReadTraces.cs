using System.Collections.Immutable;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Traces;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Traces;

/// <summary>
/// Notes who reads a named person's data as an operator or auditor, and has it written in groups, within a second. No read
/// waits for it; where none can be written for a while, such reads stop.
/// </summary>
internal sealed class ReadTraces(GrainCalls calls, TimeProvider time, ILogger<ReadTraces> logger) : BackgroundService
{
    /// <summary>How long a trace may wait to be written before nobody's data are shown any more.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private const int GroupMax = 1_000;

    private readonly Lock _gate = new();
    private readonly Queue<(ReadTrace Read, long At)> _waiting = new();

    /// <summary>Notes a read that is about to be answered. A participant's of their own data leaves none.</summary>
    /// <param name="participant">Whose data.</param>
    /// <param name="reason">As it was given, where one was.</param>
    /// <returns>What to answer instead, where traces cannot be written; null where the read goes on.</returns>
    public Problem? Note(HttpContext context, string participant, string? reason = null)
    {
        var role = context.User.IsInRole(Role.Operator) ? Role.Operator
            : context.User.IsInRole(Role.Auditor) ? Role.Auditor
            : null;
        if (role is null)
        {
            return null;
        }

        var what = context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "unnamed";
        var read = new ReadTrace(
            Guid.CreateVersion7(), time.GetUtcNow(), context.User.SubjectId(), role, participant, what, reason);
        lock (_gate)
        {
            if (_waiting.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) >= Patience)
            {
                return new(ProblemTypes.TracesUnavailable) { RetryAfterSeconds = 1 };
            }

            _waiting.Enqueue((read, time.GetTimestamp()));
        }

        return null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Write(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Requests have ended before: what they have left is the last.
            await Write(CancellationToken.None);
        }
    }

    private async Task Write(CancellationToken cancellation)
    {
        try
        {
            while (Oldest() is { IsEmpty: false } group)
            {
                await calls.Write(
                    async (grains, attempt) =>
                    {
                        await grains.GetGrain<ITracesGrain>(0).Keep(group, attempt);
                        return true;
                    },
                    cancellation);
                Forget(group.Length);
            }
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            // They wait, and are sent again: each is kept once.
            Log.TracesWait(logger, exception);
        }
    }

    private ImmutableArray<ReadTrace> Oldest()
    {
        lock (_gate)
        {
            return [.. _waiting.Take(GroupMax).Select(waiting => waiting.Read)];
        }
    }

    private void Forget(int count)
    {
        lock (_gate)
        {
            for (var i = 0; i < count; i++)
            {
                _waiting.Dequeue();
            }
        }
    }
}
