using Stk.GrainInterfaces.Deliveries;
using Stk.GrainInterfaces.Requests;
using Stk.Grains.Deliveries;
using Stk.Grains.Tests.Economies;
using Stk.Reports.Notices;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Deliveries;

/// <summary>What operators see of deliveries and say about them, and addresses as participants set them.</summary>
[Collection(EconomyCollection.Name)]
public sealed class SteeringTests(EconomyServer server)
{
    [Fact]
    public async Task What_is_dead_is_listed_and_tried_again_because_an_operator_says_so()
    {
        var (economy, bench, desk) = await Bench();
        var notices = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            notices.Add(await bench.Tell(await bench.Somebody($"st-dead-{i}")));
        }

        var sink = new SunkMessages();
        sink.Answer(new DeliveryAnswer.Refused("smtp-550"));
        await bench.Run(bench.Round(sink), rounds: 3);

        var first = await desk.ListDead(new(null, 2), null, CancellationToken.None);
        var second = await desk.ListDead(new(first.Next, 2), NoticeChannel.Email, CancellationToken.None);
        Assert.Equal(notices.Order(), first.Dead.Concat(second.Dead).Select(dead => dead.Notice).Order());
        Assert.All(first.Dead, dead => Assert.Equal((1, "smtp-550"), (dead.Attempts, dead.Reason)));
        Assert.Null(second.Next);
        Assert.Empty((await desk.ListDead(new(null, 2), NoticeChannel.Webhook, CancellationToken.None)).Dead);
        Assert.Equal(3, (await desk.GetFigures(CancellationToken.None))[0].Dead);

        var request = new RetryDeliveryRequest(Key("st-1"), notices[0], NoticeChannel.Email, "a new mailbox", "st-olga");
        Assert.Equal(new SteeringReply.Done(false), await desk.Retry(request, CancellationToken.None));
        Assert.Equal(new SteeringReply.Done(true), await desk.Retry(request, CancellationToken.None));
        Assert.Equal(
            new SteeringReply.NotDead(), await desk.Retry(request with { Key = Key("st-2") }, CancellationToken.None));
        Assert.Equal(
            new SteeringReply.Unknown(),
            await desk.Retry(request with { Key = Key("st-3"), Notice = Guid.NewGuid() }, CancellationToken.None));

