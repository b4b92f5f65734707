using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Limits;

/// <summary>
/// Lets in so many requests at a time, in three lanes, so that a flood of one leaves room for the others. Some more wait,
/// the oldest first; the rest is told to come again, at once: what is let in is then done as fast as without the flood.
/// </summary>
/// <remarks>An endpoint that holds its answer open for long says <c>DisableRateLimiting</c>, and bounds itself.</remarks>
internal sealed class Admission : IDisposable
{
    private readonly Lane _intake;
    private readonly Lane _writes;
    private readonly Lane _reads;

    public Admission(IOptions<LimitOptions> options, IMeterFactory meters)
    {
        var limits = options.Value;
        _intake = new("intake", limits.Intake, limits.IntakeWaiting, limits.IntakeMebibytes);
        _writes = new("writes", limits.Writes, limits.WritesWaiting, limits.WritesMebibytes);
        _reads = new("reads", limits.Reads, limits.ReadsWaiting, limits.ReadsMebibytes);
        Lane[] lanes = [_intake, _writes, _reads];
        var meter = meters.Create("stk.api");
        meter.CreateObservableCounter(
            "requests.refused", () => lanes.Select(lane => new Measurement<long>(lane.Refused, lane.Tag)), unit: "{request}",
            description: "Requests answered busy because their lane was full");
        meter.CreateObservableGauge(
            "requests.running", () => lanes.Select(lane => new Measurement<long>(lane.Running, lane.Tag)), unit: "{request}",
            description: "Requests that are worked on, by lane");
        meter.CreateObservableGauge(
            "requests.waiting", () => lanes.Select(lane => new Measurement<long>(lane.Waiting, lane.Tag)), unit: "{request}",
            description: "Requests that wait for their turn, by lane");
        meter.CreateObservableGauge(
            "requests.held", () => lanes.Select(lane => new Measurement<long>(lane.Held.Now, lane.Tag)), unit: "By",
            description: "What the bodies of running requests hold, as sent, unpacked and parsed, by lane");
    }

    public async Task Pass(HttpContext context, RequestDelegate next)
    {
        if (LaneOf(context) is not { } lane)
        {
            await next(context);
            return;
        }

        // One whose caller goes while it waits leaves the queue: it is never begun.
        using var place = await lane.Enter(context.RequestAborted);
        if (!place.IsAcquired)
        {
            await new Problem(ProblemTypes.Busy) { RetryAfterSeconds = 1 }.ExecuteAsync(context);
            return;
        }

        // A request is worth what its body is: whoever reads it takes as many bytes, and gives them back with its place.
        using var held = lane.Held.Open();
        context.Features.Set(held);
        await next(context);
    }

    public void Dispose()
    {
        _intake.Dispose();
        _writes.Dispose();
        _reads.Dispose();
    }

    private Lane? LaneOf(HttpContext context)
    {
        var request = context.Request;
        var metadata = context.GetEndpoint()?.Metadata;
        var isOfTheApi = request.Path.StartsWithSegments(ApiAddress.Root, StringComparison.OrdinalIgnoreCase, out var path);
        if ((!isOfTheApi && metadata?.GetMetadata<AdmittedPage>() is null)
            || metadata?.GetMetadata<DisableRateLimitingAttribute>() is not null)
        {
            return null;
        }

        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? _reads
            : path.StartsWithSegments("/events", StringComparison.OrdinalIgnoreCase) ? _intake
            : _writes;
    }

    private sealed class Lane(string name, int runningMax, int waitingMax, int heldMebibytesMax) : IDisposable
    {
        private const long BytesAMebibyte = 1_048_576;

        private readonly ConcurrencyLimiter _limiter = new(new()
        {
            PermitLimit = runningMax,
            QueueLimit = waitingMax,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });

        public KeyValuePair<string, object?> Tag { get; } = new("lane", name);

        public HeldBytes Held { get; } = new(heldMebibytesMax * BytesAMebibyte);

        public long Running => runningMax - (_limiter.GetStatistics()?.CurrentAvailablePermits ?? runningMax);

        public long Waiting => _limiter.GetStatistics()?.CurrentQueuedCount ?? 0;

        public long Refused => _limiter.GetStatistics()?.TotalFailedLeases ?? 0;

        public ValueTask<RateLimitLease> Enter(CancellationToken cancellation) => _limiter.AcquireAsync(1, cancellation);

        public void Dispose() => _limiter.Dispose();
    }
}
