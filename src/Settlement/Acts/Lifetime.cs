using Stk.Solana.Keys;

namespace Stk.Settlement.Acts;

/// <summary>How long a signed transaction can land. A closed set: nothing outside can add a case.</summary>
public abstract record Lifetime
{
    private Lifetime()
    {
    }

    /// <summary>What stands in the message: a recent blockhash, or the nonce's value.</summary>
    public abstract Blockhash Value { get; }

    /// <summary>Until a height.</summary>
    /// <param name="LastValidHeight">
    /// The last block that takes this blockhash, from the answer that the blockhash is from. Unit: blocks, not slots.
    /// </param>
    public sealed record Recent(Blockhash Blockhash, ulong LastValidHeight) : Lifetime
    {
        public override Blockhash Value => Blockhash;
    }

    /// <summary>As long as the nonce stands: for those who sign by hand.</summary>
    /// <param name="Account">The nonce account.</param>
    public sealed record DurableNonce(PublicKey Account, Blockhash Nonce) : Lifetime
    {
        public override Blockhash Value => Nonce;
    }
}
