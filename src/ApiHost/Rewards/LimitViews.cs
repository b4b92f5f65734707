using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Rewards;

/// <param name="Day">Today, UTC.</param>
/// <param name="PointsThisWeek">Before coefficients.</param>
/// <param name="ProjectedReward">If nothing more comes and the fund is enough.</param>
internal sealed record LimitsView(
    DateOnly Day, WeekId Week, ImmutableArray<LimitItem> Limits, long PointsToday, long PointsThisWeek,
    Amount ProjectedReward);

/// <param name="Received">Today's events of the type, those retracted left out.</param>
/// <param name="Left">How many more count today.</param>
internal sealed record LimitItem(string Type, long Weight, int Limit, int Received, int Counted, int Left);

/// <param name="ThisWeekActive">True where this week has points already.</param>
/// <param name="Coefficient">Of the weeks in a row: "1.1".</param>
/// <param name="NextCoefficient">Of one week more.</param>
internal sealed record StreakView(
    WeekId Week, int WeeksInRow, bool ThisWeekActive, string Coefficient, string NextCoefficient);
