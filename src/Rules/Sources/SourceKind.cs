using System.Diagnostics;

namespace Stk.Rules.Sources;

/// <summary>Whose form a source's deliveries have. Stored: never renumber.</summary>
public enum SourceKind
{
    /// <summary>Sends events in our own form, with a token.</summary>
    Push = 0,

    PostHog = 1,

    Discourse = 2,

    /// <summary>The platform, by the contract that we ask of it.</summary>
    Aisystant = 3,
}

public static class SourceKinds
{
    public static string WireName(this SourceKind kind) => kind switch
    {
        SourceKind.Push => "push",
        SourceKind.PostHog => "posthog",
        SourceKind.Discourse => "discourse",
        SourceKind.Aisystant => "aisystant",
        _ => throw new UnreachableException(),
    };

    public static SourceKind? OfWireName(string name) => name switch
    {
        "push" => SourceKind.Push,
        "posthog" => SourceKind.PostHog,
        "discourse" => SourceKind.Discourse,
        "aisystant" => SourceKind.Aisystant,
        _ => null,
    };
}
