using System.Collections.Immutable;
using Stk.GrainInterfaces.Notices;
using Stk.GrainInterfaces.Suspensions;
using Stk.Grains.Notices;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Rules.Treasury;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Notices;

/// <summary>What is told in the commit of what it tells of, and how its reader reads it and wants to be told.</summary>
[Collection(EconomyCollection.Name)]
public sealed class InboxTests(EconomyServer server)
{
    [Fact]
    public async Task A_transfer_is_told_to_who_receives_it_with_its_sender_and_note_which_are_read_where_they_stand()
    {
        var economy = await server.Shared();
        await economy.Fund("nt-ann", Amount.OfStk(10));
        await economy.Register("nt-bob");
        var sent = Done(await economy.Transfer("nt-ann", "nt-bob", Amount.OfStk(5), "for {{amount}} @all"));

        var told = Assert.Single((await List(economy, "nt-bob")).Notices);
        Assert.Equal(
            (NoticeKinds.TransferReceived, """{"amount":"5","from":"nt-ann","note":"for {{amount}} @all"}""", sent.At),
            (told.Kind, told.Values, told.At));
        Assert.Equal(
            "Вам перевели 5 STK.\n\nОтправитель: nt-ann\n\nСообщение отправителя: «for {{amount}} @all»", told.Text);
        Assert.Equal(
            """{"amount":"5"}""", await economy.Ask<string>($"SELECT \"values\"::text FROM notices.notices WHERE id = '{told.Id}'"));

        var withoutNotes = Assert.Single((await List(economy, "nt-bob", showsNotes: false)).Notices);
        Assert.Equal("""{"amount":"5","from":"nt-ann"}""", withoutNotes.Values);
        Assert.DoesNotContain("@all", withoutNotes.Text, StringComparison.Ordinal);

        // Whoever erases the note erases it here too; whoever is erased has no name.
        await economy.Execute($"DELETE FROM spending.notes WHERE id = '{sent.Id}'");
        Assert.Equal("""{"amount":"5","from":"nt-ann"}""", Assert.Single((await List(economy, "nt-bob")).Notices).Values);
    }

    [Fact]
    public async Task A_purchase_and_its_refund_are_told_to_both_sides_and_a_seller_is_not_told_who_has_bought()
    {
        var economy = await server.Shared();
        await economy.Fund("np-ann", Amount.OfStk(50));
        await economy.Register("np-mia");
        await economy.Offer("np_session", Amount.OfStk(20), new(null, null, 1), ("mentor", 6_000), ("author", 3_000), ("treasury", 1_000));
        var bought = Done(await economy.Buy("np-ann", "np_session", recipients: [("mentor", "np-mia"), ("author", "np-mia")]));
        Done(await economy.Spender("np-ann").Refund(new(NewKey(), bought.Id, "a mistake", "operator"), CancellationToken.None));

        // The clock stands: which of them comes first is their ids'.
        Assert.Equal(
            [
                (NoticeKinds.GrantReceived, """{"fund":"treasury","amount":"50","vestsDays":0}"""),
                (NoticeKinds.Purchase, """{"service":"np_session","price":"20"}"""),
                (NoticeKinds.Refund, """{"service":"np_session","amount":"20","isSale":false}"""),
            ],
            Values(await List(economy, "np-ann")).Order());
        Assert.Equal(
            [
                (NoticeKinds.Refund, """{"service":"np_session","amount":"18","isSale":true}"""),
                (NoticeKinds.Sale, """{"service":"np_session","amount":"18"}"""),
            ],
            Values(await List(economy, "np-mia")).Order());
        Assert.Null(await economy.Verify());
    }

    [Fact]
    public async Task A_suspension_is_told_once()
    {
        var economy = await server.Shared();
        await economy.Register("ns-ann");
        var suspensions = economy.Grains.GetGrain<ISuspensionsGrain>(0);
        var request = new SuspendRequest(NewKey(), "ns-ann", "stolen phone", "operator");
        await suspensions.Suspend(request, CancellationToken.None);
        await suspensions.Suspend(request, CancellationToken.None);
        await suspensions.Suspend(request with { Key = NewKey() }, CancellationToken.None);

        Assert.Equal([(NoticeKinds.Suspended, "{}")], Values(await List(economy, "ns-ann")));
    }

