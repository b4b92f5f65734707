using System.Text.Json.Serialization;

namespace Stk.Grains.Emission;

/// <summary>How far emission has come. A hint: the ledger refuses to emit a day twice.</summary>
[GenerateSerializer, Alias("stk.emission-state")]
internal sealed class EmissionState : IStoredState
{
    /// <summary>The last day emitted, by <see cref="DateOnly.DayNumber"/>; null before the first.</summary>
    [Id(0), JsonPropertyName("LastDayNumber")]
    public int? LastDayNumber { get; set; }

    /// <summary>
    /// Refusals of the day after that one. A refused id is refused for good, so each attempt has its own; no two of them
    /// can both be accepted, because the breaker lets a day's emission pass once.
    /// </summary>
    [Id(1), JsonPropertyName("Refusals")]
    public int Refusals { get; set; }

    /// <inheritdoc/>
    [Id(2), JsonIgnore]
    public string? OfOtherBuilds { get; set; }
}
