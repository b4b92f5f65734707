using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.Weeks;

/// <summary>How a <see cref="WeekId"/> travels: by the day of its Monday.</summary>
[GenerateSerializer, Immutable, Alias("stk.week-id")]
public struct WeekIdSurrogate
{
    [Id(0)]
    public int MondayDayNumber;
}

[RegisterConverter]
public sealed class WeekIdConverter : IConverter<WeekId, WeekIdSurrogate>
{
    public WeekId ConvertFromSurrogate(in WeekIdSurrogate surrogate) =>
        WeekId.Of(DateOnly.FromDayNumber(surrogate.MondayDayNumber));

    public WeekIdSurrogate ConvertToSurrogate(in WeekId value) =>
        new() { MondayDayNumber = value.Monday.DayNumber };
}
