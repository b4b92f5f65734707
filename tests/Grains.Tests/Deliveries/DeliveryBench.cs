using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Stk.Channels;
using Stk.Grains.Deliveries;
using Stk.Grains.Tests.Economies;
using Stk.Reports.Notices;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;
using Stk.Rules.Time;

namespace Stk.Grains.Tests.Deliveries;

/// <summary>Silos that send, of a test's own: on an economy's tables, by a host's clock that the test moves.</summary>
internal sealed class DeliveryBench(TestEconomy economy)
{
    public MovedTime Time { get; } = new(new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public DateTimeOffset Now => economy.ServiceOf<IClock>(0).Now;

    /// <summary>Nothing waits, and no channel has taken anything of its rate.</summary>
    public async Task Clear()
    {
        await economy.Execute("UPDATE notices.channels SET taken_to = 'epoch'");
        await economy.Execute("""
            UPDATE notices.deliveries SET state = 4, ended_at = now(), lease = NULL, reason = 'too-old'
            WHERE state IN (1, 3)
            """);
    }

    /// <param name="writer">Null: one of bare values.</param>
    public ChannelRound Round(SunkMessages sender, MessageWriter? writer = null) => new(
        sender, economy.ServiceOf<DeliveryTable>(0),
        writer ?? new MessageWriter(new BareTexts(), new NoLinks(), economy.ServiceOf<IOptions<DeliveryOptions>>(0)),
        economy.ServiceOf<DeliveryMetrics>(0), economy.ServiceOf<IClock>(0), Time, NullLogger<ChannelRound>.Instance);

    /// <summary>Registers somebody who has an address that counts.</summary>
    public async Task<long> Somebody(string id, NoticeChannel channel = NoticeChannel.Email)
    {
        await economy.Register(id);
        var number = await economy.NumberOf(id);
        var secret = channel == NoticeChannel.Webhook ? @"'\x00'" : "NULL";
        await economy.Execute($"""
            INSERT INTO notices.addresses (participant, channel, address, set_at, confirmed_at, secret)
            VALUES ({number}, {(short)channel}, '{id}@example.org', now(), now(), {secret})
            """);
        return number;
    }

    /// <summary>Something to tell, and that it is to be sent.</summary>
    /// <param name="due">By the economy's clock; null: now.</param>
    public async Task<Guid> Tell(
        long participant, string kind = "vesting.released", NoticeChannel channel = NoticeChannel.Email,
        DeliveryRank rank = DeliveryRank.Ordinary, int place = 0, DateTimeOffset? due = null, bool isDigest = false)
    {
        var id = Guid.NewGuid();
        var at = (due ?? Now).UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        await economy.Execute($$"""
            WITH told AS (
                INSERT INTO notices.notices (id, participant, kind, at, "values", is_planned)
                VALUES ('{{id}}', {{participant}}, '{{kind}}', '{{at}}', '{"n":"{{id:N}}"}', true) RETURNING id)
            INSERT INTO notices.deliveries (notice, channel, participant, language, rank, place, due, is_digest)
            SELECT id, {{(short)channel}}, {{participant}}, 'ru', {{(short)rank}}, {{place}}, '{{at}}', {{isDigest}}
            FROM told
            """);
        return id;
    }

    /// <summary>Rounds until there is nothing more to do now, time going on as a channel needs it.</summary>
    public async Task Run(ChannelRound round, int rounds = 200)
    {
        for (var i = 0; i < rounds; i++)
        {
            await Task.WhenAll(await round.Begin(CancellationToken.None));
            Time.Move(TimeSpan.FromMilliseconds(100));
        }
    }

    public Task<string[]> States(params Guid[] notices) => economy.Rows($"""
        SELECT state, attempts, coalesce(reason, '-') FROM notices.deliveries
        JOIN unnest(ARRAY['{string.Join("', '", notices)}']::uuid[]) WITH ORDINALITY AS asked (notice, number) USING (notice)
        ORDER BY asked.number
        """);
}

/// <summary>A host's clock that goes on when a test says so.</summary>
internal sealed class MovedTime(DateTimeOffset now) : TimeProvider
{
    private long _ticks = now.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Move(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}

/// <summary>A channel whose other side is the test.</summary>
internal sealed class SunkMessages(NoticeChannel channel = NoticeChannel.Email) : IChannelSender
{
    public NoticeChannel Channel => channel;

    public bool IsConfigured => true;

    public double PerSecond { get; init; } = 500;

    public TimeSpan Longest => TimeSpan.FromSeconds(30);

    /// <summary>In the order of arrival, repeats too.</summary>
    public ConcurrentQueue<OutgoingMessage> Messages { get; } = new();

    public Func<OutgoingMessage, Task<DeliveryAnswer>> Answers { get; set; } =
        _ => Task.FromResult<DeliveryAnswer>(new DeliveryAnswer.Delivered());

    public Task<DeliveryAnswer> Send(OutgoingMessage message, CancellationToken cancellation)
    {
        Messages.Enqueue(message);
        return Answers(message);
    }

    public void Answer(DeliveryAnswer answer) => Answers = _ => Task.FromResult(answer);
}

/// <summary>A notice as its kind and its values.</summary>
internal sealed class BareTexts : INoticeTexts
{
    public NoticeText Render(string kind, string language, string values, NoticeChannel channel) => new(kind, values);
}

internal sealed class NoLinks : IUnsubscribeLinks
{
    public ValueTask<Uri?> Of(long participant, string kind, NoticeChannel channel, CancellationToken cancellation) =>
        new((Uri?)null);
}
