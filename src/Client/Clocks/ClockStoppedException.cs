using System.Globalization;

namespace Stk.Client.Clocks;

/// <summary>The clock stays where somebody has stopped it, before it came to where it was to go.</summary>
public sealed class ClockStoppedException(DateTimeOffset at, DateTimeOffset to) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"The economy's clock was stopped at {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, on its way to {to.UtcDateTime:yyyy-MM-dd HH:mm:ss}."))
{
    public DateTimeOffset At => at;
}
