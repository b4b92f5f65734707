using Stk.ApiHost.Problems;
using Stk.ApiHost.RuleBooks;
using Stk.GrainInterfaces.Entitlements;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Vesting;
using Stk.Rules.Vesting;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Pages;

/// <summary>Today: what there is, what this week has brought so far, what would bring more.</summary>
internal static class HomePage
{
    private const int OperationsShown = 5;
    private const int DaysShown = 28;
    private const int GrantsPage = 100;
    private const int GrantPagesMax = 5;

    public static async Task<IResult> Get(HttpContext context, Parts parts, RuleBookCache books)
    {
        var frame = await PageFrames.Of(context);
        var (id, aborted) = (frame.Subject!, context.RequestAborted);
        // Where the clock stands is the participant's actor's to say: days are the economy's.
        var now = frame.Standing?.Now ?? frame.At;
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var balance = parts.Read(
            async (grains, _) => await grains.GetGrain<IHolderGrain>(id).GetBalance(), aborted);
        var limits = parts.Read((grains, _) => grains.GetGrain<IEarnerGrain>(id).GetLimits(), aborted);
        var streak = parts.Read((grains, _) => grains.GetGrain<IEarnerGrain>(id).GetStreak(), aborted);
        var transactions = parts.Read(
            (grains, attempt) => grains.GetGrain<IRecordsGrain>(id).GetTransactions(new(null, OperationsShown), attempt),
            aborted);
        var rewards = parts.Read(
            (grains, attempt) => grains.GetGrain<IRecordsGrain>(id).GetRewards(new(null, 1), attempt), aborted);
        var days = parts.Read(
            async (grains, attempt) => new DaySpan(
                await grains.GetGrain<IRecordsGrain>(id).GetDaily(today.AddDays(1 - DaysShown), today, attempt)),
            aborted);
        var entitlements = parts.Read(
            (grains, attempt) => grains.GetGrain<IEntitledGrain>(id).ListEntitlements(attempt), aborted);
        var grant = parts.Read((grains, attempt) => Nearest(grains.GetGrain<IRecordsGrain>(id), attempt), aborted);
        var book = parts.Read(async (_, attempt) => (await books.Get(attempt)).Of(WeekId.Of(now)), aborted);

        if (await balance is not { } shown)
        {
            // All else would be words about nothing.
            return new Problem(ProblemTypes.Unavailable) { RetryAfterSeconds = 1 };
        }

        var nearest = await grant;
        return new PageResult<Home>(frame, new HomeModel(
            now, shown, await limits, await streak, await transactions, await days, await rewards, nearest?.Grant,
            nearest is not null, await entitlements, await book));
    }

    // The list begins with what unlocks last.
    private static async Task<NearestGrant> Nearest(IRecordsGrain records, CancellationToken attempt)
    {
        GrantView? nearest = null;
        string? cursor = null;
        for (var page = 0; page < GrantPagesMax; page++)
        {
            var read = await records.GetGrants(new(cursor, GrantsPage), attempt);
            nearest = read.Grants.LastOrDefault(grant => grant.State == GrantState.Frozen) ?? nearest;
            if ((cursor = read.Next) is null)
            {
                break;
            }
        }

        return new(nearest);
    }

    private sealed record NearestGrant(GrantView? Grant);
}
