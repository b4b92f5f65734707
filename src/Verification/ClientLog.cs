using System.Collections.Immutable;
using Stk.Ledger.Machine;
using Stk.Rules.Activity;

namespace Stk.Verification;

/// <summary>What clients wrote down of what they were answered: a harness holds it against the database.</summary>
/// <param name="Operations">One for each answer.</param>
/// <param name="Events">One for each event that was answered and not rejected.</param>
public sealed record ClientLog(ImmutableArray<LoggedOperation> Operations, ImmutableArray<LoggedEvent> Events);

/// <param name="Content">Null where the client does not know it.</param>
public sealed record LoggedOperation(Guid TransactionId, Digest? Content, OperationAnswer Answer);

/// <param name="Source">The ingest token's subject.</param>
/// <param name="Outcome">As answered. <c>Duplicate</c> says that it is there, and no more.</param>
public sealed record LoggedEvent(string Source, Guid Uuid, EventOutcome Outcome);

public enum OperationAnswer
{
    Accepted = 1,

    /// <summary>By a rule: it is kept, and never done.</summary>
    Refused = 2,

    /// <summary>No answer, or one that says nothing: done whole, or not at all.</summary>
    Unknown = 3,
}
