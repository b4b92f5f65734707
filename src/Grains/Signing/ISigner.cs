using System.Collections.Immutable;

namespace Stk.Grains.Signing;

/// <summary>
/// Who alone has the float's key: it rebuilds the bytes, judges them, chooses their lifetime and signs. It does not believe
/// whoever asks.
/// </summary>
public interface ISigner
{
    /// <summary>Asked again for the same act and attempt, it answers the same bytes.</summary>
    Task<SigningAnswer> Sign(SigningRequest request, CancellationToken cancellation);

    /// <summary>A week's memo. Asked again for the same act and attempt, it answers the same bytes.</summary>
    Task<SigningAnswer> SignMemo(MemoSigningRequest request, CancellationToken cancellation);

    /// <summary>
    /// Wallets that were linked: the signer's own wait begins when it hears of one first. Telling it twice changes nothing.
    /// </summary>
    /// <returns>Whether it has heard them all.</returns>
    Task<bool> Tell(ImmutableArray<LinkedWallet> linked, CancellationToken cancellation);
}
