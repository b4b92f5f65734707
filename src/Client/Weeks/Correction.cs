using Stk.Client.Connections;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Client.Weeks;

/// <param name="Amount">Signed.</param>
/// <param name="Revision">Of the statement: the first that has it.</param>
public sealed record Correction(
    Guid Id, long Sequence, DateTimeOffset At, WeekId Week, string Participant, Amount Amount, int Revision) : ISequenced;