    [Fact]
    public async Task What_is_read_stays_read_and_nobody_reads_anothers()
    {
        var economy = await server.Shared();
        await economy.Fund("nr-ann", Amount.OfStk(10));
        await economy.Register("nr-bob");
        for (var i = 1; i <= 4; i++)
        {
            Done(await economy.Transfer("nr-ann", "nr-bob", Amount.OfStk(i)));
        }

        var bob = Notices(economy, "nr-bob");
        var all = await List(economy, "nr-bob");
        Assert.Equal((4, 4), (all.Notices.Length, all.Unread));
        Assert.Equal(new(4, all.Notices[0].Id), await bob.GetState(CancellationToken.None));

        Assert.True(await bob.Read(all.Notices[0].Id, CancellationToken.None));
        Assert.True(await bob.Read(all.Notices[0].Id, CancellationToken.None));
        Assert.False(await bob.Read(Guid.NewGuid(), CancellationToken.None));
        Assert.False(await Notices(economy, "nr-ann").Read(all.Notices[1].Id, CancellationToken.None));
        Assert.False(await Notices(economy, "nr-ann").ReadThrough(all.Notices[1].Id, CancellationToken.None));
        Assert.Equal(
            all.Notices[1..].Select(notice => notice.Id),
            (await List(economy, "nr-bob", isRead: false)).Notices.Select(notice => notice.Id));
        Assert.Equal(3, (await List(economy, "nr-bob")).Unread);

        Assert.True(await bob.ReadThrough(all.Notices[2].Id, CancellationToken.None));
        Assert.Equal(
            [all.Notices[1].Id], (await List(economy, "nr-bob", isRead: false)).Notices.Select(notice => notice.Id));
        Assert.Equal(
            [all.Notices[0].Id, all.Notices[2].Id, all.Notices[3].Id],
            (await List(economy, "nr-bob", isRead: true)).Notices.Select(notice => notice.Id));

        var first = await List(economy, "nr-bob", most: 3);
        var second = await bob.List(new(new(first.Next, 3), null, true), CancellationToken.None);
        Assert.Equal((3, 1, (string?)null), (first.Notices.Length, second.Notices.Length, second.Next));
        var another = await Notices(economy, "nr-ann").List(new(new(first.Next, 3), null, true), CancellationToken.None);
        Assert.False(another.IsCursorValid);
    }

    [Fact]
    public async Task Preferences_are_what_was_chosen_last()
    {
        var economy = await server.Shared();
        await economy.Fund("nc-ann", Amount.OfStk(1));
        var ann = Notices(economy, "nc-ann");
        var first = await ann.GetPreferences(CancellationToken.None);
        Assert.Equal(("ru", "Europe/Moscow", 1320, 480, "immediate"), (first.Language, first.Zone, first.QuietFrom, first.QuietTo, first.Digest));
        Assert.Equal(["email", "webhook"], first.Kinds[NoticeKinds.Weekly].AsEnumerable());
        Assert.Equal(["email", "discourse", "webhook"], first.Kinds[NoticeKinds.Sale].AsEnumerable());

        await ann.SetPreferences(first with { Digest = "weekly", QuietFrom = 0, QuietTo = 1439 }, CancellationToken.None);
        var chosen = await ann.SetPreferences(
            new("en", "Asia/Tokyo", null, null, "daily", ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add(NoticeKinds.Sale, [])),
            CancellationToken.None);
        var read = await ann.GetPreferences(CancellationToken.None);
        Assert.Equal(chosen! with { Kinds = read.Kinds }, read);
        Assert.Equal(("en", "Asia/Tokyo", null, "daily"), (read.Language, read.Zone, read.QuietFrom, read.Digest));
        Assert.Empty(read.Kinds[NoticeKinds.Sale]);
        Assert.Equal(["email", "discourse", "webhook"], read.Kinds[NoticeKinds.Purchase].AsEnumerable());

        Assert.Equal("en", await ann.GetLanguage(CancellationToken.None));
        Assert.Equal("The fund treasury grants you 1 STK.", Assert.Single((await List(economy, "nc-ann")).Notices).Text);
    }

