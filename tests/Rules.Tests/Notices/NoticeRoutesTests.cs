using System.Text.Json;
using CsCheck;
using Stk.Rules.Notices;

namespace Stk.Rules.Tests.Notices;

public sealed class NoticeRoutesTests
{
    private static readonly NoticePreferences Chosen = NoticePreferences.Default;

    [Theory]
    // Moscow is three hours ahead of UTC, all year.
    [InlineData("Europe/Moscow", "22:00-08:00", "2026-06-01T18:59:00Z", "2026-06-01T18:59:00Z")]
    [InlineData("Europe/Moscow", "22:00-08:00", "2026-06-01T19:00:00Z", "2026-06-02T05:00:00Z")]
    [InlineData("Europe/Moscow", "22:00-08:00", "2026-06-02T04:59:59Z", "2026-06-02T05:00:00Z")]
    [InlineData("Europe/Moscow", "22:00-08:00", "2026-06-02T05:00:00Z", "2026-06-02T05:00:00Z")]
    [InlineData("Europe/Moscow", "12:00-13:00", "2026-06-02T09:30:00Z", "2026-06-02T10:00:00Z")]
    // Berlin's clock is put forward in the night of 29 March: 8 o'clock is an hour earlier.
    [InlineData("Europe/Berlin", "22:00-08:00", "2026-03-28T22:00:00Z", "2026-03-29T06:00:00Z")]
    [InlineData("Europe/Berlin", "22:00-08:00", "2026-10-24T21:00:00Z", "2026-10-25T07:00:00Z")]
    // It never shows 2:30 that night; in October it shows it twice.
    [InlineData("Europe/Berlin", "22:00-02:30", "2026-03-28T22:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("Europe/Berlin", "22:00-02:30", "2026-10-24T21:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("Europe/Berlin", "22:00-02:30", "2026-10-25T01:10:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("UTC", "22:00-08:00", "2026-01-01T00:00:00Z", "2026-01-01T08:00:00Z")]
    public void Quiet_hours_end_by_the_persons_clock(string zone, string quiet, string at, string due) =>
        Assert.Equal(Instant(due), Hours(quiet).EndAfter(Instant(at), NoticeZones.Find(zone)));

    [Fact]
    public void No_quiet_minute_is_told_anything_and_no_other_waits()
    {
        string[] zones = ["Europe/Moscow", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"];
        Gen.Select(Gen.Int[0, 1439], Gen.Int[0, 1439], Gen.Int[0, 2_000_000], Gen.Int[0, zones.Length - 1])
            .Where(drawn => drawn.Item1 != drawn.Item2)
            .Sample((from, to, minutes, zoneAt) =>
            {
                var zone = NoticeZones.Find(zones[zoneAt]);
                var quiet = new QuietHours(TimeOnly.MinValue.AddMinutes(from), TimeOnly.MinValue.AddMinutes(to));
                var at = Instant("2024-01-01T00:00:00Z").AddMinutes(minutes);

                var due = quiet.EndAfter(at, zone);

                Assert.InRange(due, at, at.AddHours(49));
                Assert.Equal(due, quiet.EndAfter(due, zone));
                // Where the clock is put back, it may show a time again that is not quiet: nobody is woken for that.
                for (var before = at; zone.BaseUtcOffset == zone.GetUtcOffset(due) && !zone.SupportsDaylightSavingTime
                    && before < due; before = before.AddMinutes(7))
                {
                    Assert.NotEqual(before, quiet.EndAfter(before, zone));
                }
            });
    }

    [Theory]
    [InlineData(NoticeDigest.Immediate, "2026-06-01T10:00:00Z", "2026-06-01T10:00:00Z")]
    [InlineData(NoticeDigest.Daily, "2026-06-01T10:00:00Z", "2026-06-02T06:00:00Z")]
    [InlineData(NoticeDigest.Daily, "2026-06-02T05:59:59Z", "2026-06-02T06:00:00Z")]
    [InlineData(NoticeDigest.Daily, "2026-06-02T06:00:00Z", "2026-06-03T06:00:00Z")]
    // 1 June 2026 is a Monday: what is told at 08:00 is read on Tuesday.
    [InlineData(NoticeDigest.Weekly, "2026-06-01T08:00:00Z", "2026-06-02T06:00:00Z")]
    [InlineData(NoticeDigest.Weekly, "2026-06-02T06:00:00Z", "2026-06-09T06:00:00Z")]
    public void A_digest_gathers_until_nine(NoticeDigest digest, string at, string due) => Assert.Equal(
        Instant(due),
        NoticeRoutes.Of(NoticeKinds.Sale, false, Chosen with { Digest = digest }, NoticeChannels.All, Instant(at))
            .Single(route => route.Channel == NoticeChannel.Email).DueAt);

    [Fact]
    public void What_is_urgent_waits_for_nothing()
    {
        var at = Instant("2026-06-01T23:00:00Z");
        var preferences = Chosen with { Digest = NoticeDigest.Weekly };

        Assert.All(
            NoticeRoutes.Of(NoticeKinds.InactivityWarning, true, preferences, NoticeChannels.All, at),
            route => Assert.Equal(at, route.DueAt));
        Assert.All(
            NoticeRoutes.Of(NoticeKinds.InactivityWarning, false, preferences, NoticeChannels.All, at),
            route => Assert.True(route.DueAt > at));
    }

    [Theory]
    [InlineData(NoticeKinds.InactivityWarning, """{"daysBefore":3}""", true)]
    [InlineData(NoticeKinds.InactivityWarning, """{"daysBefore":30}""", false)]
    [InlineData(NoticeKinds.InactivityWarning, "{}", false)]
    [InlineData(NoticeKinds.AddressChanged, "{}", true)]
    [InlineData(NoticeKinds.Weekly, """{"daysBefore":3}""", false)]
    public void The_last_warning_and_a_changed_address_are_urgent(string kind, string values, bool isUrgent)
    {
        using var read = JsonDocument.Parse(values);
        Assert.Equal(isUrgent, NoticeRoutes.IsUrgent(kind, read.RootElement));
    }

    [Fact]
    public void A_webhook_is_in_no_digest_and_rests_in_quiet_hours()
    {
        var preferences = Chosen with { Digest = NoticeDigest.Daily };
        Assert.Equal(
            Instant("2026-06-01T10:00:00Z"), Webhook(preferences, Instant("2026-06-01T10:00:00Z")));
        Assert.Equal(
            Instant("2026-06-02T05:00:00Z"), Webhook(preferences, Instant("2026-06-01T20:00:00Z")));
    }

    [Fact]
    public void Weekly_messages_to_the_forum_are_off_until_chosen()
    {
        Assert.Equal([NoticeChannel.Email, NoticeChannel.Webhook], ChannelsOf(NoticeKinds.Weekly, Chosen));
        Assert.Equal(
            [NoticeChannel.Discourse],
            ChannelsOf(NoticeKinds.Weekly, Chosen with
            {
                Kinds = Chosen.Kinds.Add(NoticeKinds.Weekly, [NoticeChannel.Discourse]),
            }));
        Assert.Equal(NoticeChannels.All, ChannelsOf(NoticeKinds.Sale, Chosen));
    }

    [Fact]
    public void Only_a_channel_that_reaches_its_person_tells_anything()
    {
        var at = Instant("2026-06-01T10:00:00Z");
        Assert.Empty(NoticeRoutes.Of(NoticeKinds.Sale, true, Chosen, [], at));
        Assert.Equal(
            [new NoticeRoute(NoticeChannel.Webhook, at)],
            NoticeRoutes.Of(NoticeKinds.Sale, true, Chosen, [NoticeChannel.Webhook], at).AsEnumerable());
    }

    [Theory]
    [InlineData(NoticeKinds.InactivityCharged), InlineData(NoticeKinds.AppealDecided), InlineData(NoticeKinds.Correction)]
    [InlineData(NoticeKinds.AddressChanged)]
    public void Every_kind_can_leave_every_channel_but_the_inbox(string kind)
    {
        var left = NoticeChannels.All.Aggregate(Chosen, (left, channel) => left.Without(kind, channel));

        Assert.Empty(ChannelsOf(kind, left));
        Assert.Equal(NoticeChannels.All, ChannelsOf(NoticeKinds.Sale, left));
        Assert.Empty(ChannelsOf(NoticeKinds.Sale, NoticeChannels.All.Aggregate(
            Chosen, (left, channel) => left.Without(null, channel))));
    }

    [Theory]
    [InlineData("Europe/Moscow", true), InlineData("America/Argentina/Buenos_Aires", true), InlineData("UTC", true)]
    [InlineData("", false), InlineData("Moscow", false), InlineData("localtime", false), InlineData("../../etc/passwd", false)]
    [InlineData("/etc/localtime", false), InlineData("right/Europe/Moscow", false), InlineData("Europe/Nowhere", false)]
    [InlineData("Russian Standard Time", false), InlineData("Europe/Moscow\n", false), InlineData("Europe", false)]
    public void A_zone_is_a_place_of_the_list(string name, bool isKnown) => Assert.Equal(isKnown, NoticeZones.IsKnown(name));

    [Fact]
    public void No_kind_stands_twice_and_each_value_has_one_name() => Assert.All(
        NoticeKinds.All,
        kind =>
        {
            Assert.Same(kind, NoticeKinds.Find(kind.Name));
            Assert.Equal(kind.Values.Length, kind.Values.Select(value => value.Name).Distinct().Count());
        });

    private static NoticeChannel[] ChannelsOf(string kind, NoticePreferences preferences) =>
        [.. NoticeRoutes.Of(kind, false, preferences, NoticeChannels.All, Instant("2026-06-01T10:00:00Z")).Select(route => route.Channel)];

    private static DateTimeOffset Webhook(NoticePreferences preferences, DateTimeOffset at) =>
        NoticeRoutes.Of(NoticeKinds.Sale, false, preferences, NoticeChannels.All, at)
            .Single(route => route.Channel == NoticeChannel.Webhook).DueAt;

    private static QuietHours Hours(string text) => text.Split('-') is [var from, var to]
        ? new(TimeOnly.ParseExact(from, "HH:mm"), TimeOnly.ParseExact(to, "HH:mm"))
        : throw new ArgumentException(text);

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
