namespace Stk.Grains.Schedules;

/// <summary>How far the schedule has come. A hint: whatever is asked again is found done.</summary>
[GenerateSerializer, Alias("stk.schedule-state")]
internal sealed class ScheduleState
{
    /// <summary>The last week whose run has ended, 202551; null before the first.</summary>
    [Id(0)]
    public int? FinishedThrough { get; set; }

    /// <summary>Why the schedule waits for an operator; null where it does not. Outlives the silo that found it.</summary>
    [Id(1)]
    public string? PausedBecause { get; set; }

    /// <summary>The operator who last ended a pause; null where nobody has.</summary>
    [Id(2)]
    public string? ResumedBy { get; set; }

    /// <summary>Their reason, which is in no log.</summary>
    [Id(3)]
    public string? ResumedBecause { get; set; }
}
