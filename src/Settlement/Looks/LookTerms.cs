namespace Stk.Settlement.Looks;

/// <summary>When a look is believed.</summary>
/// <param name="Genesis">The hash of our chain.</param>
/// <param name="NodesForLanding">
/// How many have to show the same landing: 2, and 1 only where Development has no second node.
/// </param>
/// <param name="ExpiryMargin">Beyond the last valid height, before absence is asked about. Unit: blocks.</param>
/// <param name="Landmark">An older signature of ours; null where none is known, and then nothing is proved absent.</param>
public sealed record LookTerms(
    string Genesis, Landmark? Landmark, int NodesForLanding = 2, ulong ExpiryMargin = LookTerms.DefaultExpiryMargin)
{
    public const ulong DefaultExpiryMargin = 32;

    /// <summary>How many have to prove an absence. It is no setting: one node's "not found" proves nothing.</summary>
    public const int NodesForExpiry = 2;
}
