using System.Collections.Immutable;

namespace Stk.Ledger.Machine;

/// <summary>What became of a transaction. A closed set: nothing outside can add a case.</summary>
public abstract record PostResult
{
    private PostResult() { }

    /// <summary>Why nothing has moved; null where it has.</summary>
    public virtual Refusal? Objection => null;

    /// <summary>What was committed, now or when it was first posted; null where nothing has moved.</summary>
    public virtual Receipt? Receipt => null;

    /// <summary>Committed now.</summary>
    public sealed record Accepted(Receipt Committed) : PostResult
    {
        public override Receipt? Receipt => Committed;
    }

    /// <summary>This id with this content was answered before: the same answer, nothing added.</summary>
    public sealed record Repeated(PastAnswer First) : PostResult
    {
        public override Refusal? Objection => First.Refused;

        public override Receipt? Receipt => First.Accepted;
    }

    /// <summary>Nothing has moved, and this id will be refused again.</summary>
    public sealed record Refused(Refusal Reason) : PostResult
    {
        public override Refusal? Objection => Reason;
    }
}

/// <summary>Where an accepted transaction stands in the journal, and what it did.</summary>
/// <param name="Sequence">Of its commit.</param>
/// <param name="Position">Within the commit, from 0.</param>
/// <param name="At">The commit's time.</param>
/// <param name="Lines">In the transaction's order, each with the balance after it.</param>
public sealed record Receipt(long Sequence, int Position, DateTimeOffset At, ImmutableArray<PostedLine> Lines);

/// <summary>The answer that an id was given first: a receipt or a refusal.</summary>
public sealed record PastAnswer(Digest ContentHash, Receipt? Accepted, Refusal? Refused);

/// <summary>Stored and sent: add at the end, never renumber.</summary>
public enum Refusal : short
{
    NotBalanced = 1,

    /// <summary>An account that cannot be: a fund 9, a participant 0.</summary>
    UnknownAccount = 2,

    InsufficientFunds = 3,
    IdUsedWithOtherContent = 4,

    /// <summary>More would be issued than the schedule has by now.</summary>
    BeyondSchedule = 5,

    TooFewPostings = 6,
    ZeroPosting = 7,

    /// <summary>A balance would not fit 64 bits.</summary>
    BalanceTooLarge = 8,
}
