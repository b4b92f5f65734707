using System.Collections.Immutable;
using Stk.Grains.Registry;

namespace Stk.Grains.Approvals;

/// <summary>An act that somebody asks for, and that waits for a second person.</summary>
/// <param name="Id">Of the request that asks.</param>
/// <param name="Kind">As <see cref="IApprovalKind.Name"/>.</param>
/// <param name="By">Who asks.</param>
/// <param name="Subject">To what it is done, as the audit log names it: a participant's id, a service, a week.</param>
/// <param name="Act">What exactly is done; serialised.</param>
internal sealed record AskedAct(Guid Id, string Kind, ActingPerson By, string Subject, object Act, string Reason)
{
    /// <summary>Ids of participants who gain by it: none of them can approve.</summary>
    public ImmutableArray<string> GainingParticipants { get; init; } = [];

    /// <summary>Persons who gain by it, by the register.</summary>
    public ImmutableArray<string> GainingPersons { get; init; } = [];
}
