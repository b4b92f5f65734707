using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.Participants;

/// <param name="Day">Today by the economy's clock, UTC.</param>
/// <param name="PointsToday">What today's events count so far. Unit: points.</param>
/// <param name="PointsThisWeek">What the open week's events count so far. Unit: points.</param>
/// <param name="ProjectedReward">This week's reward if nothing more comes and the fund is enough.</param>
[GenerateSerializer, Immutable, Alias("stk.limits")]
public sealed record LimitsReply(
    [property: Id(0)] DateOnly Day,
    [property: Id(1)] WeekId Week,
    [property: Id(2)] ImmutableArray<LimitView> Limits,
    [property: Id(3)] long PointsToday,
    [property: Id(4)] long PointsThisWeek,
    [property: Id(5)] Amount ProjectedReward);

/// <param name="Received">Today's events of the type, those retracted left out.</param>
/// <param name="Counted">At most the limit.</param>
[GenerateSerializer, Immutable, Alias("stk.limit")]
public sealed record LimitView(
    [property: Id(0)] string Type,
    [property: Id(1)] long Weight,
    [property: Id(2)] int Limit,
    [property: Id(3)] int Received,
    [property: Id(4)] int Counted);

/// <param name="Week">The open week by the economy's clock.</param>
/// <param name="WeeksInRow">This week included where it has points already.</param>
/// <param name="IsThisWeekActive">True where this week has points already.</param>
/// <param name="CoefficientHundredths">Of <paramref name="WeeksInRow"/>: 110 is 1.10.</param>
/// <param name="NextCoefficientHundredths">Of one more week in a row.</param>
[GenerateSerializer, Immutable, Alias("stk.streak")]
public sealed record StreakReply(
    [property: Id(0)] WeekId Week,
    [property: Id(1)] int WeeksInRow,
    [property: Id(2)] bool IsThisWeekActive,
    [property: Id(3)] int CoefficientHundredths,
    [property: Id(4)] int NextCoefficientHundredths);
