using System.Net;
using System.Security.Cryptography;
using System.Text;
using Stk.Channels.Webhooks;
using Stk.Rules.Deliveries;
using Stk.Testing.Channels;

namespace Stk.Channels.Tests.Webhooks;

public sealed class WebhookSenderTests : IDisposable
{
    private const string Body = """{"type":"weekly","data":{"note":"</script>\r\n"}}""";

    private static readonly Guid Notice = new("1f9d3c1e-5a52-5f6e-9d51-3a3f1d0c7b11");
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] Before = RandomNumberGenerator.GetBytes(32);

    private readonly LocalAuthority _authority = new("hooks.example.org");

    public void Dispose() => _authority.Dispose();

    // https://github.com/standard-webhooks/standard-webhooks, the vector of its libraries.
    [Fact]
    public void The_standards_own_example_has_its_signature() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Of(
            "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8,
            [Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]));

    [Fact]
    public void A_secret_is_shown_as_the_standard_has_it()
    {
        var secret = WebhookSecret.New();

        Assert.Equal(32, secret.Length);
        Assert.Equal($"whsec_{Convert.ToBase64String(secret)}", WebhookSecret.Text(secret));
    }

    [Fact]
    public async Task A_request_is_signed_with_each_secret_and_has_nothing_of_ours_besides()
    {
        await using var sink = new HttpSink(_authority.Server);
        using var sender = Sender(["127.0.0.0/8"]);

        Assert.Equal(new DeliveryAnswer.Delivered(), await sender.Send(Message(sink.Port), default));

        var request = Assert.Single(sink.Requests);
        Assert.Equal(("POST", "/hook?a=b", Body), (request.Method, request.Path, request.Text));
        var signed = $"{Notice:D}.{request.Headers["webhook-timestamp"]}.{Body}";
        Assert.Equal(
            string.Join(' ', new[] { Secret, Before }.Select(
                secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(signed)))}")),
            request.Headers["webhook-signature"]);
        Assert.Equal(Notice.ToString("D"), request.Headers["webhook-id"]);
        Assert.Equal(
            [
                "content-length", "content-type", "host", "user-agent", "webhook-id", "webhook-signature",
                "webhook-timestamp",
            ],
            request.Headers.Keys.Where(name => name != "connection").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_an_answer_means()
    {
        await using var sink = new HttpSink(_authority.Server);
        using var sender = Sender(["127.0.0.0/8"]);
        var answers = new (SinkAnswer Answer, DeliveryAnswer Means)[]
        {
            (new(204), new DeliveryAnswer.Delivered()),
            (new(200, BodyBytes: 1_000_000), new DeliveryAnswer.Delivered()),
            (new(404), new DeliveryAnswer.Refused("http-404")),
            (new(410), new DeliveryAnswer.Refused("http-410")),
            (new(500), new DeliveryAnswer.Failed("http-500")),
            (new(302, Headers: ["Location: http://127.0.0.1/"]), new DeliveryAnswer.Failed("http-302")),
            (new(429, Headers: ["Retry-After: 120"]), new DeliveryAnswer.Failed("http-429", TimeSpan.FromMinutes(2))),
            (new(Resets: true), new DeliveryAnswer.Failed("no-connection")),
            (new(200, Headers: [$"X: {new string('x', 100_000)}"]), new DeliveryAnswer.Failed("answer-not-understood")),
        };
        foreach (var (answer, means) in answers)
        {
            sink.Answers = _ => answer;
            Assert.Equal(means, await sender.Send(Message(sink.Port), default));
        }

        // Each once: no redirect was followed, nothing was tried again by itself.
        Assert.Equal(answers.Length, sink.Requests.Count);
    }

    [Fact]
    public async Task One_that_hangs_is_left_after_its_time()
    {
        await using var sink = new HttpSink(_authority.Server) { Answers = _ => new(Hangs: true) };
        using var sender = Sender(["127.0.0.0/8"]);

        Assert.Equal(new DeliveryAnswer.Failed("timeout"), await sender.Send(Message(sink.Port), default));
    }

    [Fact]
    public async Task A_certificate_of_another_name_or_of_nobody_is_not_taken()
    {
        using var other = new LocalAuthority();
        await using var sink = new HttpSink(other.Server);
        using var sender = Sender(["127.0.0.0/8"]);

        Assert.Equal(new DeliveryAnswer.Failed("no-tls"), await sender.Send(Message(sink.Port), default));
        Assert.Empty(sink.Requests);
    }

    // 127.0.0.2 stands for the internet: it alone is allowed.
    [Fact]
    public async Task A_name_that_turns_from_public_to_loopback_is_connected_to_as_it_was_checked()
    {
        await using var near = new HttpSink(_authority.Server);
        await using var far = new HttpSink(_authority.Server, IPAddress.Parse("127.0.0.2"), near.Port);
        var asked = 0;
        using var sender = Sender(["127.0.0.2/32"], (_, _) => Task.FromResult(
            new[] { asked++ == 0 ? IPAddress.Parse("127.0.0.2") : IPAddress.Loopback }));

        Assert.Equal(new DeliveryAnswer.Delivered(), await sender.Send(Message(near.Port), default));
        Assert.Equal((1, 1, 0), (asked, far.Connections, near.Connections));

        Assert.Equal(new DeliveryAnswer.Failed("address-not-allowed"), await sender.Send(Message(near.Port), default));
        Assert.Equal((2, 1, 0), (asked, far.Connections, near.Connections));
    }

    [Fact]
    public async Task A_name_with_one_address_that_is_not_of_the_internet_is_not_connected_to()
    {
        await using var sink = new HttpSink(_authority.Server);
        using var sender = Sender([], (_, _) => Task.FromResult(
            new[] { IPAddress.Parse("93.184.215.14"), IPAddress.Loopback }));

        Assert.Equal(new DeliveryAnswer.Failed("address-not-allowed"), await sender.Send(Message(sink.Port), default));
        Assert.Equal(0, sink.Connections);
    }

    [Fact]
    public async Task Without_a_list_an_address_by_number_is_refused_as_it_is_written()
    {
        await using var sink = new HttpSink(_authority.Server);
        using var sender = Sender([]);

        Assert.Equal(
            new DeliveryAnswer.Refused("address-not-allowed"),
            await sender.Send(Message(sink.Port) with { Address = $"https://127.0.0.1:{sink.Port}/" }, default));
        Assert.Equal(0, sink.Connections);
    }

    private WebhookSender Sender(
        string[] allow, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var options = new WebhookOptions { TrustedAuthority = _authority.Path };
        foreach (var network in allow)
        {
            options.Allow.Add(network);
        }

        return new(options, TimeProvider.System, resolve ?? ((_, _) => Task.FromResult(new[] { IPAddress.Loopback })));
    }

    private static OutgoingMessage Message(int port) =>
        new(Notice, $"https://hooks.example.org:{port}/hook?a=b", "", "", IsRepeat: false)
        {
            Body = Encoding.UTF8.GetBytes(Body),
            Secrets = [Secret, Before],
        };
}
