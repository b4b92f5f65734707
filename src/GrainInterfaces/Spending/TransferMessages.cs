using Stk.GrainInterfaces.Requests;
using Stk.Rules.Money;

namespace Stk.GrainInterfaces.Spending;

/// <param name="To">The receiver's participant id.</param>
/// <param name="Amount">Above zero; what the receiver gets.</param>
/// <param name="Note">1 to 280 characters as a reader counts them, or null.</param>
[GenerateSerializer, Immutable, Alias("stk.transfer-request")]
public sealed record TransferRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] string To,
    [property: Id(2)] Amount Amount,
    [property: Id(3)] string? Note);

/// <param name="Id">The ledger transaction's.</param>
/// <param name="Sequence">The commit's: a read that names it is never older.</param>
/// <param name="At">The commit's time, by the economy's clock.</param>
/// <param name="Fee">Paid on top of the amount, to the treasury.</param>
[GenerateSerializer, Immutable, Alias("stk.transfer")]
public sealed record TransferView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] long Sequence,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string To,
    [property: Id(4)] Amount Amount,
    [property: Id(5)] Amount Fee,
    [property: Id(6)] string? Note);
