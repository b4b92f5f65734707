using System.Text.Json.Nodes;

namespace Stk.Torture.Operations;

/// <summary>An order that was sent, once or more, and all that was answered for certain.</summary>
internal sealed class SpendingRecord(SpendingOrder order)
{
    private readonly List<SpendingAnswer> _answers = [];

    public SpendingOrder Order => order;

    /// <summary>In the order they came.</summary>
    public IReadOnlyList<SpendingAnswer> Answers
    {
        get
        {
            lock (_answers)
            {
                return [.. _answers];
            }
        }
    }

    /// <summary>The answer that all others must say too. Null while there is none.</summary>
    public SpendingAnswer? Answer
    {
        get
        {
            var answers = Answers;
            // A use that was refused is kept nowhere: there may be a session when its copy comes.
            return order.Act == SpendingAct.Use
                && answers.FirstOrDefault(answer => answer.Refusal is null) is { } done ? done
                : answers.Count > 0 ? answers[0]
                : null;
        }
    }

    /// <summary>Whether the answer is kept, and every copy is given the same.</summary>
    public bool IsKept =>
        Answer is { } answer
        && (answer.Refusal is null || (order.Act != SpendingAct.Use && !IsBeforeMoney && !IsUnconfirmed));

    /// <summary>Whether it was refused before money was looked at: a copy is decided again.</summary>
    public bool IsBeforeMoney => Answer?.Refusal is { } refusal && order.Act switch
    {
        SpendingAct.Transfer => refusal is "self-transfer" or "unknown-participant",
        SpendingAct.Purchase => refusal is "price-changed" or "recipient-unresolved",
        _ => false,
    };

    /// <summary>
    /// Whether it was refused to an operator of an earlier build whom nobody has confirmed yet: it may pass another time.
    /// </summary>
    public bool IsUnconfirmed =>
        Answer?.Refusal == "needs-second-approval" && order is { Act: SpendingAct.Approve, IsOfAnother: true };

    public bool IsDone => Answer is { Refusal: null };

    /// <summary>What was done, as it was answered.</summary>
    public JsonNode View => JsonNode.Parse(Answer!.Text)!; // asked only of what is done

    public void Take(SpendingAnswer answer)
    {
        lock (_answers)
        {
            _answers.Add(answer);
        }
    }
}
