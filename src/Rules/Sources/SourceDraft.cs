using System.Collections.Immutable;

namespace Stk.Rules.Sources;

/// <summary>A source's settings as an operator writes them: what is not said is null and has its default.</summary>
public sealed record SourceDraft
{
    /// <summary>push, posthog, discourse or aisystant.</summary>
    public string? Kind { get; init; }

    /// <summary>Base address: https, or http on loopback.</summary>
    public string? Address { get; init; }

    /// <summary>PostHog's number of the project.</summary>
    public long? Project { get; init; }

    public string? Namespace { get; init; }

    /// <summary>Null: all types.</summary>
    public ImmutableArray<string?>? Types { get; init; }

    public ImmutableArray<string?>? Duties { get; init; }

    public bool? MayLevel { get; init; }

    public bool? MayRegister { get; init; }

    /// <summary>1 to 8,784.</summary>
    public int? HeldAfterHours { get; init; }

    /// <summary>Unit: points a UTC day.</summary>
    public long? BudgetPerDay { get; init; }

    public PullDraft? Pull { get; init; }

    public ImmutableDictionary<string, string?>? Map { get; init; }

    /// <summary>Discourse's numbers of the categories that give nothing.</summary>
    public ImmutableArray<long>? LeaveOutCategories { get; init; }

    public bool? Active { get; init; }
}
