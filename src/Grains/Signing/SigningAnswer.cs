using System.Collections.Immutable;
using Stk.Settlement.Acts;

namespace Stk.Grains.Signing;

/// <summary>What the signer answers. A closed set: nothing outside can add a case.</summary>
public abstract record SigningAnswer
{
    private SigningAnswer()
    {
    }

    /// <param name="SignedSlot">Final before it was signed.</param>
    /// <param name="Node">Of the signer's nodes, whose blockhash it has; ours may have other names.</param>
    public sealed record Granted(
        ImmutableArray<byte> Bytes, Lifetime Lifetime, ulong SignedSlot, string Node) : SigningAnswer;

    /// <summary>It does not sign this: what follows is by the rule.</summary>
    /// <param name="Payout">The one that it is about; null where it is about all.</param>
    public sealed record Refused(string Rule, string Why, Guid? Payout) : SigningAnswer;

    /// <summary>It cannot be reached, or its own nodes do not answer now.</summary>
    public sealed record NotNow(string Why) : SigningAnswer;
}
