using System.ComponentModel.DataAnnotations;

namespace Stk.ApiHost.Activity;

internal sealed class EventIntakeOptions
{
    public const string Section = "Stk:Intake";

    /// <summary>Participants of one request that are asked at the same time. Unit: grain calls.</summary>
    [Range(1, 10_000)]
    public int Concurrency { get; set; } = 256;
}
