using Stk.Rules.Activity;
using Stk.Simulation.Books;

namespace Stk.Simulation.Vesting;

/// <summary>What a source knows of one sending of evidence.</summary>
internal sealed class SaidOnce(Said said)
{
    public Said Said => said;

    public Answer Answer { get; private set; } = Answer.None;

    public EventOutcome? Outcome { get; private set; }

    public void Answered(EventOutcome outcome) => (Answer, Outcome) = (Answer.Accepted, outcome);

    /// <summary>No answer, or an error: stored or not.</summary>
    public void Failed() => Answer = Answer.Unknown;
}
