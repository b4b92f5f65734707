using System.Collections.Immutable;
using Stk.SignerCalls.Answers;
using Stk.Solana.Keys;
using Stk.Solana.Messages;

namespace Stk.Signer.Judging;

/// <summary>What the rules say to a question. A closed set: nothing outside can add a case.</summary>
internal abstract record Judgement
{
    private Judgement()
    {
    }

    public sealed record Refuse(Objection Objection) : Judgement;

    /// <summary>It was signed before: the same bytes again.</summary>
    public sealed record Repeat(SignedAct Act) : Judgement;

    /// <summary>It may be signed once these acts, by their last signatures, are proved dead.</summary>
    public sealed record Prove(ImmutableArray<SignedAct> Last) : Judgement;

    /// <summary>It may be signed.</summary>
    /// <param name="ToMessage">The signer's own, for a lifetime.</param>
    public sealed record Sign(
        Func<Blockhash, Message> ToMessage, ImmutableArray<SignedPayout> Payouts, string? Memo) : Judgement;
}
