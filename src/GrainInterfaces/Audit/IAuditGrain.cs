using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Participants;

namespace Stk.GrainInterfaces.Audit;

/// <summary>What operators have done: append-only, chained by hash as the journal. Key: 0. Read only.</summary>
[Alias("stk.audit")]
public interface IAuditGrain : IGrainWithIntegerKey
{
    /// <summary>Newest first.</summary>
    [Alias("entries"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<AuditPage> GetEntries(PageRequest request, CancellationToken cancellation);
}

/// <param name="Action">What was done, <c>service.admit</c>.</param>
/// <param name="Subject">To what: a participant's id, a service, a week.</param>
/// <param name="Before">JSON; null where there was nothing.</param>
/// <param name="After">JSON.</param>
/// <param name="Hash">SHA-256 of this entry and the hash before it, in hex.</param>
[GenerateSerializer, Immutable, Alias("stk.audit-entry")]
public sealed record AuditEntryView(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string By,
    [property: Id(3)] string Action,
    [property: Id(4)] string Subject,
    [property: Id(5)] string? Before,
    [property: Id(6)] string After,
    [property: Id(7)] string? Reason,
    [property: Id(8)] string Hash);

[GenerateSerializer, Immutable, Alias("stk.audit-page")]
public sealed record AuditPage(
    [property: Id(0)] ImmutableArray<AuditEntryView> Entries,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);
