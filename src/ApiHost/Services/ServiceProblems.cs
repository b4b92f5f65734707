using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Services;

/// <summary>What may be wrong with a change of a service. Slugs are for ever: clients decide by them.</summary>
internal static class ServiceProblems
{
    public static readonly ProblemType ServiceChanged = new("service-changed", 412, "Service changed",
        "Another version of the service stands by now than If-Match names. Read it again; nothing has changed.");

    public static readonly ProblemType TooManyProposals = new("too-many-proposals", 409, "Too many proposals",
        "At most ten proposals of a provider wait for an operator. Change one of them, or wait; nothing has changed.");

    public static readonly ProblemType SeveralProposals = new("several-proposals", 409, "Several proposals",
        "Several providers propose a service under this id. Name one in provider; nothing has changed.");

    public static readonly ProblemType ServiceIdTaken = new("service-id-taken", 409, "Service id taken",
        "The id is another's service by now, and the proposal cannot become public under it. Nothing has changed.");

    public static readonly ImmutableArray<ProblemType> All =
    [
        ServiceChanged, TooManyProposals, SeveralProposals, ServiceIdTaken,
    ];
}
