using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Xunit;

namespace Stk.Grains.Tests.Participants;

/// <summary>
/// What the pages of a participant stand on: transactions in parts, days, events as they stand, where one stands.
/// </summary>
[Collection(EconomyCollection.Name)]
public sealed class OwnReadsTests(EconomyServer server)
{
    [Fact]
    public async Task A_transaction_is_shown_to_its_sides_and_to_nobody_else()
    {
        var economy = await server.Shared();
        await economy.BeginWeek();
        await economy.Fund("or-ann", Amount.OfStk(100));
        await economy.Register("or-bob");
        await economy.Register("or-eve");
        var sent = Assert.IsType<SpendingReply<TransferView>.Done>(
            await economy.Transfer("or-ann", "or-bob", Amount.OfStk(30), "for the lunch")).View;

        var paid = await Transaction(economy, "or-ann", sent.Id);
        var received = await Transaction(economy, "or-bob", sent.Id);

        Assert.NotNull(paid);
        Assert.Equal("for the lunch", paid.Transaction.Note);
        Assert.Equal("or-bob", paid.Transaction.Counterparty);
        Assert.Equal(paid.Transaction.Available, Amount.Sum(paid.Lines.Select(line => line.Amount)));
        Assert.Equal(Amount.Zero, paid.Transaction.Available + Amount.Sum(paid.Parts.Select(part => part.Amount)));
        Assert.Contains(paid.Parts, part => part == new TransactionPart("participants", Amount.OfStk(30)));
        Assert.NotNull(received);
        Assert.Equal(Amount.OfStk(30), received.Transaction.Available);
        Assert.Empty(received.Parts);
        Assert.Null(await Transaction(economy, "or-eve", sent.Id));
        Assert.Null(await Transaction(economy, "or-nobody", sent.Id));
        Assert.Null(await Transaction(economy, "or-ann", Guid.NewGuid()));
    }

    [Fact]
    public async Task A_days_balance_is_what_there_was_at_its_end()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.Fund("or-day", Amount.OfStk(100));
        await economy.Register("or-day-bob");
        await economy.RunTo(week.Start.AddDays(2).AddHours(9));
        Assert.IsType<SpendingReply<TransferView>.Done>(
            await economy.Transfer("or-day", "or-day-bob", Amount.OfStk(40)));
        var now = (await economy.Participant("or-day").GetBalance()).Total;

        var days = await Records(economy, "or-day").GetDaily(
            week.Monday.AddDays(-1), week.Sunday, CancellationToken.None);

