using Stk.Rules.Intake;
using Stk.Simulation.Books;

namespace Stk.Simulation.Intakes;

/// <summary>What a source knows of one sending of events.</summary>
internal sealed class SentEvents(IntakeRequest request)
{
    public IntakeRequest Request => request;

    public Answer Answer { get; private set; } = Answer.None;

    public IntakeDecision? Decision { get; private set; }

    public string? Error { get; private set; }

    public void Answered(IntakeDecision decision) => (Decision, Answer) = (decision, Answer.Accepted);

    public void Failed(Answer answer, string? error = null) => (Answer, Error) = (answer, error);
}
