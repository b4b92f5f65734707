using Stk.Settlement.Landings;

namespace Stk.Settlement.Looks;

/// <summary>What a look at all nodes comes to. A closed set: nothing outside can add a case.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>For the evidence.</summary>
    public abstract string Sentence { get; }

    /// <summary>It can still land, or is there and not final, or too few have answered.</summary>
    public sealed record Open : Verdict
    {
        public override string Sentence => "Nothing is decided: it can still land, or is not final.";
    }

    /// <summary>Enough nodes show the same, as final, and it has moved what was planned.</summary>
    public sealed record Landed(Landing Landing) : Verdict
    {
        public override string Sentence => $"{Landing.Signature} is final and has moved the plan.";
    }

    /// <summary>Enough nodes show the same failure as final: nothing has moved, and it cannot land again.</summary>
    public sealed record Failed(Landing Landing) : Verdict
    {
        public override string Sentence => $"{Landing.Signature} has failed for ever: {Landing.Failure?.Sentence}.";
    }

    /// <summary>Proved on enough nodes: it has not landed and cannot.</summary>
    public sealed record Expired : Verdict
    {
        public override string Sentence => "It has not landed and cannot land any more.";
    }

    /// <summary>Its time is over or nodes contradict, and nothing is proved.</summary>
    public sealed record Unproved(string Why) : Verdict
    {
        public override string Sentence => $"Nothing is proved: {Why}.";
    }
}
