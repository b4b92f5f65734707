using System.Globalization;
using Stk.Rules.Quarters;
using Stk.Rules.Weeks;

namespace Stk.Rules.Runs;

/// <summary>One thing that time has made due. A closed set.</summary>
public abstract record DueItem
{
    private DueItem(DateTimeOffset at) => At = at;

    /// <summary>When it fell due, which may be long ago.</summary>
    public DateTimeOffset At { get; }

    /// <summary>One of <see cref="DueKinds"/>.</summary>
    public abstract string Kind { get; }

    /// <summary>
    /// What it is about: <c>2025-12-18</c>, <c>2025-W51</c>, <c>2025-Q4</c>, <c>2025-Q4/30</c>. Once a kind.
    /// </summary>
    public abstract string Subject { get; }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The emission of a day.</summary>
    public sealed record Emission(DateTimeOffset At, DateOnly Day) : DueItem(At)
    {
        public override string Kind => DueKinds.Emission;

        public override string Subject => Text(Day);
    }

    /// <summary>The next stage of a week.</summary>
    public sealed record Stage(DateTimeOffset At, WeekId Week, WeekStage WeekStage) : DueItem(At)
    {
        public override string Kind => DueKinds.Of(WeekStage);

        public override string Subject => Week.ToString();
    }

    /// <summary>The decisions about frozen rewards of a day.</summary>
    public sealed record Vesting(DateTimeOffset At, DateOnly Day) : DueItem(At)
    {
        public override string Kind => DueKinds.Vesting;

        public override string Subject => Text(Day);
    }

    /// <summary>The notices of a week's statements.</summary>
    public sealed record WeekNotices(DateTimeOffset At, WeekId Week) : DueItem(At)
    {
        public override string Kind => DueKinds.WeekNotify;

        public override string Subject => Week.ToString();
    }

    /// <summary>What a quarter takes from the inactive.</summary>
    public sealed record InactivityRun(DateTimeOffset At, QuarterId Quarter) : DueItem(At)
    {
        public override string Kind => DueKinds.InactivityRun;

        public override string Subject => Quarter.ToString();
    }

    /// <summary>The warning of the inactive, so many days before a quarter's first.</summary>
    public sealed record InactivityWarning(DateTimeOffset At, QuarterId Quarter, int Days) : DueItem(At)
    {
        public override string Kind => DueKinds.InactivityWarning;

        public override string Subject => string.Create(CultureInfo.InvariantCulture, $"{Quarter}/{Days}");
    }

    /// <summary>The renewals of a day.</summary>
    public sealed record Renewals(DateTimeOffset At, DateOnly Day) : DueItem(At)
    {
        public override string Kind => DueKinds.Renewals;

        public override string Subject => Text(Day);
    }
}
