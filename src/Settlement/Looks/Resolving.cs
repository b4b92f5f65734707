using Stk.Settlement.Acts;

namespace Stk.Settlement.Looks;

/// <summary>Operators' word held against a fresh look that has proved nothing by itself. Pure.</summary>
public static class Resolving
{
    /// <summary>Whether a word may stand by a fresh look, whatever that has proved.</summary>
    public static ResolutionReply Judge(Resolution word, Look look, ChainAct act, LookTerms terms) =>
        look.Verdict(terms) switch
        {
            Verdict.Landed landed when word.IsLanded && landed.Landing.Signature == word.Signature =>
                new ResolutionReply.Done(),
            Verdict.Expired when !word.IsLanded => new ResolutionReply.Done(),
            (Verdict.Landed or Verdict.Failed or Verdict.Expired) and var verdict =>
                new ResolutionReply.Contradicted(verdict.Sentence),
            _ => Check(word, look, act),
        };

    /// <summary>Whether the word may stand, where the look has proved nothing by itself.</summary>
    public static ResolutionReply Check(Resolution word, Look look, ChainAct act) => word.IsLanded
        ? CheckLanded(word, look, act)
        : CheckExpired(look);

    private static ResolutionReply CheckLanded(Resolution word, Look look, ChainAct act)
    {
        if (act.Last is not { } last || word.Signature != last.Signature)
        {
            return new ResolutionReply.Contradicted(
                $"{word.Signature} is not the signature of the last attempt, {act.Last?.Signature}.");
        }

        // Absent in full: its life is over, nothing of it is found, and the node is fit to say so.
        var other = look.Nodes.FirstOrDefault(node => node.Says is NodeSays.Absent or NodeSays.NotYet
            || (node.Says == NodeSays.Contradiction)
            || (node.Says == NodeSays.Landed
                && (node.Landing is not { Failure: null, MovedThePlan: true } shown || shown.Signature != last.Signature)));
        if (other is not null)
        {
            return new ResolutionReply.Contradicted(Sentence(other));
        }

        return look.Nodes.Any(node => node.Says is NodeSays.Landed or NodeSays.Unproved)
            ? new ResolutionReply.Done()
            : new ResolutionReply.NotLooked("No node has answered for our chain, or none shows it as final.");
    }

    private static ResolutionReply CheckExpired(Look look)
    {
        if (look.Nodes.FirstOrDefault(node => node.ShowsUs || node.Says == NodeSays.NotYet) is { } other)
        {
            return new ResolutionReply.Contradicted(Sentence(other));
        }

        // Statuses of an earlier moment than the end of its life say nothing of it.
        return look.Nodes.Any(node => node.Says is NodeSays.Absent or NodeSays.Unproved && node.StatusesSlot >= node.Slot)
            ? new ResolutionReply.Done()
            : new ResolutionReply.NotLooked("No node has answered for our chain that its time is over.");
    }

    private static string Sentence(NodeLook node) => node.Says switch
    {
        NodeSays.NotYet => $"{node.Node} says that it can still land.",
        NodeSays.Absent => $"{node.Node} proves that it has not landed and cannot.",
        NodeSays.Seen => $"{node.Node} shows it, and not as final.",
        NodeSays.Landed => $"{node.Node} shows {node.Landing?.Signature} as final: "
            + $"{node.Landing?.Failure?.Sentence ?? "success"}.",
        _ => $"{node.Node}: {node.Why}.",
    };
}
