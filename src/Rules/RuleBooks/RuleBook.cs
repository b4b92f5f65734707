using System.Collections.Frozen;
using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Streaks;

namespace Stk.Rules.RuleBooks;

/// <summary>
/// One version of the numbers that turn activity into rewards. Immutable; a version takes effect from a week, and every
/// statement names its version.
/// </summary>
public sealed class RuleBook
{
    private readonly FrozenDictionary<string, ActivityRule> _byType;
    private readonly FrozenDictionary<string, int> _places;

    /// <exception cref="ArgumentException">A rule of <see cref="RuleBookRules.Check"/> is broken.</exception>
    public RuleBook(
        int version,
        ImmutableArray<ActivityRule> activities,
        ImmutableArray<Level> levels,
        ImmutableArray<Coefficient> consistency,
        ImmutableArray<int> emissionSharesBp,
        SpendingRules? spending = null,
        WeekBounds? bounds = null,
        VestingRules? vesting = null,
        InactivityRules? inactivity = null,
        SettlementRules? settlement = null)
    {
        var objections = RuleBookRules.Check(version, activities, levels, consistency, emissionSharesBp)
            .AddRange((spending ?? SpendingRules.Default).Check())
            .AddRange((bounds ?? WeekBounds.None).Check())
            .AddRange((vesting ?? VestingRules.Default).Check(activities))
            .AddRange((inactivity ?? InactivityRules.Default).Check())
            .AddRange((settlement ?? SettlementRules.Default).Check());
        if (objections is [var first, ..])
        {
            throw new ArgumentException(first.ToString());
        }

        Version = version;
        Activities = activities;
        Levels = levels;
        Consistency = consistency;
        EmissionSharesBp = emissionSharesBp;
        Spending = spending ?? SpendingRules.Default;
        Bounds = bounds ?? WeekBounds.None;
        Vesting = vesting ?? VestingRules.Default;
        Inactivity = inactivity ?? InactivityRules.Default;
        Settlement = settlement ?? SettlementRules.Default;
        _byType = activities.ToFrozenDictionary(rule => rule.Type, StringComparer.Ordinal);
        _places = activities.Select((rule, place) => (rule.Type, place))
            .ToFrozenDictionary(pair => pair.Type, pair => pair.place, StringComparer.Ordinal);
    }

    /// <summary>Version 1: the source document's tables, and ours for the types that it lists without a weight.</summary>
    public static RuleBook FromTheSource { get; } = new(
        version: 1,
        [
            // Source, "Таблица активностей и весов". Learning and club rewards are not frozen.
            new("SectionCompleted", 50, 5, 0, 0, RuleOrigin.Source),
            new("ExerciseSave", 100, 5, 0, 0, RuleOrigin.Source),
            new("ClubPostCreated", 200, 1, 0, 0, RuleOrigin.Source),
            new("ClubLikeGiven", 10, 5, 0, 0, RuleOrigin.Source),
            new("ClubLikeReceived", 20, 10, 0, 0, RuleOrigin.Source),
            new("ClubCommentCreated", 50, 5, 0, 0, RuleOrigin.Source),
            new("ClubCommentReceived", 50, 5, 0, 0, RuleOrigin.Source),

            // In its "Типы событий" or "Механизм заморозки", without a weight. The days are the source's.
            new("CourseCompleted", 500, 1, 0, 0, RuleOrigin.Ours),
            new("PeerReviewCompleted", 100, 3, 30, 30, RuleOrigin.Ours),
            new("ProjectMilestoneCompleted", 500, 1, 60, 90, RuleOrigin.Ours),
            new("MentoringSessionCompleted", 300, 3, 30, 30, RuleOrigin.Ours),
            new("ReferralActivated", 500, 1, 90, 90, RuleOrigin.Ours),
        ],
        [
            // Source, "Квалификационные уровни".
            new(1, "Первокурсник", new(100)),
            new(2, "Стажёр", new(120)),
            new(3, "Практик", new(150)),
            new(4, "Специалист", new(180)),
            new(5, "Эксперт", new(220)),
            new(6, "Мастер", new(260)),
            new(7, "Наставник", new(300)),
            new(8, "Общественный деятель", new(360)),
        ],
        // Source, "Коэффициент систематичности": 1, 2, 3, 4, 5 and more weeks.
        [new(100), new(102), new(105), new(110), new(120)],
        // Source, "Распределение эмиссии".
        [5_000, 2_000, 1_500, 1_000, 500]);

    public int Version { get; }

    /// <summary>In the rule book's order, which is the order of a statement's lines and decides ties.</summary>
    public ImmutableArray<ActivityRule> Activities { get; }

    /// <summary>Level 1 first.</summary>
    public ImmutableArray<Level> Levels { get; }

    /// <summary>Of the 1st, 2nd, ... week in a row; the last is of all that follow.</summary>
    public ImmutableArray<Coefficient> Consistency { get; }

    /// <summary>Of a day's emission, in the order of <see cref="Funds.All"/>. Unit: basis points, together 10,000.</summary>
    public ImmutableArray<int> EmissionSharesBp { get; }

    /// <summary>Limits and fee of transfers, refunds, approvals.</summary>
    public SpendingRules Spending { get; }

    /// <summary>What a week is held against before it is paid.</summary>
    public WeekBounds Bounds { get; }

    /// <summary>What decides about frozen rewards.</summary>
    public VestingRules Vesting { get; }

    /// <summary>What is taken from the inactive, and how it is given back.</summary>
    public InactivityRules Inactivity { get; }

    /// <summary>How STK leaves for wallets.</summary>
    public SettlementRules Settlement { get; }

    /// <summary>The rule of a type, or null where it is not weighted.</summary>
    public ActivityRule? Weighted(string type) => _byType.GetValueOrDefault(type);

    /// <summary>Where a weighted type stands in <see cref="Activities"/>, from 0.</summary>
    /// <exception cref="KeyNotFoundException">The type is not weighted.</exception>
    public int PlaceOf(string type) => _places[type];

    /// <exception cref="ArgumentOutOfRangeException">This rule book has no such level.</exception>
    public Level LevelOf(int level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, Level.First);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, Levels.Length);
        return Levels[level - 1];
    }

    /// <param name="weeksInRow"><see cref="Streak"/>, this week included; at least 1.</param>
    public Coefficient ConsistencyOf(int weeksInRow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(weeksInRow, 1);
        return Consistency[Math.Min(weeksInRow, Consistency.Length) - 1];
    }

    public RuleBook WithVersion(int version) =>
        new(version, Activities, Levels, Consistency, EmissionSharesBp, Spending, Bounds, Vesting, Inactivity, Settlement);
}
