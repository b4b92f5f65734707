namespace Stk.Signer.Tests;

/// <summary>A clock that a test sets. Its timers are the system's.</summary>
internal sealed class TestTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2025, 12, 24, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
