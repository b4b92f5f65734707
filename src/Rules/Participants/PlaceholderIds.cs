using System.Collections.Frozen;

namespace Stk.Rules.Participants;

/// <summary>
/// What programs write where they have no id: a variable that was never set, a value turned into text, the name of the
/// member itself. All who are sent under one of them would be one participant, who earns for all.
/// </summary>
/// <remarks>Most are what PostHog refuses to identify a person by.</remarks>
public static class PlaceholderIds
{
    /// <summary>The rule as an answer names it.</summary>
    public const string Rule = "placeholder";

    private static readonly FrozenSet<string> All = new[]
    {
        "undefined", "null", "none", "nan", "true", "false", "0", "[object Object]", "anonymous", "guest", "distinct_id", "id",
        "email", "not_authenticated",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether events register nobody under this id. An operator may, by hand.</summary>
    public static bool Contains(string id) => All.Contains(id);
}
