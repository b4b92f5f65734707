namespace Stk.GrainInterfaces.Schedules;

/// <summary>The nightly audit of the ledger, by the host's clock. Key: 0.</summary>
[Alias("stk.ledger-audit")]
public interface ILedgerAuditGrain : IGrainWithIntegerKey
{
    /// <summary>Begins the audit that is due, where none runs; harmless at any time. Does not wait for it.</summary>
    [Alias("look"), AlwaysInterleave]
    Task Look();
}
