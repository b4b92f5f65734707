using System.Collections.Immutable;
using Stk.Rules.RuleBooks;
using Stk.Rules.Sources;

namespace Stk.Sources.PostHog;

/// <summary>What PostHog calls the events that a source may send.</summary>
public static class PostHogNames
{
    /// <summary>In order; null: all, whatever they are called.</summary>
    public static ImmutableSortedSet<string>? Of(SourceSettings settings)
    {
        if (settings.Types is not { } types)
        {
            return null;
        }

        var mapped = settings.Map.Where(entry => settings.MaySend(entry.Value)).Select(entry => entry.Key);
        // A name that the map does not have is the type itself; who may send a type may take it back.
        var own = types.SelectMany(type => (string[])[type, type + ControlEvents.RetractedSuffix])
            .Where(name => !settings.Map.ContainsKey(name));
        return mapped.Concat(own).ToImmutableSortedSet(StringComparer.Ordinal);
    }
}
