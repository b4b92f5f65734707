using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Stk.ApiHost.Tests.Hosting;

/// <summary>So many requests at a time, some more in the queue, and the rest told to come again at once.</summary>
public sealed class AdmissionTests
{
    private const string Events = ApiHostUnderTest.Root + "/events";
    private const string Balance = ApiHostUnderTest.Root + "/balance";

    [Fact]
    public async Task Past_its_bound_intake_is_busy_at_once_and_what_was_let_in_is_answered_and_nothing_waits_then()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Limits:Intake=2", "--Stk:Limits:IntakeWaiting=3");
        var gate = Close(host);
        var running = Send(host, 2);
        await Recorded(host, 2);
        var waiting = Send(host, 3);
        await Eventually.Get(() => Gauge(host, "requests.waiting"), waits => waits == 3, "three wait");

        var refused = await Task.WhenAll(Send(host, 4, from: 100));

        Assert.All(refused, answer =>
        {
            answer.Problem(503, "busy");
            Assert.Equal("1", answer.Headers["Retry-After"]);
        });
        Assert.Equal(2, host.Cluster.Participant("ann").Recorded.Count);
        Assert.Equal(4, await Gauge(host, "requests.refused"));
        gate.SetResult();
        Assert.All(await Task.WhenAll([.. running, .. waiting]), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(5, host.Cluster.Participant("ann").Recorded.Count);
        await Eventually.Get(() => Gauge(host, "requests.running"), runs => runs == 0, "nothing runs");
        Assert.Equal(0, await Gauge(host, "requests.waiting"));
        Assert.All(await Task.WhenAll(Send(host, 1, from: 200)), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
    }

    [Fact]
    public async Task A_flood_of_events_leaves_room_for_reads_health_and_operators()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Limits:Intake=1", "--Stk:Limits:IntakeWaiting=0");
        var gate = Close(host);
        var running = Send(host, 1);
        await Recorded(host, 1);
        Assert.All(await Task.WhenAll(Send(host, 1, from: 100)), answer => answer.Problem(503, "busy"));

        Assert.Equal(HttpStatusCode.OK, (await host.Get(Balance, host.Keys.Token("participant"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/health/ready")).Status);
        using var body = new StringContent("""{"required":true}""", Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.OK, (await host.Send(
            HttpMethod.Put, $"{ApiHostUnderTest.Root}/admin/sources/club", host.Keys.Token("operator"), body)).Status);
        gate.SetResult();
        await Task.WhenAll(running);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lane_counts_the_bytes_that_its_bodies_hold_and_takes_more_once_they_are_given_back(bool isZipped)
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Limits:IntakeMebibytes=1");
        var gate = Close(host);
        // Far fewer requests than the lane takes: what they hold together is what is too much.
        var running = SendLarge(host, 1, isZipped);
        await Recorded(host, 1);
        Assert.InRange(await Gauge(host, "requests.held"), 600_000, 1_048_576);

        var refused = await SendLarge(host, 2, isZipped);

        refused.Problem(503, "busy");
        Assert.Equal("1", refused.Headers["Retry-After"]);
        Assert.Equal(HttpStatusCode.OK, (await host.Get(Balance, host.Keys.Token("participant"))).Status);
        gate.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await running).Status);
        await Eventually.Get(() => Gauge(host, "requests.held"), held => held == 0, "all is given back");
        Assert.Equal(HttpStatusCode.OK, (await SendLarge(host, 3, isZipped)).Status);
    }

    [Fact]
    public async Task Who_may_not_come_in_takes_nobodys_place()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Limits:Intake=1", "--Stk:Limits:IntakeWaiting=0");
        var gate = Close(host);
        var running = Send(host, 1);
        await Recorded(host, 1);

        using var body = new StringContent("[]", Encoding.UTF8, "application/json");
        (await host.Send(HttpMethod.Post, Events, host.Keys.Token("participant"), body)).Problem(403, "forbidden");

        gate.SetResult();
        await Task.WhenAll(running);
    }

    [Fact]
    public async Task A_request_whose_caller_goes_while_it_waits_is_never_begun()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Limits:Intake=1", "--Stk:Limits:IntakeWaiting=5");
        var gate = Close(host);
        var running = Send(host, 1);
        await Recorded(host, 1);
        using var gone = new CancellationTokenSource();
        var waiting = Send(host, 1, from: 100, gone.Token);
        await Eventually.Get(() => Gauge(host, "requests.waiting"), waits => waits == 1, "one waits");

        await gone.CancelAsync();

        await Eventually.Get(() => Gauge(host, "requests.waiting"), waits => waits == 0, "it has left the queue");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting[0]);
        gate.SetResult();
        await Task.WhenAll(running);
        Assert.Single(host.Cluster.Participant("ann").Recorded);
    }

    [Fact]
    public async Task The_cluster_is_told_when_a_caller_has_gone_and_when_a_try_is_given_up()
    {
        await using var host = await ApiHostUnderTest.Start(
            "--Stk:Cluster:AttemptTimeout=00:00:00.100", "--Stk:Cluster:Deadline=00:10:00");
        var gate = Close(host);
        using var gone = new CancellationTokenSource();
        var sent = Send(host, 1, from: 0, gone.Token);
        await Recorded(host, 2);
        var tokens = host.Cluster.Participant("ann").Tokens;
        Assert.True(tokens.First().IsCancellationRequested, "the first try was given up");

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent[0]);
        await Eventually.True(() => tokens.All(token => token.IsCancellationRequested), "every try has been given up");
        gate.SetResult();
    }

    private static TaskCompletionSource Close(ApiHostUnderTest host) => host.Cluster.Participant("ann").Gate =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Some 650,000 bytes in properties that nothing packs much.
    private static async Task<Answer> SendLarge(ApiHostUnderTest host, int number, bool isZipped)
    {
        var events = Enumerable.Range(0, 13).Select(i =>
        {
            var noise = new byte[25_000];
            new Random((number * 100) + i).NextBytes(noise);
            return $$$"""{"uuid":"{{{new Guid(number, (short)i, 0, new byte[8])}}}","event":"ExerciseSave","distinct_id":"ann","timestamp":"2025-12-18T09:00:00Z","properties":{"a":"{{{Convert.ToHexString(noise)}}}"}}""";
        });
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]");
        using var zipped = new MemoryStream();
        if (isZipped)
        {
            await using var gzip = new GZipStream(zipped, CompressionLevel.SmallestSize, leaveOpen: true);
            await gzip.WriteAsync(body);
        }

        using var content = new ByteArrayContent(isZipped ? zipped.ToArray() : body);
        content.Headers.ContentType = new("application/json");
        if (isZipped)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        return await host.Send(HttpMethod.Post, Events, host.Keys.Token("ingest", "club"), content);
    }

    private static Task<Answer>[] Send(
        ApiHostUnderTest host, int count, int from = 0, CancellationToken cancellation = default) =>
        [.. Enumerable.Range(from, count).Select(number => SendOne(host, number, cancellation))];

    private static async Task<Answer> SendOne(ApiHostUnderTest host, int number, CancellationToken cancellation)
    {
        var uuid = new Guid(number + 1, 0, 0, new byte[8]);
        using var request = new HttpRequestMessage(HttpMethod.Post, Events)
        {
            Content = new StringContent(
                $$"""{"uuid":"{{uuid}}","event":"ExerciseSave","distinct_id":"ann","timestamp":"2025-12-18T09:00:00Z"}""",
                Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", host.Keys.Token("ingest", "club"));
        using var response = await host.Client.SendAsync(request, cancellation);
        return await Answer.Of(response);
    }

    private static async Task Recorded(ApiHostUnderTest host, int calls) => await Eventually.True(
        () => host.Cluster.Participant("ann").Recorded.Count >= calls, $"{calls} have reached the participant");

    // As a scraper sees it, summed over the lanes.
    private static Task<long> Gauge(ApiHostUnderTest host, string name)
    {
        var sum = 0L;
        var scope = host.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == name && ReferenceEquals(instrument.Meter.Scope, scope))
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => sum += value);
        listener.Start();
        listener.RecordObservableInstruments();
        return Task.FromResult(sum);
    }
}
