using System.Text.Json.Serialization;
using Stk.Client.Approvals;
using Stk.Client.Connections;

namespace Stk.Client.Spending;

/// <summary>What became of asking for a refund. A closed set: nothing outside can add a case.</summary>
[JsonConverter(typeof(RefundAnswerJson))]
public abstract record RefundAnswer
{
    private RefundAnswer() { }

    /// <summary>The price is back.</summary>
    public sealed record Done(Refund Refund) : RefundAnswer, ISequenced
    {
        long ISequenced.Sequence => Refund.Sequence;
    }

    /// <summary>It is above what one signature may give: it waits for a second operator, and nothing has moved.</summary>
    public sealed record Waiting(Approval Approval) : RefundAnswer;
}
