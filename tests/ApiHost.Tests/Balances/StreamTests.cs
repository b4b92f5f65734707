using System.Collections.Concurrent;
using System.Net;
using Stk.ApiHost.Tests.Cluster;
using Stk.ApiHost.Tests.Hosting;
using Stk.Rules.Money;

namespace Stk.ApiHost.Tests.Balances;

/// <summary>Server-sent events, over the host's own server.</summary>
public sealed class StreamTests
{
    // Some 130 bytes each; the kernel's own choice of a buffer takes in 30,000.
    private const int StatesWaitingMax = 2_000;

    private const string Stream = ApiHostUnderTest.Root + "/balance/stream";

    [Fact]
    public async Task The_first_event_is_the_balance_now_and_the_next_what_it_becomes()
    {
        await using var host = await ApiHostUnderTest.Start();
        using var stream = await BalanceEvents.Open(host, host.Keys.Token("participant", "ann"));

        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no", stream.Response.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.Equal(
            new("5", """{"available":"1584","frozen":"0.5","settling":"0","total":"1584.5","sequence":5}"""),
            await stream.Next());

        host.Cluster.Participant("ann").Change(Amount.OfStk(7), 8);
        Assert.Equal(
            new("8", """{"available":"7","frozen":"0.5","settling":"0","total":"7.5","sequence":8}"""),
            await stream.Next());
    }

    [Fact]
    public async Task A_client_that_comes_again_is_given_what_it_has_missed_and_nothing_twice()
    {
        await using var host = await ApiHostUnderTest.Start();
        var ann = host.Cluster.Participant("ann");
        ann.Change(Amount.OfStk(7), 8);

        using var missed = await BalanceEvents.Open(host, host.Keys.Token("participant", "ann"), lastEventId: "5");
        Assert.Equal("8", (await missed.Next()).Id);

        using var upToDate = await BalanceEvents.Open(host, host.Keys.Token("participant", "ann"), lastEventId: "8");
        await Eventually.True(() => ann.Asked.Contains(8), "the stream waits for what comes after 8");
        ann.Change(Amount.OfStk(9), 9);
        Assert.Equal("9", (await upToDate.Next()).Id);
    }

    [Theory]
    [InlineData("999999999")]
    [InlineData("99999999999999999999999999")]
    public async Task A_client_that_has_seen_what_was_never_sent_from_here_is_given_the_state_now(string lastEventId)
    {
        await using var host = await ApiHostUnderTest.Start();
        using var stream = await BalanceEvents.Open(host, host.Keys.Token("participant", "ann"), lastEventId: lastEventId);

        Assert.Equal("5", (await stream.Next()).Id);
        host.Cluster.Participant("ann").Change(Amount.OfStk(7), 8);
        Assert.Equal("8", (await stream.Next()).Id);
    }

    [Fact]
    public async Task A_silo_that_has_not_heard_so_far_yet_does_not_turn_a_client_back()
    {
        await using var host = await ApiHostUnderTest.Start();
        var ann = host.Cluster.Participant("ann");
        ann.Head = 9;

        using var stream = await BalanceEvents.Open(host, host.Keys.Token("participant", "ann"), lastEventId: "9");
        await Eventually.True(() => ann.Asked.Contains(9), "the stream waits for what comes after 9");
        ann.Change(Amount.OfStk(7), 10);

        Assert.Equal("10", (await stream.Next()).Id);
    }

    [Fact]
    public async Task Data_that_are_set_back_while_a_silo_lags_behind_are_told_once_it_knows()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Streams:Pause=00:00:00");
        var ann = host.Cluster.Participant("ann");
        ann.Head = 9;
        using var stream = await BalanceEvents.Open(host, host.Keys.Token("participant", "ann"), lastEventId: "9");
        await Eventually.True(() => ann.Asked.Contains(9), "the stream waits for what comes after 9");

        ann.Head = null;
        ann.AnswerAsItIs();

        Assert.Equal("5", (await stream.Next()).Id);
    }

    [Fact]
    public async Task An_empty_id_is_as_none()
    {
        await using var host = await ApiHostUnderTest.Start();
        using var stream = await BalanceEvents.Open(host, host.Keys.Token("participant", "ann"), lastEventId: "");

        Assert.Equal("5", (await stream.Next()).Id);
    }

    [Fact]
    public async Task HEAD_ends_at_once_and_keeps_no_place()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Streams:PerSubject=1");
        var token = host.Keys.Token("participant", "ann");

        var first = await host.Send(HttpMethod.Head, Stream, token);
        var second = await host.Send(HttpMethod.Head, Stream, token);
        using var stream = await BalanceEvents.Open(host, token);

        Assert.All([first, second], answer => Assert.Equal(
            (HttpStatusCode.OK, "text/event-stream", "no", ""),
            (answer.Status, answer.Type, answer.Headers["X-Accel-Buffering"], answer.Text)));
        (await host.Send(HttpMethod.Head, Stream, token)).Headers.TryGetValue("Retry-After", out var wait);
        Assert.Equal("1", wait);
    }

    [Fact]
    public async Task A_slow_reader_is_given_the_last_state_and_few_of_those_before()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Streams:Pause=00:00:01");
        var ann = host.Cluster.Participant("ann");
        using var stream = await BalanceEvents.Open(host, host.Keys.Token("participant", "ann"), lastEventId: "5");
        for (var sequence = 8; sequence <= 5_000; sequence++)
        {
            ann.Change(Amount.OfStk(sequence), sequence);
        }

        var events = 1;
        for (; (await stream.Next()).Id != "5000"; events++)
        {
            Assert.InRange(events, 1, 50);
        }
    }

    [Fact]
    public async Task The_death_of_a_silo_and_one_that_lags_behind_do_not_end_it_nor_turn_it_back()
    {
        await using var host = await ApiHostUnderTest.Start();
        var ann = host.Cluster.Participant("ann");
        ann.Change(Amount.OfStk(8), 8);
        ann.Deaths.Enqueue(new SiloUnavailableException("dead"));
        using var stream = await BalanceEvents.Open(host, host.Keys.Token("participant", "ann"));
        Assert.Equal("8", (await stream.Next()).Id);

        ann.Deaths.Enqueue(new SiloUnavailableException("dead"));
        ann.Change(Amount.OfStk(9), 9);
        Assert.Equal("9", (await stream.Next()).Id);
        ann.Change(Amount.OfStk(8), 8);
        ann.Change(Amount.OfStk(10), 10);
        Assert.Equal("10", (await stream.Next()).Id);
    }

    [Fact]
    public async Task A_silent_stream_says_that_it_is_alive()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Streams:Heartbeat=00:00:00.050");
        using var stream = await BalanceEvents.Open(host, host.Keys.Token("participant", "ann"), lastEventId: "5");

        await stream.Comment();
        await stream.Comment();
    }

    [Fact]
    public async Task A_subject_has_three_at_most_and_another_its_own()
    {
        await using var host = await ApiHostUnderTest.Start();
        var ann = host.Keys.Token("participant", "ann");
        var open = new ConcurrentQueue<BalanceEvents>();
        for (var i = 0; i < 3; i++)
        {
            open.Enqueue(await BalanceEvents.Open(host, ann));
        }

        var fourth = await host.Get(Stream, ann);
        fourth.Problem(429, "too-many-streams");
        Assert.Equal("1", fourth.Headers["Retry-After"]);
        using var bob = await BalanceEvents.Open(host, host.Keys.Token("participant", "bob"));
        using var auditor = await BalanceEvents.Open(host, host.Keys.Token("auditor", "ann"), "?participant=ann");

        open.First().Dispose();
        await Eventually.True(
            async () =>
            {
                using var again = await BalanceEvents.TryOpen(host, ann);
                return again is not null;
            },
            "a closed stream's place is free");
        while (open.TryDequeue(out var stream))
        {
            stream.Dispose();
        }
    }

    [Fact]
    public async Task A_balance_stream_ends_when_the_host_stops()
    {
        var host = await ApiHostUnderTest.Start();
        using var stream = await BalanceEvents.Open(host, host.Keys.Token("participant", "ann"));
        await stream.Next();

        var stopped = host.DisposeAsync().AsTask();

        await stream.End();
        await stopped.WaitAsync(HangLimit.Step);
    }

    [Fact]
    public async Task A_balance_stream_ends_when_its_token_expires()
    {
        await using var host = await ApiHostUnderTest.Start();
        // Long enough for a stream to be opened with it on this machine: twice as long each time that it was not.
        for (var seconds = 3; ; seconds *= 2)
        {
            // It passes for 30 seconds more, the skew.
            var token = host.Keys.Sign(
                new() { ["sub"] = "ann", ["role"] = "participant" }, TimeSpan.FromSeconds(seconds - 30));
            using var stream = await BalanceEvents.TryOpen(host, token);
            if (stream is null)
            {
                Assert.InRange(seconds, 0, 3_600);
                continue;
            }

            await stream.End();
            (await host.Get(Stream, token)).Problem(401, "token-invalid");
            return;
        }
    }

    [Fact]
    public async Task Anothers_is_not_there_and_a_malformed_id_is_refused()
    {
        await using var host = await ApiHostUnderTest.Start();
        var ann = host.Keys.Token("participant", "ann");

        (await host.Get($"{Stream}?participant=bob", ann)).Problem(404, "not-found");
        (await host.Get($"{Stream}?participant=unknown-zed", host.Keys.Token("auditor"))).Problem(404, "not-found");
        Assert.Equal(
            ["Last-Event-ID"],
            (await host.Send(HttpMethod.Get, Stream, ann, headers: ("Last-Event-ID", "five"))).Problem(400, "invalid-request"));
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_a_problem_and_no_stream()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Cluster:Deadline=00:00:00.100");
        for (var i = 0; i < 1_000; i++)
        {
            host.Cluster.Participant("ann").Deaths.Enqueue(new TimeoutException());
        }

        (await host.Get(Stream, host.Keys.Token("participant", "ann"))).Problem(503, "unavailable");
    }

    [Fact]
    public async Task A_client_that_takes_nothing_is_cut_off_before_much_waits_for_it()
    {
        await using var host = await ApiHostUnderTest.Start(
            "--Stk:Streams:WritePatience=00:00:00.200", "--Stk:Streams:Pause=00:00:00", "--Stk:Streams:PerSubject=1");
        var ann = host.Cluster.Participant("ann");
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp)
        {
            ReceiveBufferSize = 4_096,
        };
        await socket.ConnectAsync(IPAddress.Loopback, host.Address.Port);
        await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(
            $"GET {Stream} HTTP/1.1\r\nHost: stk\r\nAuthorization: Bearer {host.Keys.Token("participant", "ann")}\r\n\r\n"));

        await Eventually.True(() => !ann.Asked.IsEmpty, "the stream is open");
        using var isCut = new CancellationTokenSource();
        var changes = Change(ann, isCut.Token);

        // It was the only one that may be open.
        await Eventually.True(
            async () =>
            {
                using var next = await BalanceEvents.TryOpen(host, host.Keys.Token("participant", "ann"));
                return next is not null;
            },
            "the place of the one that takes nothing is free");
        await isCut.CancelAsync();
        await changes;
        Assert.InRange(ann.Asked.Count, 1, StatesWaitingMax);
    }

    // More changes than the buffers between the two can hold, each as soon as the one before is taken.
    private static async Task Change(FakeParticipant participant, CancellationToken end)
    {
        var asked = 0;
        for (var sequence = 100; !end.IsCancellationRequested; await Task.Yield())
        {
            if (participant.Asked.Count != asked)
            {
                asked = participant.Asked.Count;
                participant.Change(Amount.OfStk(sequence), ++sequence);
            }
        }
    }
}
