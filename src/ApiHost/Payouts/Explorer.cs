namespace Stk.ApiHost.Payouts;

/// <summary>A site that shows transactions of Solana to people: <c>Stk:Settlement:Explorer</c>.</summary>
/// <param name="pattern">An address with <c>{signature}</c> in it; null where there is none.</param>
internal sealed class Explorer(string? pattern)
{
    public const string Setting = "Stk:Settlement:Explorer";

    private const string Place = "{signature}";

    /// <summary>Null where no site is configured.</summary>
    /// <param name="signature">Base58: it needs no escaping.</param>
    public string? LinkTo(string signature) => pattern?.Replace(Place, signature, StringComparison.Ordinal);
}
