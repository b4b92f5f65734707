using Stk.Rules.Money;

namespace Stk.Torture.Operations;

/// <summary>Balances as a reader was shown them.</summary>
/// <param name="Asked">The newest commit that the reader had been shown before.</param>
/// <param name="Sequence">The commit that the answer says it has heard of.</param>
internal sealed record Reading(int Reader, string Participant, long Asked, long Sequence, Amount Available, Amount Frozen);
