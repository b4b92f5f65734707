using System.Collections.Immutable;
using Stk.Settlement.Landings;
using Stk.Settlement.Proofs;

namespace Stk.Settlement.Looks;

/// <summary>One look at all nodes. In memory only: a new activation looks afresh.</summary>
/// <param name="Number">Of this activation's looks: an answer to an earlier one is not taken for this one's.</param>
/// <param name="Nodes">In the order of the configuration.</param>
/// <param name="Word">What two operators say, where the look is to be held against it; null otherwise.</param>
public sealed record Look(
    int Number, DateTimeOffset BegunAt, ImmutableArray<NodeLook> Nodes, Resolution? Word = null)
{
    public bool IsOver => Nodes.All(node => node.Says is not null);

    /// <summary>The look with those that have not ended taken for silent.</summary>
    public Look CutOff() => this with
    {
        Nodes =
        [
            .. Nodes.Select(node => node.Says is null ? node.FallSilent("it did not answer in time") : node),
        ],
    };

    public Evidence ToEvidence(DateTimeOffset at, string conclusion, string? by = null) =>
        new(at, conclusion, [.. Nodes.Select(node => node.ToEvidence())], by);

    public Verdict Verdict(LookTerms terms)
    {
        var fit = Nodes.Where(node => node.IsFit).ToList();
        if (fit.Find(node => node.Says == NodeSays.Contradiction) is { } contradiction)
        {
            return new Verdict.Unproved($"{contradiction.Node}: {contradiction.Why}");
        }

        var landings = fit.Where(node => node.Says == NodeSays.Landed).Select(node => node.Landing).OfType<Landing>()
            .ToList();
        if (landings.Count > 0)
        {
            return VerdictOf(landings, fit, terms);
        }

        if (fit.Exists(node => node.Says == NodeSays.Seen))
        {
            return new Verdict.Open();
        }

        if (fit.Count(node => node.Says == NodeSays.Absent) >= LookTerms.NodesForExpiry)
        {
            return new Verdict.Expired();
        }

        return fit.Find(node => node.IsLifeOver) is { } over
            ? new Verdict.Unproved($"{over.Node}: {over.Why ?? "too few others prove the same"}")
            : new Verdict.Open();
    }

    private static Verdict VerdictOf(List<Landing> landings, List<NodeLook> fit, LookTerms terms)
    {
        var landing = landings[0];
        if (landings.Exists(other => other != landing))
        {
            return new Verdict.Unproved("nodes show different transactions as final");
        }

        if (fit.Find(node => node.Says == NodeSays.Absent) is { } absent)
        {
            return new Verdict.Unproved($"{absent.Node} proves the absence of what another shows as final");
        }

        if (landings.Count < terms.NodesForLanding)
        {
            return new Verdict.Open();
        }

        return landing switch
        {
            { Failure: not null } => new Verdict.Failed(landing),
            { MovedThePlan: true } => new Verdict.Landed(landing),
            _ => new Verdict.Unproved("it is final, and its changes by token account are not the plan's"),
        };
    }
}