    [Fact]
    public async Task Nobody_chooses_before_they_are_known()
    {
        var economy = await server.Shared();
        var nobody = Notices(economy, "nobody-yet");

        var standard = await nobody.GetPreferences(CancellationToken.None);
        Assert.Null(await nobody.SetPreferences(standard, CancellationToken.None));
        Assert.Equal(new InboxState(0, null), await nobody.GetState(CancellationToken.None));
        Assert.Empty((await List(economy, "nobody-yet")).Notices);
    }

    [Fact]
    public async Task A_link_of_a_message_ends_its_kind_on_its_channel_and_no_other()
    {
        var economy = await server.Shared();
        await economy.Register("nu-ann");
        var links = economy.Grains.GetGrain<INoticeLinksGrain>(0);
        var key = await economy.ServiceOf<LinkKey>(0).Get(CancellationToken.None);
        var link = new UnsubscribeLink(await economy.NumberOf("nu-ann"), NoticeKinds.Weekly, NoticeChannel.Email).Write(key);

        Assert.Equal(new(NoticeKinds.Weekly, "email", "ru"), await links.Find(link, CancellationToken.None));
        var ann = Notices(economy, "nu-ann");
        Assert.Equal(["email", "webhook"], (await ann.GetPreferences(CancellationToken.None)).Kinds[NoticeKinds.Weekly].AsEnumerable());

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(new(NoticeKinds.Weekly, "email", "ru"), await links.Unsubscribe(link, CancellationToken.None));
        }

        var left = (await ann.GetPreferences(CancellationToken.None)).Kinds;
        Assert.Equal(["webhook"], left[NoticeKinds.Weekly].AsEnumerable());
        Assert.Equal(["email", "discourse", "webhook"], left[NoticeKinds.Sale].AsEnumerable());

        var number = await economy.NumberOf("nu-ann");
        var forged = new UnsubscribeLink(number, NoticeKinds.Sale, NoticeChannel.Email).Write(new byte[32]);
        Assert.Null(await links.Unsubscribe(forged, CancellationToken.None));
        Assert.Null(await links.Unsubscribe(link[..^1], CancellationToken.None));
        Assert.Null(await links.Find("nothing", CancellationToken.None));

        // Of somebody who is erased the link is good still, and writes nothing.
        var gone = new UnsubscribeLink(long.MaxValue, null, NoticeChannel.Email).Write(key);
        Assert.Equal(new(null, "email", "ru"), await links.Unsubscribe(gone, CancellationToken.None));
        Assert.Equal(0, await economy.Ask<long>($"SELECT count(*) FROM notices.preferences WHERE participant = {long.MaxValue}"));
    }

    [Fact]
    public async Task A_grant_for_days_says_how_long_it_is_frozen()
    {
        var economy = await server.Shared();
        await economy.Register("ng-ann");
        Done(await economy.Treasury().Spend(
            new(NewKey(), Fund.Team, "ng-ann", Amount.OfStk(10), FundSpendKind.Grant, "for a test", 30, "operator"),
            CancellationToken.None));

        Assert.Equal(
            [(NoticeKinds.GrantReceived, """{"fund":"team","amount":"10","vestsDays":30}""")],
            Values(await List(economy, "ng-ann")));
    }

    private static INoticesGrain Notices(TestEconomy economy, string id) => economy.Grains.GetGrain<INoticesGrain>(id);

    private static Task<InboxPage> List(
        TestEconomy economy, string id, bool? isRead = null, bool showsNotes = true, int most = 50) =>
        Notices(economy, id).List(new(new(null, most), isRead, showsNotes), CancellationToken.None);

    private static IEnumerable<(string Kind, string Values)> Values(InboxPage page) =>
        page.Notices.Select(notice => (notice.Kind, notice.Values));
}
