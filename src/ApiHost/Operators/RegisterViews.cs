using System.Collections.Immutable;
using Stk.GrainInterfaces.Operators;

namespace Stk.ApiHost.Operators;

/// <param name="Items">In the order entered, ended ones too.</param>
internal sealed record RegisterView(ImmutableArray<RegisterItem> Items);

/// <param name="Issuer">Who vouches for the subject; stk for tokens of our own.</param>
/// <param name="Role">operator or auditor.</param>
/// <param name="Person">Whoever has the same name here is the same person.</param>
/// <param name="Participant">The person's id as a participant; null where they are none.</param>
/// <param name="InForce">Whether the subject may act now.</param>
/// <param name="Confirmed">
/// False where it was taken over from an earlier build, and nobody else has confirmed it: it approves nothing yet.
/// </param>
/// <param name="EndedAt">When two persons ended it; null where they have not.</param>
internal sealed record RegisterItem(
    string Subject, string Issuer, string Role, string Person, string? Participant, DateTimeOffset Since,
    DateTimeOffset? Until, bool InForce, DateTimeOffset EnteredAt, string EnteredBy, DateTimeOffset? EndedAt,
    string? EndedBy, bool Confirmed)
{
    public static RegisterItem Of(OperatorEntry entry, DateTimeOffset now) => new(
        entry.Subject, entry.Issuer, entry.Role, entry.Person, entry.Participant, entry.Since, entry.Until,
        entry.IsInForce(now), entry.EnteredAt, entry.EnteredBy, entry.EndedAt, entry.EndedBy, entry.IsConfirmed);
}

/// <param name="Subject">The token's: 1 to 200 characters.</param>
/// <param name="Role">operator or auditor.</param>
/// <param name="Person">Who it is: the same name as another entry's is the same person.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="Issuer">Who vouches for the subject; absent for tokens of our own.</param>
/// <param name="Participant">The person's id as a participant; absent where they are none.</param>
/// <param name="Since">Absent: from now on.</param>
/// <param name="Until">Absent: without end.</param>
internal sealed record AddOperatorBody(
    string Subject, string Role, string Person, string Reason, string? Issuer = null, string? Participant = null,
    DateTimeOffset? Since = null, DateTimeOffset? Until = null);

/// <param name="Subject">An operator's who was taken over from an earlier build.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
internal sealed record ConfirmOperatorBody(string Subject, string Reason);

/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="Issuer">Absent for tokens of our own.</param>
internal sealed record EndOperatorBody(string Subject, string Role, string Reason, string? Issuer = null);
