using Stk.Ledger.Machine;
using Stk.Storage;

namespace Stk.Simulation.Books;

/// <summary>
/// What somebody begins at a moment of a ledger's history. Independent of the others, so that one can be left out.
/// </summary>
internal abstract record LedgerStep(int AtMs)
{
    /// <param name="Retries">How often it is posted again, with the same id, where the answer is no answer.</param>
    /// <param name="CancelAfterMs">When the caller gives up; null where it waits.</param>
    public sealed record Post(
        int AtMs, int Writer, Transaction Transaction, CommitPriority Priority, int Retries, int? CancelAfterMs, long Dice)
        : LedgerStep(AtMs);

    /// <summary>The process dies, and another takes its place.</summary>
    public sealed record Crash(int AtMs, int Writer) : LedgerStep(AtMs);

    /// <summary>A run of the week, on this writer: reserve, pay, return.</summary>
    public sealed record Week(int AtMs, int Writer, long Dice) : LedgerStep(AtMs);
}
