using Stk.Rules.Money;

namespace Stk.Grains.Vesting;

/// <summary>A grant of a list, with what was decided of it.</summary>
/// <param name="Owner">The participant's id.</param>
/// <param name="Decision">Null while it is open.</param>
internal sealed record ListedGrant(GrantId Id, string Owner, StoredGrant Grant, ListedDecision? Decision);

/// <param name="Day">The day of the run that decided, or the operator's.</param>
internal sealed record ListedDecision(Amount Released, Amount Cancelled, DateOnly Day, DateTimeOffset At);
