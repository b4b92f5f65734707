using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Sources;

/// <summary>What may be wrong with a source. Slugs are for ever: clients decide by them.</summary>
internal static class SourceProblems
{
    public static readonly ProblemType Unknown = new("source-unknown", 403, "Source unknown",
        "The token is good, and operators have made no source of its subject's name. Nothing has been stored.");

    public static readonly ProblemType Paused = new("source-paused", 403, "Source paused",
        "Operators have paused the source. Nothing has been stored: send it again later.");

    public static readonly ProblemType EventTypeNotAllowed = new("event-type-not-allowed", 403, "Event type not allowed",
        "The source may not send events of this type. It has not been stored.")
    {
        NamesFields = true,
    };

    public static readonly ProblemType SignatureInvalid = new("signature-invalid", 401, "Signature invalid",
        "The delivery is not proved to come from the source. For safety, nothing says why. Nothing has been stored.");

    public static readonly ProblemType NotConfigured = new("source-not-configured", 503, "Source not configured",
        "The source's secret is not there yet, or others may read its file. Nothing has been stored: send it again later.");

    public static readonly ProblemType NoFiles = new("source-without-files", 422, "Source without files",
        "Only a source of kind posthog has export files. Nothing has been stored.");

    public static readonly ProblemType NotPulled = new("source-not-pulled", 422, "Source not pulled",
        "The source's settings have no pull: there is nobody to ask. Nothing has changed.");

    public static readonly ProblemType WeekSealed = new("source-week-sealed", 409, "Week of a source sealed",
        "The week is sealed: what is missing of it would be late. Nothing has changed.");

    public static readonly ImmutableArray<ProblemType> All =
    [
        Unknown, Paused, EventTypeNotAllowed, SignatureInvalid, NotConfigured, NoFiles, NotPulled, WeekSealed,
    ];
}
