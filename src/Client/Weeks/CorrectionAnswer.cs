using System.Text.Json.Serialization;
using Stk.Client.Approvals;
using Stk.Client.Connections;

namespace Stk.Client.Weeks;

/// <summary>What became of correcting a week. A closed set: nothing outside can add a case.</summary>
[JsonConverter(typeof(CorrectionAnswerJson))]
public abstract record CorrectionAnswer
{
    private CorrectionAnswer() { }

    /// <summary>It has moved, and the statement has its revision.</summary>
    public sealed record Done(Correction Correction) : CorrectionAnswer, ISequenced
    {
        long ISequenced.Sequence => Correction.Sequence;
    }

    /// <summary>It is above what one signature may give: it waits for a second operator, and nothing has moved.</summary>
    public sealed record Waiting(Approval Approval) : CorrectionAnswer;
}
