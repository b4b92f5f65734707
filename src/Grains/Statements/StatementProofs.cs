using Stk.Grains.Participants;
using Stk.Grains.Payouts;
using Stk.Grains.Weeks;
using Stk.Reports.Statements;
using Stk.Rules.Weeks;

namespace Stk.Grains.Statements;

/// <summary>What shows that a statement, as it was first, is one of those that its week's root stands for.</summary>
internal sealed class StatementProofs(
    ParticipantTable participants, StatementTable statements, AnchorTable anchors, WeekMemos memos)
{
    /// <returns>
    /// Null where nobody has this id, where the week gave no statement, and where it was reported before roots were kept, or
    /// is not reported yet.
    /// </returns>
    public async Task<byte[]?> Read(string id, WeekId week, CancellationToken cancellation)
    {
        if (await participants.ReadPlace(id, cancellation) is not { } place
            || await anchors.Find(week, place.Number, cancellation) is not { } leaf
            || await statements.ReadDocument(place.Number, week, cancellation) is not { } document)
        {
            return null;
        }

        var landed = await memos.FindLanded(week, cancellation);
        return StatementProofJson.Write(
            StatementJson.Show(document, id), leaf.Salt, leaf.Path, leaf.Root, landed?.Signature.ToString(), landed?.Slot);
    }
}
