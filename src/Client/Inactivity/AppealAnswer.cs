using System.Text.Json.Serialization;
using Stk.Client.Approvals;

namespace Stk.Client.Inactivity;

/// <summary>What became of an operator's decision on an appeal. A closed set: nothing outside can add a case.</summary>
[JsonConverter(typeof(AppealAnswerJson))]
public abstract record AppealAnswer
{
    private AppealAnswer() { }

    /// <summary>It is decided.</summary>
    public sealed record Done(Appeal Appeal) : AppealAnswer;

    /// <summary>It is above what one signature may give: it waits for a second operator, and nothing has moved.</summary>
    public sealed record Waiting(Approval Approval) : AppealAnswer;
}
