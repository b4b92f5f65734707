namespace Stk.Rules.Sources;

/// <summary>
/// How far a pulled source is complete. It moves past a window when two whole reads of it, apart by the settling time, gave
/// the same set: a clock alone does not know that all has arrived.
/// </summary>
/// <param name="CompleteTo">Nothing before it will come any more.</param>
/// <param name="Waiting">The last read of the window after it, which waits for another that is like it.</param>
public sealed record Watermark(DateTimeOffset CompleteTo, WindowRead? Waiting)
{
    /// <summary>What a whole read changes.</summary>
    /// <param name="settle">Zero or more.</param>
    public WatermarkStep After(WindowRead read, TimeSpan settle)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settle, TimeSpan.Zero);
        if (read.To <= CompleteTo || read.From > CompleteTo)
        {
            return new WatermarkStep.Unmoved(this, read.To <= CompleteTo ? Hold.AlreadyComplete : Hold.LeavesGap);
        }

        // Of a window that was still open when the read began the read says nothing.
        if (read.Clock < read.To)
        {
            return new WatermarkStep.Unmoved(this, Hold.WindowOpen);
        }

        if (Waiting is not { } first || first.From != read.From || first.To != read.To)
        {
            return new WatermarkStep.Unmoved(this with { Waiting = read }, Hold.FirstRead);
        }

        if (first.Found != read.Found)
        {
            return new WatermarkStep.Differed(this with { Waiting = read }, first.Found, read.Found);
        }

        // The first read stays: each later one is held against it, and the pause grows.
        return read.Began - first.Ended < settle || read.Clock - read.To < settle
            ? new WatermarkStep.Unmoved(this, Hold.NotSettled)
            : new WatermarkStep.Moved(new(read.To, null));
    }
}
