using System.Net;
using Microsoft.Extensions.Options;
using Stk.Channels.Forum;
using Stk.Rules.Deliveries;
using Stk.Testing.Channels;

namespace Stk.Channels.Tests.Forum;

public sealed class DiscourseSenderTests : IDisposable
{
    private static readonly Guid Notice = new("1f9d3c1e-5a52-5f6e-9d51-3a3f1d0c7b11");
    private static readonly string External = $"/forum/t/external_id/{Notice:D}.json";

    private readonly string _key = Path.GetTempFileName();

    public DiscourseSenderTests() => File.WriteAllText(_key, "secret\n");

    public void Dispose() => File.Delete(_key);

    [Fact]
    public async Task A_message_is_posted_in_the_forums_own_form()
    {
        await using var sink = new HttpSink();
        using var sender = Sender(sink);

        Assert.Equal(new DeliveryAnswer.Delivered(), await sender.Send(Message("ann"), default));

        var request = Assert.Single(sink.Requests);
        Assert.Equal(("POST", "/forum/posts.json"), (request.Method, request.Path));
        Assert.Equal(("secret", "stk"), (request.Headers["api-key"], request.Headers["api-username"]));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["archetype"] = "private_message",
                ["target_recipients"] = "ann",
                ["title"] = "Разморожено 5 STK",
                ["raw"] = "```text\nЧто-то произошло.\n```\n",
                ["external_id"] = Notice.ToString("D"),
            },
            Form(request));
    }

    [Fact]
    public async Task No_text_is_markup_a_mention_or_a_link()
    {
        await using var sink = new HttpSink();
        using var sender = Sender(sink);
        const string Text = "@all <b>x</b> https://evil.example\n```\n[a](b)\n````\n{{x}}";

        await sender.Send(Message("ann") with { Text = Text, Subject = "a\r\nraw: b" }, CancellationToken.None);

        var form = Form(Assert.Single(sink.Requests));
        Assert.Equal($"`````text\n{Text}\n`````\n", form["raw"]);
        Assert.Equal("a  raw: b", form["title"]);
    }

    [Theory, InlineData("ann,bob"), InlineData(""), InlineData("a b"), InlineData("ann@example.org")]
    public async Task What_is_no_one_persons_name_is_never_asked_for(string name)
    {
        await using var sink = new HttpSink();
        using var sender = Sender(sink);

        Assert.Equal(new DeliveryAnswer.Refused("unknown-recipient"), await sender.Send(Message(name), default));

        Assert.Empty(sink.Requests);
    }

    [Theory, InlineData(301, true), InlineData(404, false)]
    public async Task After_a_lost_answer_the_forum_is_asked_whether_it_has_it(int status, bool isThere)
    {
        await using var sink = new HttpSink();
        sink.Answers = request => request.Method == "GET" ? new(status, Headers: ["Location: /t/x/1"]) : new();
        using var sender = Sender(sink);

        Assert.Equal(
            new DeliveryAnswer.Delivered(), await sender.Send(Message("ann") with { IsRepeat = true }, default));

        Assert.Equal(
            isThere ? [$"GET {External}"] : [$"GET {External}", "POST /forum/posts.json"],
            sink.Requests.Select(request => $"{request.Method} {request.Path}"));
    }

    [Theory, InlineData(301, true), InlineData(404, false)]
    public async Task What_it_will_not_have_it_has_already_or_nobody_is_there(int status, bool isThere)
    {
        await using var sink = new HttpSink();
        sink.Answers = request => new(request.Method == "GET" ? status : 422);
        using var sender = Sender(sink);

        Assert.Equal(
            isThere ? new DeliveryAnswer.Delivered() : new DeliveryAnswer.Refused("http-422"),
            await sender.Send(Message("ann"), default));
    }

    [Fact]
    public async Task Its_limit_is_the_whole_channels()
    {
        await using var sink = new HttpSink { Answers = _ => new(429, Headers: ["Retry-After: 17"]) };
        using var sender = Sender(sink);
        Assert.Equal(
            new DeliveryAnswer.ChannelBusy("http-429", TimeSpan.FromSeconds(17)),
            await sender.Send(Message("ann"), default));

        sink.Answers = _ => new(429);
        Assert.Equal(
            new DeliveryAnswer.ChannelBusy("http-429", TimeSpan.FromMinutes(1)),
            await sender.Send(Message("ann"), default));
    }

    [Theory, InlineData(500), InlineData(403), InlineData(302)]
    public async Task Whatever_else_it_says_may_go_better_later(int status)
    {
        await using var sink = new HttpSink { Answers = _ => new(status, BodyBytes: 1_000) };
        using var sender = Sender(sink);

        Assert.Equal(new DeliveryAnswer.Failed($"http-{status}"), await sender.Send(Message("ann"), default));
    }

    [Fact]
    public async Task A_megabyte_is_not_read_and_a_reset_is_no_connection()
    {
        await using var sink = new HttpSink { Answers = _ => new(BodyBytes: 1_000_000) };
        using var sender = Sender(sink);
        Assert.IsNotType<DeliveryAnswer.Refused>(await sender.Send(Message("ann"), default));

        sink.Answers = _ => new(Resets: true);
        Assert.Equal(new DeliveryAnswer.Failed("no-connection"), await sender.Send(Message("ann"), default));
    }

    private DiscourseSender Sender(HttpSink sink) => new(
        Options.Create(new DiscourseOptions
        {
            Url = new($"http://127.0.0.1:{sink.Port}/forum/"),
            ApiKeyFile = _key,
            ApiUser = "stk",
        }),
        TimeProvider.System);

    private static OutgoingMessage Message(string to) =>
        new(Notice, to, "Разморожено 5 STK", "Что-то произошло.", IsRepeat: false);

    private static Dictionary<string, string> Form(SunkRequest request) => request.Text.Split('&')
        .Select(pair => pair.Split('='))
        .ToDictionary(pair => pair[0], pair => WebUtility.UrlDecode(pair[1]));
}