        Assert.Equal(
            [
                (week.Monday.AddDays(-1), Amount.Zero), (week.Monday, Amount.OfStk(100)),
                (week.Monday.AddDays(1), Amount.OfStk(100)), (week.Monday.AddDays(2), now),
            ],
            days.Select(day => (day.Day, day.Total)));
        Assert.Empty(await Records(economy, "or-day").GetDaily(week.Sunday, week.Sunday, CancellationToken.None));
        Assert.Equal(
            [Amount.Zero],
            (await Records(economy, "or-nobody").GetDaily(week.Monday, week.Monday, CancellationToken.None))
                .Select(day => day.Total));
    }

    // The first of all days is -infinity to PostgreSQL: a series of days from there kept a connection for ever.
    [Fact]
    public async Task The_first_of_all_days_had_nothing_and_more_than_a_year_is_refused()
    {
        var economy = await server.Shared();
        await economy.BeginWeek();
        await economy.Register("or-first");
        var records = Records(economy, "or-first");

        Assert.Equal(
            [(DateOnly.MinValue, Amount.Zero)],
            (await records.GetDaily(DateOnly.MinValue, DateOnly.MinValue, CancellationToken.None))
                .Select(day => (day.Day, day.Total)));
        Assert.Equal(
            366, (await records.GetDaily(DateOnly.MinValue, DateOnly.MinValue.AddDays(365), CancellationToken.None)).Length);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            records.GetDaily(DateOnly.MinValue, DateOnly.MinValue.AddDays(366), CancellationToken.None));
    }

    [Fact]
    public async Task Each_event_says_what_it_gives_as_things_stand()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var at = week.Start.AddHours(9);
        await economy.RunTo(week.Start.AddDays(1));
        var read = Enumerable.Range(0, 6).Select(n => Sent.Of("or-act", "SectionCompleted", at.AddMinutes(n))).ToList();
        var unweighted = Sent.Of("or-act", "PageView", at.AddMinutes(7));
        await economy.Outcomes("lms", [.. read, unweighted]);
        Assert.Equal(["over_limit 0 6"], (await Shown(economy, week)).Where(one => one.StartsWith("over", StringComparison.Ordinal)));

        // The first is taken back: the last moves up.
        await economy.Outcomes("lms", read[0].Retraction(at.AddMinutes(10)));

        var shown = await Shown(economy, week);
        Assert.Equal(5, shown.Count(one => one.StartsWith("counted 50", StringComparison.Ordinal)));
        Assert.Contains("retracted 0 0", shown);
        Assert.Contains("ignored 0 0", shown);
        Assert.Contains("applied 0 0", shown);
        Assert.DoesNotContain(shown, one => one.StartsWith("over_limit", StringComparison.Ordinal));
        var limits = await economy.Participant("or-act").GetLimits();
        Assert.Equal(250, limits.PointsThisWeek);

        await economy.Participant("or-act").ChangeProfile(
            new(null, IsExcluded: true, "a bot", "operator"), CancellationToken.None);
        Assert.DoesNotContain(await Shown(economy, week), one => one.StartsWith("counted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_of_activity_have_each_event_once_newest_first_and_take_no_others_cursor()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.RunTo(week.Start.AddDays(1));
        var sent = Enumerable.Range(0, 7).Select(n =>
            Sent.Of("or-page", "ExerciseSave", week.Start.AddHours(1).AddMinutes(n / 2))).ToList();
        await economy.Outcomes("lms", sent);
        var earner = economy.Grains.GetGrain<IEarnerGrain>("or-page");

        var events = new List<OwnEvent>();
        string? cursor = null;
        do
        {
            var page = await earner.GetActivity(new(week, cursor, 2), CancellationToken.None);
            events.AddRange(page.Events);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(sent.Select(one => one.Event.Uuid).Order(), events.Select(one => one.Uuid).Order());
        Assert.Equal(events.Select(one => one.At).OrderDescending(), events.Select(one => one.At));
        var first = await earner.GetActivity(new(week, null, 2), CancellationToken.None);
        Assert.False((await earner.GetActivity(new(week.Next, first.Next, 2), CancellationToken.None)).IsCursorValid);
        Assert.False((await economy.Grains.GetGrain<IEarnerGrain>("or-other").GetActivity(
            new(week, first.Next, 2), CancellationToken.None)).IsCursorValid);
        Assert.Empty((await earner.GetActivity(new(week, null, 2, "SectionCompleted"), CancellationToken.None)).Events);
    }

    [Fact]
    public async Task Where_one_stands_is_said_to_whoever_is_not_known_too()
    {
        var economy = await server.Shared();
        await economy.Participant("or-level").ChangeProfile(new(3, null, "the exam", "operator"), CancellationToken.None);

        var known = await economy.Grains.GetGrain<IProfileGrain>("or-level").GetStanding();
        var unknown = await economy.Grains.GetGrain<IProfileGrain>("or-nobody").GetStanding();

        Assert.Equal((3, "Практик", 150, false), (known.Level, known.LevelName, known.CoefficientHundredths, known.IsExcluded));
        Assert.NotNull(known.RegisteredAt);
        Assert.True(known.IsClockStanding);
        Assert.NotNull(known.Genesis);
        Assert.Equal((1, (DateTimeOffset?)null), (unknown.Level, unknown.RegisteredAt));
    }

    private static async Task<string[]> Shown(TestEconomy economy, WeekId week) =>
        [.. (await economy.Grains.GetGrain<IEarnerGrain>("or-act").GetActivity(new(week, null, 100), CancellationToken.None))
            .Events.Select(one => $"{one.Outcome} {one.Points} {one.Place}")];

    private static IRecordsGrain Records(TestEconomy economy, string id) => economy.Grains.GetGrain<IRecordsGrain>(id);

    private static Task<TransactionDetail?> Transaction(TestEconomy economy, string id, Guid transaction) =>
        Records(economy, id).GetTransaction(transaction, CancellationToken.None);
}
