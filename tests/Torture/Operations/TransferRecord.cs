using Stk.Grains.Torture;
using Stk.Ledger.Machine;

namespace Stk.Torture.Operations;

/// <summary>What a client was told about one sending of a transfer.</summary>
internal enum Told
{
    /// <summary>No answer, or "unknown": it may have happened.</summary>
    Unknown = 0,

    Accepted = 1,

    Refused = 2,

    /// <summary>Busy, or no database: it has not happened by this sending.</summary>
    NotDone = 3,
}

/// <summary>One sending of a transfer. The same id may be sent again, with the same content or another.</summary>
internal sealed record TransferRecord(TransferOrder Order)
{
    public Told Told { get; private set; }

    public Refusal? Refusal { get; private set; }

    public long Sequence { get; private set; }

    public void Take(TransferAnswer answer)
    {
        Told = answer.Refusal is null ? Told.Accepted : Told.Refused;
        Refusal = answer.Refusal;
        Sequence = answer.Sequence;
    }

    public void TakeNotDone() => Told = Told.NotDone;
}