        sink.Answer(new DeliveryAnswer.Delivered());
        await bench.Run(bench.Round(sink), rounds: 3);
        Assert.Equal(["2 1 -", "3 1 smtp-550"], await bench.States(notices[0], notices[1]));
        Assert.Equal(
            ["notice.retry st-dead-0"],
            await economy.Rows("""
                SELECT action, subject FROM audit.entries JOIN audit.texts USING (sequence)
                WHERE by = 'st-olga' AND action <> 'operator.enter'
                """));
    }

    [Fact]
    public async Task A_paused_channel_lets_nothing_out_until_it_goes_on()
    {
        var (economy, bench, desk) = await Bench();
        var notice = await bench.Tell(await bench.Somebody("st-pause"));
        var sink = new SunkMessages();
        var pause = new PauseChannelRequest(Key("st-p1"), NoticeChannel.Email, true, "the relay moves", "st-petra");
        try
        {
            Assert.Equal(new SteeringReply.Done(false), await desk.Pause(pause, CancellationToken.None));
            Assert.Equal(
                new SteeringReply.Done(false), await desk.Pause(pause with { Key = Key("st-p2") }, CancellationToken.None));
            await bench.Run(bench.Round(sink), rounds: 3);
            var figures = (await desk.GetFigures(CancellationToken.None))[0];
            Assert.Equal((true, 1L, 1L), (figures.IsPaused, figures.Waiting, figures.Due));
            Assert.Empty(sink.Messages);
        }
        finally
        {
            await desk.Pause(
                pause with { Key = Key("st-p3"), IsPaused = false, Reason = "it has moved" }, CancellationToken.None);
        }

        await bench.Run(bench.Round(sink), rounds: 3);
        Assert.Equal(notice, Assert.Single(sink.Messages).Id);
        Assert.Equal(
            ["channel.pause email", "channel.resume email"],
            await economy.Rows("""
                SELECT action, subject FROM audit.entries JOIN audit.texts USING (sequence)
                WHERE by = 'st-petra' AND action <> 'operator.enter' ORDER BY sequence
                """));
    }

    [Fact]
    public async Task A_webhook_has_its_secret_shown_once_and_two_while_it_is_changed()
    {
        var economy = await server.Shared();
        await economy.Register("st-hook");
        var grain = economy.Grains.GetGrain<IAddressesGrain>("st-hook");
        var set = new SetAddressRequest(NoticeChannel.Webhook, "https://example.org/hook", "ru");
        var first = Assert.IsType<SetAddressReply.Done>(await grain.Set(set, CancellationToken.None));
        var again = Assert.IsType<SetAddressReply.Done>(await grain.Set(set, CancellationToken.None));
        var moved = Assert.IsType<SetAddressReply.Done>(
            await grain.Set(set with { Address = "https://example.org/other" }, CancellationToken.None));
        Assert.StartsWith("whsec_", first.Secret, StringComparison.Ordinal);
        Assert.Equal((null, null), (again.Secret, moved.Secret));

        var second = await grain.ChangeSecret(CancellationToken.None);
        var secrets = await economy.Rows("""
            SELECT encode(secret, 'base64'), encode(previous_secret, 'base64') FROM notices.addresses
            JOIN activity.participants ON number = participant WHERE id = 'st-hook'
            """);
        Assert.Equal([$"{second!["whsec_".Length..]} {first.Secret!["whsec_".Length..]}"], secrets);

        await grain.Set(set with { Address = null }, CancellationToken.None);
        Assert.Empty((await grain.Get(CancellationToken.None)).Addresses);
        Assert.Null(await grain.ChangeSecret(CancellationToken.None));
    }

    [Fact]
    public async Task An_address_of_mail_counts_when_its_link_was_opened_and_what_is_told_then_goes_there()
    {
        await using var economy = await server.NewEconomy(new(
            Silos: 1,
            More: new Dictionary<string, string?>
            {
                ["Stk:Notices:Deliver"] = "false",
                ["Stk:Notices:PublicUrl"] = "https://stk.example.org/api/v1/",
                ["Stk:Notices:Email:Host"] = "mail.example.org",
                ["Stk:Notices:Email:From"] = "notices@example.org",
            }));
        await economy.Begin(TestEconomy.FirstWeek);
        // Behind the quiet hours of whoever has chosen nothing.
        await economy.RunTo(TestEconomy.FirstWeek.Start.AddHours(8));
        await economy.Register("st-ann");
        var bench = new DeliveryBench(economy);
        var (sink, grain) = (new SunkMessages(), economy.Grains.GetGrain<IAddressesGrain>("st-ann"));
        var set = new SetAddressRequest(NoticeChannel.Email, "ann@example.org", "en");
        Assert.IsType<SetAddressReply.Done>(await grain.Set(set, CancellationToken.None));
        var number = await economy.NumberOf("st-ann");
        await Tell(economy, number);
        await Plan(economy);
        await bench.Run(bench.Round(sink), rounds: 3);

        var letter = Assert.Single(sink.Messages);
        Assert.Equal("STK: confirm your address", letter.Subject);
        var token = letter.Text.Split("https://stk.example.org/api/v1/notices/confirm/")[1].Split('\n')[0];
        var desk = economy.Grains.GetGrain<IDeliveriesGrain>(0);
        Assert.False(await desk.Confirm("\0", CancellationToken.None));
        Assert.False(await desk.Confirm(new('a', 48), CancellationToken.None));
        Assert.True(await desk.Confirm(token, CancellationToken.None));
        Assert.False(await desk.Confirm(token, CancellationToken.None));

        await Tell(economy, number);
        await Plan(economy);
        await bench.Run(bench.Round(sink), rounds: 3);
        Assert.Equal(2, sink.Messages.Count);
        // It is confirmed: there is nothing to ask again.
        Assert.IsType<SetAddressReply.Done>(await grain.Set(set with { IsAgain = true }, CancellationToken.None));
        await bench.Run(bench.Round(sink), rounds: 3);
        Assert.Equal(2, sink.Messages.Count);

        for (var i = 0; i < 4; i++)
        {
            Assert.IsType<SetAddressReply.Done>(
                await grain.Set(set with { Address = $"ann{i}@example.org" }, CancellationToken.None));
        }

        Assert.IsType<SetAddressReply.TooMany>(
            await grain.Set(set with { Address = "somebody@example.org" }, CancellationToken.None));
        Assert.IsType<SetAddressReply.NotOffered>(
            await grain.Set(new(NoticeChannel.Discourse, "ann", "en"), CancellationToken.None));
    }

    [Fact]
    public async Task A_link_that_has_run_out_is_followed_by_another_letter_and_only_the_last_ones_link_counts()
    {
        await using var economy = await server.NewEconomy(new(
            Silos: 1,
            More: new Dictionary<string, string?>
            {
                ["Stk:Notices:Deliver"] = "false",
                ["Stk:Notices:PublicUrl"] = "https://stk.example.org/api/v1/",
                ["Stk:Notices:Email:Host"] = "mail.example.org",
                ["Stk:Notices:Email:From"] = "notices@example.org",
            }));
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Register("sl-ann");
        var bench = new DeliveryBench(economy);
        var (sink, grain) = (new SunkMessages(), economy.Grains.GetGrain<IAddressesGrain>("sl-ann"));
        var set = new SetAddressRequest(NoticeChannel.Email, "ann@example.org", "en");
        var again = set with { IsAgain = true };
        await grain.Set(set, CancellationToken.None);
        await bench.Run(bench.Round(sink), rounds: 3);
        await economy.Execute(
            "UPDATE notices.addresses SET confirm_to = confirm_to - interval '4 days', failures_in_row = 2");
        var changes = await Changes(economy);
        // Set as it is, it has nothing sent.
        Assert.IsType<SetAddressReply.Done>(await grain.Set(set, CancellationToken.None));
        await bench.Run(bench.Round(sink), rounds: 3);
        Assert.Single(sink.Messages);

        var asked = Assert.IsType<SetAddressReply.Done>(await grain.Set(again, CancellationToken.None)).Address!;
        Assert.Equal((false, 2), (asked.IsConfirmed, asked.FailuresInRow));
        Assert.Equal(asked, Assert.Single((await grain.Get(CancellationToken.None)).Addresses));
        await bench.Run(bench.Round(sink), rounds: 3);

        Assert.Equal(["ann@example.org", "ann@example.org"], sink.Messages.Select(message => message.Address));
        // With what was asked for first, five within a day.
        for (var i = 0; i < 3; i++)
        {
            Assert.IsType<SetAddressReply.Done>(await grain.Set(again, CancellationToken.None));
        }

        Assert.IsType<SetAddressReply.TooMany>(await grain.Set(again, CancellationToken.None));
        await bench.Run(bench.Round(sink), rounds: 3);
        var tokens = sink.Messages.Select(
            message => message.Text.Split("/notices/confirm/")[1].Split('\n')[0]).ToArray();
        var desk = economy.Grains.GetGrain<IDeliveriesGrain>(0);
        // Those that were on their way have the last link too.
        Assert.Equal(5, tokens.Length);
        Assert.Equal(3, tokens.Distinct().Count());
        Assert.False(await desk.Confirm(tokens[0], CancellationToken.None));
        Assert.False(await desk.Confirm(tokens[1], CancellationToken.None));
        Assert.True(await desk.Confirm(tokens[^1], CancellationToken.None));
        // Nobody has changed the address, and nobody is told so.
        Assert.Equal(changes, await Changes(economy));
        var confirmed = Assert.Single((await grain.Get(CancellationToken.None)).Addresses);
        Assert.Equal((true, null), (confirmed.IsConfirmed, confirmed.ConfirmBy));
    }

    [Fact]
    public async Task What_is_told_goes_where_and_when_its_person_has_chosen_in_the_words_of_its_kind()
    {
        var (economy, bench, _) = await Bench();
        var ann = await bench.Somebody("st-words");
        await economy.Execute($$"""
            INSERT INTO notices.preferences (participant, language, zone, digest, kinds, changed_at)
            VALUES ({{ann}}, 2, 'UTC', 1, '{"sale":[]}', now())
            """);
        var at = bench.Now.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        await economy.Execute($$"""
            INSERT INTO notices.notices (id, participant, kind, at, "values") VALUES
            (gen_random_uuid(), {{ann}}, 'sale', '{{at}}', '{"service":"st_session","amount":"5"}'),
            (gen_random_uuid(), {{ann}}, 'merged', '{{at}}', '{}')
            """);
        await Eventually.Get(
            () => economy.Ask<long>($"SELECT count(*) FROM notices.notices WHERE participant = {ann} AND NOT is_planned"),
            until: count => count == 0, "the economy's own silos have looked at it");

        var writer = economy.ServiceOf<MessageWriter>(0);
        var sink = new SunkMessages();
        await bench.Run(bench.Round(sink, writer), rounds: 3);

        var message = Assert.Single(sink.Messages);
        var expected = NoticeTexts.Render(
            "merged", NoticeLanguage.English, System.Text.Json.JsonDocument.Parse("{}").RootElement, NoticeMarkup.Mail);
        Assert.Equal((expected.Subject, expected.Text, "en"), (message.Subject, message.Text, message.Language));
    }

    private static Task<long> Changes(TestEconomy economy) =>
        economy.Ask<long>("SELECT count(*) FROM notices.notices WHERE kind = 'address.changed'");

    private static Task<int> Plan(TestEconomy economy) => economy.ServiceOf<PlanningTable>(0).Plan(
        economy.ServiceOf<IDeliveryPlan>(0), 1_000, CancellationToken.None);

    private static Task<int> Tell(TestEconomy economy, long participant) => economy.Execute($$"""
        INSERT INTO notices.notices (id, participant, kind, at, "values")
        VALUES (gen_random_uuid(), {{participant}}, 'vesting.released', '2024-01-01', '{}')
        """);

    private static RequestKey Key(string name) => Spenders.Key(name);

    private async Task<(TestEconomy Economy, DeliveryBench Bench, IDeliveriesGrain Desk)> Bench()
    {
        var economy = await server.Shared();
        var bench = new DeliveryBench(economy);
        await bench.Clear();
        return (economy, bench, economy.Grains.GetGrain<IDeliveriesGrain>(0));
    }
}
