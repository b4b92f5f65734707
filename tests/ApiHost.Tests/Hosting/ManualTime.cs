namespace Stk.ApiHost.Tests.Hosting;

/// <summary>Stands still until it is moved.</summary>
public sealed class ManualTime(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public void Pass(TimeSpan time) => _now += time;

    public override DateTimeOffset GetUtcNow() => _now;
}
