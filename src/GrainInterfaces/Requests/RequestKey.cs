namespace Stk.GrainInterfaces.Requests;

/// <summary>What makes a second copy of a request the same request. DESIGN section 10.</summary>
/// <param name="Id">
/// UUIDv5 of subject, method and path, Idempotency-Key; also the ledger transaction's id, where there is one.
/// </param>
/// <param name="Fingerprint">SHA-256 of the body's bytes: the same id with another is refused.</param>
[GenerateSerializer, Immutable, Alias("stk.request-key")]
public sealed record RequestKey([property: Id(0)] Guid Id, [property: Id(1)] byte[] Fingerprint);
