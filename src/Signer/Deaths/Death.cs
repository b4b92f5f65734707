using Stk.Settlement.Looks;

namespace Stk.Signer.Deaths;

/// <summary>What became of a signature, as the signer itself sees it. A closed set: nothing outside adds a case.</summary>
internal abstract record Death
{
    private Death()
    {
    }

    /// <summary>Proved, twice in a row: it moved nothing and never will.</summary>
    public sealed record Proved : Death;

    /// <summary>It has moved what was planned: there is nothing more to pay.</summary>
    public sealed record Landed : Death;

    /// <summary>It may still land, or has, or too few nodes say enough.</summary>
    public sealed record NotProved(string Why) : Death;

    /// <summary>From two whole looks, the second begun when the first was over.</summary>
    public static Death Of(Verdict first, Verdict second) => (first, second) switch
    {
        (Verdict.Landed, _) or (_, Verdict.Landed) => new Landed(),
        (Verdict.Expired, Verdict.Expired) => new Proved(),
        // On chain, and its transaction failed whole: the same signature cannot land again.
        (Verdict.Failed one, Verdict.Failed other) when one.Landing == other.Landing => new Proved(),
        (Verdict.Expired or Verdict.Failed, _) => new NotProved(second.Sentence),
        _ => new NotProved(first.Sentence),
    };
}
