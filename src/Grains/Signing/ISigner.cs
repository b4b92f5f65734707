namespace Stk.Grains.Payouts;

/// <summary>
/// Who alone has the float's key: it rebuilds the bytes, judges them, chooses their lifetime and signs. It does not believe
/// whoever asks.
/// </summary>
public interface ISigner
{
    /// <summary>Asked again for the same act and attempt, it answers the same bytes.</summary>
    Task<SigningAnswer> Sign(SigningRequest request, CancellationToken cancellation);
}
