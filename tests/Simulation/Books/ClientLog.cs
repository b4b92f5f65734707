using Stk.Ledger.Machine;

namespace Stk.Simulation.Books;

/// <summary>
/// What a client knows of one sending of a transaction. Written down before it is sent and after the answer.
/// </summary>
internal sealed class Sending(Transaction transaction, int sentAt)
{
    public Transaction Transaction => transaction;

    /// <summary>Unit: steps of the scheduler, as the next.</summary>
    public int SentAt => sentAt;

    public int AnsweredAt { get; private set; } = int.MaxValue;

    public Answer Answer { get; private set; } = Answer.None;

    public PostResult? Result { get; private set; }

    public string? Error { get; private set; }

    public void Answered(PostResult result, int at)
    {
        (Result, AnsweredAt) = (result, at);
        Answer = result.Objection is null ? Answer.Accepted : Answer.Refused;
    }

    public void Failed(Answer answer, int at, string? error = null) => (Answer, AnsweredAt, Error) = (answer, at, error);
}

internal enum Answer
{
    /// <summary>None yet, or none ever: its silo died.</summary>
    None,

    Accepted,
    Refused,

    /// <summary>Nothing was sent, or nothing committed: sure of it.</summary>
    NothingDone,

    /// <summary>Committed or not.</summary>
    Unknown,

    /// <summary>What it was planned on no longer held: nothing committed.</summary>
    Conflict,

    /// <summary>An error that nobody is to see.</summary>
    Fault,
}
