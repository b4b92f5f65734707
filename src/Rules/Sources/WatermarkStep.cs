namespace Stk.Rules.Sources;

/// <summary>What a whole read of a window did to the watermark. A closed set.</summary>
public abstract record WatermarkStep
{
    private WatermarkStep(Watermark after) => After = after;

    /// <summary>The state from now on.</summary>
    public Watermark After { get; }

    /// <summary>The window is complete.</summary>
    public sealed record Moved(Watermark Now) : WatermarkStep(Now);

    public sealed record Unmoved(Watermark Now, Hold Why) : WatermarkStep(Now);

    /// <summary>Two reads gave two sets: both are shown, and the later read waits for one that is like it.</summary>
    public sealed record Differed(Watermark Now, SetDigest Before, SetDigest Found) : WatermarkStep(Now);
}

/// <summary>Why a watermark stays where it is. Stored: never renumber.</summary>
public enum Hold
{
    /// <summary>It is past the window already: a read of what overlaps, or one that came late.</summary>
    AlreadyComplete = 1,

    /// <summary>The window begins after what is complete.</summary>
    LeavesGap = 2,

    /// <summary>The window had not ended when it was read.</summary>
    WindowOpen = 3,

    /// <summary>A second read must be like this one.</summary>
    FirstRead = 4,

    /// <summary>The same set, too soon after the window's end or after the first read.</summary>
    NotSettled = 5,
}
