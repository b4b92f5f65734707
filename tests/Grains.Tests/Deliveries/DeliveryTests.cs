using Npgsql;
using Stk.Grains.Deliveries;
using Stk.Grains.Notices;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;
using Stk.Storage.Sql;
using Xunit;

namespace Stk.Grains.Tests.Deliveries;

/// <summary>What silos make of deliveries, by what the other sides say and by how silos end.</summary>
[Collection(EconomyCollection.Name)]
public sealed class DeliveryTests(EconomyServer server)
{
    private static readonly DeliveryAnswer Delivered = new DeliveryAnswer.Delivered();

    [Fact]
    public async Task What_is_due_goes_once_in_the_order_of_ranks_and_places()
    {
        var (_, bench) = await Bench();
        var ann = await bench.Somebody("de-ann");
        var bob = await bench.Somebody("de-bob");
        var cat = await bench.Somebody("de-cat");
        var weekly2 = await bench.Tell(ann, rank: DeliveryRank.Weekly, place: 2);
        var weekly1 = await bench.Tell(bob, rank: DeliveryRank.Weekly, place: 1);
        var ordinary = await bench.Tell(cat);
        var urgent = await bench.Tell(cat, rank: DeliveryRank.Urgent);
        var later = await bench.Tell(cat, due: bench.Now.AddHours(1));
        var sink = new SunkMessages { PerSecond = 1 };

        await bench.Run(bench.Round(sink), rounds: 40);

        Assert.Equal([urgent, ordinary, weekly1, weekly2], sink.Messages.Select(message => message.Id));
        Assert.Equal("de-cat@example.org", sink.Messages.First().Address);
        Assert.Equal(["2 1 -", "2 1 -", "1 0 -"], await bench.States(urgent, weekly2, later));
    }

    // A silo that dies before it has sent, and one that dies before it has stored the answer: each leaves its lease.
    [Fact]
    public async Task Whenever_silos_die_nothing_is_lost_and_whoever_keeps_ids_has_everything_once()
    {
        var (economy, bench) = await Bench();
        var chance = new Random(14);
        var notices = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            var somebody = await bench.Somebody($"de-kill-{i}");
            notices.Add(await bench.Tell(somebody));
            notices.Add(await bench.Tell(somebody));
        }

        var kept = new HashSet<Guid>();
        var repeats = 0;
        var sink = new SunkMessages
        {
            Answers = message =>
            {
                lock (kept)
                {
                    var died = chance.NextDouble();
                    if (died < 0.15)
                    {
                        throw new InvalidOperationException("died before it was sent");
                    }

                    if (!kept.Add(message.Id))
                    {
                        repeats += message.IsRepeat ? 1 : 1_000;
                    }

                    return died < 0.3
                        ? throw new InvalidOperationException("died before it was stored")
                        : Task.FromResult(Delivered);
                }
            },
        };
        for (var i = 0; i < 40; i++)
        {
            await Task.WhenAll(await bench.Round(sink).Begin(CancellationToken.None));
            bench.Time.Move(TimeSpan.FromMinutes(3));
        }

