using System.Collections.Immutable;
using System.Text.Json;
using Stk.Rules.Sources;

namespace Stk.Sources.Tests.Samples;

internal static class Settings
{
    public static SourceSettings Club { get; } = Of(new() { Kind = "discourse", Namespace = "club" });

    public static SourceSettings Platform { get; } = Of(new() { Kind = "aisystant", MayLevel = true });

    public static SourceSettings PostHog { get; } = OfCase(SampleCases.Named("posthog-bare"));

    public static SourceSettings Of(SourceDraft draft) =>
        Assert.IsType<SettingsVerdict.Valid>(SourceSettingsRules.Check("a-source", draft)).Settings;

    /// <summary>The club's ids are its own namespace's, which its cases expect and do not say.</summary>
    public static SourceSettings OfCase(JsonElement item)
    {
        var source = item.GetProperty("source");
        var kind = source.GetProperty("kind").GetString();
        return Of(new()
        {
            Kind = kind,
            Namespace = source.TryGetProperty("namespace", out var said) ? said.GetString()
                : kind == "discourse" ? "club"
                : null,
            Types = source.TryGetProperty("types", out var types)
                ? [.. types.EnumerateArray().Select(type => type.GetString())]
                : null,
            Map = source.TryGetProperty("map", out var map)
                ? map.EnumerateObject().ToImmutableDictionary(entry => entry.Name, entry => entry.Value.GetString())
                : null,
        });
    }
}
