using Stk.Client.Connections;
using Stk.Rules.Money;

namespace Stk.Client.Balances;

/// <param name="Settling">On its way to the chain.</param>
/// <param name="Sequence">How far the journal was: a read that names it is never older.</param>
public sealed record Balance(Amount Available, Amount Frozen, Amount Settling, Amount Total, long Sequence) : ISequenced;