        Assert.Equal(notices.Order(), kept.Order());
        // Each was said to be one.
        Assert.InRange(repeats, 1, 999);
        Assert.Equal(
            40,
            await economy.Ask<long>(
                $"SELECT count(*) FROM notices.deliveries WHERE state = 2 AND notice = ANY('{{{string.Join(',', notices)}}}')"));
    }

    [Fact]
    public async Task Two_silos_at_once_send_each_once()
    {
        var (_, bench) = await Bench();
        var notices = new List<Guid>();
        for (var i = 0; i < 60; i++)
        {
            notices.Add(await bench.Tell(await bench.Somebody($"de-two-{i}")));
        }

        var sink = new SunkMessages { PerSecond = 50 };
        var (one, other) = (bench.Round(sink), bench.Round(sink));
        for (var i = 0; i < 30; i++)
        {
            var begun = await Task.WhenAll(one.Begin(CancellationToken.None), other.Begin(CancellationToken.None));
            await Task.WhenAll(begun.SelectMany(tasks => tasks));
            bench.Time.Move(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(notices.Order(), sink.Messages.Select(message => message.Id).Order());
    }

    [Fact]
    public async Task A_receiver_that_hangs_costs_the_others_one_place()
    {
        var (_, bench) = await Bench();
        var hanging = await bench.Somebody("de-hang");
        for (var i = 0; i < 30; i++)
        {
            await bench.Tell(hanging, rank: DeliveryRank.Urgent);
        }

        var others = new List<Guid>();
        for (var i = 0; i < 30; i++)
        {
            others.Add(await bench.Tell(await bench.Somebody($"de-free-{i}")));
        }

        var released = new TaskCompletionSource<DeliveryAnswer>();
        var sink = new SunkMessages
        {
            Answers = message => message.Address == "de-hang@example.org" ? released.Task : Task.FromResult(Delivered),
        };
        var round = bench.Round(sink);
        var begun = new List<Task>();
        for (var i = 0; i < 30; i++)
        {
            begun.AddRange(await round.Begin(CancellationToken.None));
            bench.Time.Move(TimeSpan.FromMilliseconds(100));
        }

        Assert.Single(sink.Messages, message => message.Address == "de-hang@example.org");
        Assert.Equal(
            others.Order(),
            sink.Messages.Where(message => message.Address != "de-hang@example.org").Select(message => message.Id).Order());

        released.SetResult(new DeliveryAnswer.Failed(DeliveryReasons.Timeout));
        await Task.WhenAll(begun);
        await Task.WhenAll(await round.Begin(CancellationToken.None));
        // It rests.
        Assert.Single(sink.Messages, message => message.Address == "de-hang@example.org");
    }

    [Fact]
    public async Task What_fails_is_tried_ten_times_and_is_dead_then()
    {
        var (_, bench) = await Bench();
        var notice = await bench.Tell(await bench.Somebody("de-fail"));
        var sink = new SunkMessages();
        sink.Answer(new DeliveryAnswer.Failed(DeliveryReasons.Timeout));
        var round = bench.Round(sink);
        for (var hours = 0; hours < 30 * 4; hours++)
        {
            await Task.WhenAll(await round.Begin(CancellationToken.None));
            bench.Time.Move(TimeSpan.FromMinutes(15));
        }

        Assert.Equal((10, "3 10 timeout"), (sink.Messages.Count, Assert.Single(await bench.States(notice))));
    }

    [Fact]
    public async Task A_channel_that_is_busy_is_left_alone_and_what_was_tried_is_as_before()
    {
        var (_, bench) = await Bench();
        var notice = await bench.Tell(await bench.Somebody("de-busy"));
        await bench.Tell(await bench.Somebody("de-busy-2"), rank: DeliveryRank.Weekly);
        var sink = new SunkMessages { PerSecond = 1 };
        sink.Answer(new DeliveryAnswer.ChannelBusy("http-429", TimeSpan.FromSeconds(60)));
        var round = bench.Round(sink);

        await bench.Run(round, rounds: 500);
        Assert.Single(sink.Messages);
        Assert.Equal("1 0 http-429", Assert.Single(await bench.States(notice)));

        sink.Answer(Delivered);
        await bench.Run(round, rounds: 200);
        Assert.Equal("2 1 -", Assert.Single(await bench.States(notice)));
    }

    [Fact]
    public async Task Three_weeks_of_refusals_switch_an_address_off_and_the_inbox_says_why()
    {
        var (economy, bench) = await Bench();
        var ann = await bench.Somebody("de-off");
        var sink = new SunkMessages();
        sink.Answer(new DeliveryAnswer.Refused("smtp-550"));
        var round = bench.Round(sink);
        var notices = new List<Guid>();
        for (var day = 0; day <= 22; day++)
        {
            notices.Add(await bench.Tell(ann));
            await Task.WhenAll(await round.Begin(CancellationToken.None));
            bench.Time.Move(TimeSpan.FromDays(1));
        }

        Assert.Equal(22, sink.Messages.Count);
        Assert.Equal(
            ["3 1 smtp-550", "3 1 smtp-550", "3 1 no-address"],
            await bench.States(notices[0], notices[21], notices[22]));
        Assert.Equal(
            ["""channel.off {"channel":"email","reason":"smtp-550"}"""],
            await economy.Rows($"""
                SELECT kind, "values"::text FROM notices.notices WHERE participant = {ann} AND kind = 'channel.off'
                """));
    }

    [Fact]
    public async Task A_weekly_message_to_the_forum_is_given_up_after_a_day()
    {
        var (_, bench) = await Bench();
        var old = bench.Now.AddHours(-25);
        var ann = await bench.Somebody("de-old", NoticeChannel.Discourse);
        var weekly = await bench.Tell(
            ann, channel: NoticeChannel.Discourse, rank: DeliveryRank.Weekly, due: old);
        var ordinary = await bench.Tell(ann, channel: NoticeChannel.Discourse, due: old);
        var sink = new SunkMessages(NoticeChannel.Discourse);

        await bench.Run(bench.Round(sink), rounds: 5);

        Assert.Equal(["4 0 too-old", "2 1 -"], await bench.States(weekly, ordinary));
        Assert.Equal(ordinary, Assert.Single(sink.Messages).Id);
    }

    [Fact]
    public async Task A_digest_gathers_what_is_due_together_once()
    {
        var (economy, bench) = await Bench();
        var ann = await bench.Somebody("de-digest");
        Guid[] notices = [await bench.Tell(ann, isDigest: true), await bench.Tell(ann, isDigest: true)];
        var due = bench.Now;
        await economy.Execute(
            $"UPDATE notices.deliveries SET due = (SELECT min(due) FROM notices.deliveries WHERE participant = {ann}) "
            + $"WHERE participant = {ann}");
        var alone = await bench.Tell(ann, isDigest: true, due: due.AddMilliseconds(-1));
        var sink = new SunkMessages();
        sink.Answer(new DeliveryAnswer.Failed(DeliveryReasons.Timeout));
        var round = bench.Round(sink);
        await bench.Run(round, rounds: 3);
        // What comes while it is under way is told another time.
        var late = await bench.Tell(ann, isDigest: true, due: due);
        sink.Messages.Clear();
        sink.Answer(Delivered);
        bench.Time.Move(TimeSpan.FromHours(1));

        await bench.Run(round, rounds: 10);

        Assert.Equal(3, sink.Messages.Count);
        var digest = Assert.Single(sink.Messages, message => notices.Contains(message.Id));
        Assert.Equal("STK: новых сообщений: 2", digest.Subject);
        Assert.All(notices, notice => Assert.Contains($"{notice:N}", digest.Text, StringComparison.Ordinal));
        Assert.DoesNotContain($"{late:N}", digest.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["2", "2", "2", "5"], (await bench.States([alone, late, .. notices])).Select(state => state[..1]).Order());
    }

    [Fact]
    public async Task What_has_ended_is_dropped_after_a_month_and_what_is_dead_after_three()
    {
        var (economy, bench) = await Bench();
        var ann = await bench.Somebody("de-drop");
        var delivered = await bench.Tell(ann);
        var waiting = await bench.Tell(ann, due: bench.Now.AddYears(1));
        var dead = await bench.Tell(await bench.Somebody("de-drop-dead"));
        Guid[] digest = [await bench.Tell(ann, isDigest: true), await bench.Tell(ann, isDigest: true)];
        await economy.Execute(
            $"UPDATE notices.deliveries SET due = '{bench.Now.UtcDateTime:O}' WHERE participant = {ann} AND is_digest");
        var sink = new SunkMessages
        {
            Answers = message => Task.FromResult<DeliveryAnswer>(
                message.Id == dead ? new DeliveryAnswer.Refused("smtp-550") : Delivered),
        };
        await bench.Run(bench.Round(sink), rounds: 10);
        var ended = bench.Time.GetUtcNow();
        Task<int> DropAfter(double days) => economy.ServiceOf<DeliveryTable>(1).Drop(
            ended.AddDays(days), max: 10_000, CancellationToken.None);

        await DropAfter(29);
        Assert.Equal(5, (await bench.States(delivered, waiting, dead, digest[0], digest[1])).Length);
        // First what they were told with, then what went as its parts.
        await DropAfter(30.1);
        await DropAfter(30.1);
        Assert.Equal(["1 0 -", "3 1 smtp-550"], await bench.States(waiting, delivered, digest[0], digest[1], dead));
        await DropAfter(90.1);
        Assert.Equal(["1 0 -"], await bench.States(waiting, dead));
        Assert.Equal(0, await DropAfter(90.1));
        // All are in the inbox as before, and planned no second time.
        Assert.Equal(
            5,
            await economy.Ask<long>($"""
                SELECT count(*) FROM notices.notices
                WHERE is_planned AND id IN ('{delivered}', '{waiting}', '{dead}', '{digest[0]}', '{digest[1]}')
                """));
    }

    // Half of those who are told have no address: 25 microseconds each, and a row that is written twice.
    [Fact]
    public async Task Whom_no_channel_reaches_leaves_nothing_to_plan()
    {
        var (economy, bench) = await Bench();
        await economy.Register("de-plan-nowhere");
        var nowhere = await economy.NumberOf("de-plan-nowhere");
        var reached = await bench.Somebody("de-plan-reached");
        var off = await bench.Somebody("de-plan-off");
        var asked = await bench.Somebody("de-plan-asked");
        await economy.Execute($"UPDATE notices.addresses SET is_off = true WHERE participant = {off}");
        await economy.Execute($"UPDATE notices.addresses SET confirmed_at = NULL WHERE participant = {asked}");
        var notices = new[] { nowhere, reached, off, asked }
            .Select(person => new Notice(Guid.NewGuid(), person, "sale", "{}")).ToArray();

        // In a transaction of its own that never ends well: no silo's worker can have planned what is seen here.
        await using var connection = await economy.ServiceOf<NpgsqlDataSource>(0).OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            batch.BatchCommands.Add(NoticeTable.Insert(notices, bench.Now, new Guid?[notices.Length]));
            await batch.ExecuteNonQueryAsync();
        }

        await using var command = new NpgsqlCommand(
            "SELECT participant FROM notices.notices WHERE id = ANY($1) AND NOT is_planned", connection, transaction)
            .With(notices.Select(notice => notice.Id).ToArray());
        Assert.Equal(reached, await command.ExecuteScalarAsync());
    }

    private async Task<(TestEconomy Economy, DeliveryBench Bench)> Bench()
    {
        var economy = await server.Shared();
        var bench = new DeliveryBench(economy);
        await bench.Clear();
        return (economy, bench);
    }
}
