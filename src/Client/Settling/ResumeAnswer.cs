using System.Text.Json.Serialization;
using Stk.Client.Approvals;

namespace Stk.Client.Settling;

/// <summary>What became of the word to go on. A closed set: nothing outside can add a case.</summary>
[JsonConverter(typeof(ResumeAnswerJson))]
public abstract record ResumeAnswer
{
    private ResumeAnswer() { }

    /// <summary>Nothing holds payouts any more.</summary>
    public sealed record Done(SteeredSettlement Settlement) : ResumeAnswer;

    /// <summary>It takes two persons: it waits for a second one, and payouts are held.</summary>
    public sealed record Waiting(Approval Approval) : ResumeAnswer;
}
