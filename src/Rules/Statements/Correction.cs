using Stk.Rules.Money;

namespace Stk.Rules.Statements;

/// <summary>What an operator has added to a closed week's reward, or taken from it.</summary>
/// <param name="Revision">Of the statement that first has it: from 2.</param>
/// <param name="Amount">Signed, and not zero.</param>
/// <param name="At">By the economy's clock.</param>
/// <param name="Reason">As an operator wrote it, for the participant to read.</param>
public sealed record Correction(int Revision, Amount Amount, DateTimeOffset At, string Reason);
