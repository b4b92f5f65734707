using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Services;

/// <summary>What may be wrong with a change of a service. Slugs are for ever: clients decide by them.</summary>
internal static class ServiceProblems
{
    public static readonly ProblemType ServiceChanged = new("service-changed", 412, "Service changed",
        "Another version of the service stands by now than If-Match names. Read it again; nothing has changed.");

    public static readonly ImmutableArray<ProblemType> All =
    [
        ServiceChanged,
    ];
}
