using Stk.GrainInterfaces.Inactivity;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Suspensions;
using Stk.Grains.Inactivity;
using Stk.Grains.RuleBooks;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Rules.Weeks;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Inactivity;

/// <summary>An autumn in which people fall silent, up to the winter's run: Monday, 5 January 2026, at 07:00.</summary>
internal static class Winter
{
    public static readonly QuarterId Quarter = QuarterId.Of(new(2026, 1, 1));
    public static readonly WeekId FirstWeek = WeekId.OfNumber(202540);
    public static readonly DateTimeOffset RunsAt = At("2026-01-05T07:00:00Z");

    /// <summary>Of the run's Monday.</summary>
    public static readonly WeekId Week = WeekId.OfNumber(202602);

    public static IRedistributionGrain Grain(TestEconomy economy) =>
        economy.Grains.GetGrain<IRedistributionGrain>(Quarter.ToString());

    public static IInactiveGrain Inactive(this TestEconomy economy, string id) =>
        economy.Grains.GetGrain<IInactiveGrain>(id);

    public static IAppealsGrain Appeals(this TestEconomy economy) => economy.Grains.GetGrain<IAppealsGrain>(0);

    public static DateTimeOffset At(string instant) =>
        DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// Genesis in autumn, and people who are active on 3 October for the last time; on the Monday after it each has so much.
    /// </summary>
    public static async Task Begin(TestEconomy economy, params IReadOnlyList<(string Id, Amount Amount)> silent)
    {
        await economy.Begin(FirstWeek);
        await economy.RunTo(At("2025-10-03T23:59:59Z"));
        await Post(economy, [.. silent.Select(one => one.Id)]);
        await economy.RunTo(At("2025-10-06T08:00:00Z"));
        foreach (var (id, amount) in silent)
        {
            await economy.Fund(id, amount - await economy.Available(id));
        }
    }

    /// <summary>Something counted, now.</summary>
    public static async Task Post(TestEconomy economy, params IReadOnlyList<string> ids)
    {
        var now = (await economy.Schedule.GetClock()).Now;
        await economy.Record("club", [.. ids.Select(id => Sent.Of(id, "SectionCompleted", now))]);
    }

    public static async Task<AppealReply> Appeal(this TestEconomy economy, string id, RequestKey? key = null) =>
        await economy.Inactive(id).Appeal(
            new(key ?? NewKey(), Quarter.Number, "I was ill"), CancellationToken.None);

    public static async Task Suspend(this TestEconomy economy, string id) => Assert.IsType<SuspendReply.Done>(
        await economy.Grains.GetGrain<ISuspensionsGrain>(0).Suspend(
            new(NewKey(), id, "stolen phone", "operator"), CancellationToken.None));

    public static async Task Leave(this TestEconomy economy, string id, string from, string? to) =>
        Assert.IsType<LeaveReply.Done>(await economy.Grains.GetGrain<ILeavesGrain>(0).Put(
            new(
                NewKey(), id, DateOnly.FromDateTime(At(from + "Z").DateTime),
                to is null ? null : DateOnly.FromDateTime(At(to + "Z").DateTime), "parental leave", "operator"),
            CancellationToken.None));

    public static async Task Exclude(this TestEconomy economy, string id, bool isExcluded = true) =>
        await economy.Participant(id).ChangeProfile(
            new(null, isExcluded, "staff", "operator"), CancellationToken.None);

    /// <summary>Assesses and stores, and posts nothing: as one who dies between the two.</summary>
    public static async Task<(QuarterRun Run, Borders Borders)> AssessAlone(TestEconomy economy, int silo = 0)
    {
        var runs = economy.ServiceOf<QuarterRunTable>(silo);
        var books = await economy.ServiceOf<RuleBookTable>(silo).ReadHistory(CancellationToken.None);
        var book = InactivityTimetable.Book(Quarter, books);
        var run = await runs.Begin(Quarter, 0, book.Version, InactivityTimetable.WeekBefore(Quarter), RunsAt);
        var borders = new Borders(Quarter, book.Inactivity, run.SealedTo, run.LeavesTo, run.SuspensionsTo);
        foreach (var shard in AssessmentTable.FirstShards)
        {
            await economy.ServiceOf<AssessmentTable>(silo).Write(run, borders, shard);
        }

        return (run, borders);
    }

    /// <summary>The lines of the quarter, as the file for machines has them.</summary>
    public static async Task<string[]> Csv(TestEconomy economy, bool isPreview = false) =>
    [
        .. System.Text.Encoding.UTF8.GetString((await Grain(economy).ReadCsv(isPreview, CancellationToken.None))!)
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1),
    ];

    public static async Task<List<string>> Broken(TestEconomy economy) =>
    [
        .. (await new InvariantsCheck(economy.Database, keys: TestEconomy.Keys).Run().ToListAsync())
            .SelectMany(finding => finding.Violations.Select(violation => $"{finding.Invariant.Name} {violation}")),
    ];

    /// <summary>Which invariants are broken, by their names.</summary>
    public static async Task<string[]> BrokenNames(TestEconomy economy) =>
        [.. (await Broken(economy)).Select(text => text[..text.IndexOf(' ', StringComparison.Ordinal)]).Distinct()];
}
