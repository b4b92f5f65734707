using System.Collections.Immutable;

namespace Stk.Rules.Sources;

/// <summary>What a source is there for. Stored: never renumber.</summary>
[Flags]
public enum SourceDuties
{
    None = 0,
    Events = 1,
    Entitlements = 2,
    Prices = 4,
    Income = 8,
    Widget = 16,
}

public static class SourceDutyNames
{
    private static readonly ImmutableArray<string> All = ["events", "entitlements", "prices", "income", "widget"];

    public static SourceDuties? OfWireName(string name) => name switch
    {
        "events" => SourceDuties.Events,
        "entitlements" => SourceDuties.Entitlements,
        "prices" => SourceDuties.Prices,
        "income" => SourceDuties.Income,
        "widget" => SourceDuties.Widget,
        _ => null,
    };

    /// <summary>In the order of their values.</summary>
    public static IEnumerable<string> WireNames(SourceDuties duties)
    {
        foreach (var name in All)
        {
            if (OfWireName(name) is { } duty && duties.HasFlag(duty))
            {
                yield return name;
            }
        }
    }
}
