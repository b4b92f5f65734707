using System.Collections.Immutable;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.Activity;
using Stk.Rules.Participants;
using Stk.Rules.Rewards;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Grains.Participants;

/// <summary>What a participant's actor remembers of activity, and what it can say from that. Immutable, pure.</summary>
/// <param name="Number">Null where nobody has this id yet.</param>
/// <param name="Live">Live events of the weeks without statements.</param>
/// <param name="ScoredThrough">The last week with statements; null before the first.</param>
/// <param name="StreakThen">The streak in that week's statement; 0 without one.</param>
internal sealed record ParticipantMemory(
    long? Number,
    DateTimeOffset? RegisteredAt,
    Timeline<int> Levels,
    Timeline<bool> Exclusions,
    ImmutableDictionary<ActivityDay, int> Live,
    WeekId? ScoredThrough,
    int StreakThen)
{
    /// <summary>How often events had been taken out or let in again, and identities linked, when this was read.</summary>
    public int RecallVersion { get; init; }

    /// <summary>The exclusions of those who belong to this participant.</summary>
    public ImmutableArray<Timeline<bool>> MembersExclusions { get; init; } = [];

    /// <summary>Whether others belong to this participant: what they do is not told to this actor.</summary>
    public bool HasMembers { get; init; }

    /// <summary>To whom this identity belongs; null where it is its own.</summary>
    public string? Survivor { get; init; }

    /// <summary>Whether something frozen unlocks within 24 hours, as it was when this was read.</summary>
    public bool UnlocksTomorrow { get; init; }

    /// <summary>The memory after a commit.</summary>
    public ParticipantMemory After(long? number, DateTimeOffset now, ImmutableDictionary<ActivityDay, int> changes)
    {
        var live = Live.ToBuilder();
        foreach (var (day, change) in changes)
        {
            live[day] = live.GetValueOrDefault(day) + change;
        }

        return this with
        {
            Number = number,
            RegisteredAt = RegisteredAt ?? (number is null ? null : now),
            Live = live.ToImmutable(),
        };
    }

    public ParticipantMemory With(ProfileChange change) => this with
    {
        Levels = With(Levels, change, change.Level, change.TakesBackLevel),
        Exclusions = With(Exclusions, change, change.IsExcluded, change.TakesBackExclusion),
    };

    public ParticipantMemory WithLevel(Change<int> change) => this with { Levels = Levels.With(change) };

    /// <summary>Whether a week gives nothing, whatever is done in it.</summary>
    public bool IsExcluded(WeekId week) =>
        Exclusions.InForce(week) || MembersExclusions.Any(member => member.InForce(week));

    /// <summary>Points of a week without a statement, so far. None for an account that is excluded from it.</summary>
    public long PointsOf(WeekId week, RuleBook book) => IsExcluded(week)
        ? 0
        : DayLimits.Points(Live.Where(day => WeekId.Of(day.Key.Day) == week), book);

    public LimitsReply Limits(DateOnly today, RuleBookHistory books)
    {
        var week = WeekId.Of(today);
        var book = books.Of(week);
        var limits = ImmutableArray.CreateBuilder<LimitView>(book.Activities.Length);
        foreach (var rule in book.Activities)
        {
            var received = Live.GetValueOrDefault(new(today, rule.Type));
            limits.Add(new(rule.Type, rule.Weight, rule.DayLimit, received, DayLimits.Counted(received, rule)));
        }

        var points = PointsOf(week, book);
        var level = book.LevelOf(Math.Min(Levels.InForce(week), book.Levels.Length));
        var streak = Math.Max(1, Streak(week, books).WeeksInRow);
        return new(
            today,
            week,
            limits.MoveToImmutable(),
            IsExcluded(week) ? 0 : DayLimits.Points(Live.Where(day => day.Key.Day == today), book),
            points,
            WeeklyReward.For(points, level.Coefficient, book.ConsistencyOf(streak)));
    }

    /// <summary>The streak as it stands in a week: of the statements, then of the weeks that wait for theirs.</summary>
    public StreakReply Streak(WeekId week, RuleBookHistory books)
    {
        var book = books.Of(week);
        var streak = StreakBefore(week, books);
        var isActive = PointsOf(week, book) > 0;
        var weeksInRow = isActive ? Rules.Streaks.Streak.After(streak) : streak;
        return new(
            week,
            weeksInRow,
            isActive,
            book.ConsistencyOf(Math.Max(1, weeksInRow)).Hundredths,
            book.ConsistencyOf(weeksInRow + 1).Hundredths);
    }

    private static Timeline<T> With<T>(Timeline<T> timeline, ProfileChange change, T? value, bool isTakenBack)
        where T : struct =>
        value is { } said ? timeline.With(new(change.At, Change<T>.Operators, change.Uuid, said))
        : isTakenBack ? timeline.With(new(change.At, Change<T>.Operators, change.Uuid, default) { IsTakenBack = true })
        : timeline;

    private int StreakBefore(WeekId week, RuleBookHistory books)
    {
        var streak = StreakThen;
        var waiting = ScoredThrough is { } scored ? scored.Next : FirstLiveWeek(week);
        for (; waiting < week; waiting = waiting.Next)
        {
            streak = PointsOf(waiting, books.Of(waiting)) > 0 ? Rules.Streaks.Streak.After(streak) : 0;
        }

        return streak;
    }

    private WeekId FirstLiveWeek(WeekId week) =>
        Live.Keys.Select(day => WeekId.Of(day.Day)).Append(week).Min();
}
