using Stk.Rules.Money;

namespace Stk.Grains.Vesting;

/// <summary>What was decided of a grant, as it is stored and as it is paid out.</summary>
internal sealed record DecidedGrant(StoredGrant Grant, Amount Released, Amount Cancelled);
