namespace Stk.Rules.Time;

public static class WholeMicroseconds
{
    /// <summary>
    /// The instant in UTC without what the database would not keep: what is answered is what is stored, to the digit.
    /// </summary>
    public static DateTimeOffset InWholeMicroseconds(this DateTimeOffset at)
    {
        var utc = at.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
