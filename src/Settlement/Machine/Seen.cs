using System.Collections.Immutable;
using Stk.Settlement.Acts;
using Stk.Settlement.Looks;
using Stk.Settlement.Refusals;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Machine;

/// <summary>What the machine is told. A closed set: nothing outside can add a case.</summary>
public abstract record Seen
{
    private Seen()
    {
    }

    /// <summary>Time has passed, or the act has just been read: what is due now?</summary>
    public sealed record Woken : Seen;

    /// <summary>A trial run of the plan, and a look at its payees.</summary>
    /// <param name="Failure">What the plan would fail by; null where it would succeed.</param>
    /// <param name="Flaws">Payees that <see cref="Plans.PayeeAccounts"/> finds unfit.</param>
    public sealed record TriedOut(TransactionError? Failure, ImmutableArray<ReturnedPayout> Flaws) : Seen;

    /// <summary>The signer has signed.</summary>
    /// <param name="Number">The attempt that it was asked for.</param>
    /// <param name="SignedSlot">Final before it was signed.</param>
    /// <param name="Node">Whose blockhash it has.</param>
    public sealed record GotSigned(
        int Number, ImmutableArray<byte> Bytes, Lifetime Lifetime, ulong SignedSlot, string Node) : Seen;

    /// <summary>The signer does not sign this.</summary>
    /// <param name="Number">The attempt that it was asked for.</param>
    public sealed record Refused(int Number, Remedy Remedy) : Seen;

    /// <summary>A trial run, a signature or a posting could not be had now. It is asked for again.</summary>
    public sealed record NotHad : Seen;

    /// <summary>Something was answered to a sending, or nothing in time.</summary>
    /// <param name="Answer">For the row. Whatever it is, it says nothing of the outcome.</param>
    public sealed record SendAnswered(int Number, string Answer) : Seen;

    /// <summary>A node has answered the open question of a look.</summary>
    /// <param name="Look">The number that the question had.</param>
    public sealed record Answered(int Look, string Node, Answer Answer) : Seen;

    /// <summary>The ledger has the act's settlement.</summary>
    public sealed record Posted : Seen;

    /// <summary>The returns are posted, and the other payouts wait for a new act.</summary>
    public sealed record Released : Seen;

    /// <summary>Two operators say how it has ended.</summary>
    public sealed record Word(Resolution Resolution) : Seen;
}
