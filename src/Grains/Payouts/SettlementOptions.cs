using System.ComponentModel.DataAnnotations;

namespace Stk.Grains.Payouts;

/// <summary>How a silo settles. Where STK is on chain is in <see cref="Wallets.WalletOptions"/>, of the same section.</summary>
public sealed class SettlementOptions
{
    public const string Section = "Stk:Settlement";

    /// <summary>The path of the signer's socket; null where this silo has none: then it does not settle.</summary>
    public string? Signer { get; set; }

    /// <summary>Most batches that are not final. 8 would need three hours for 100,000 payouts. Unit: batches.</summary>
    [Range(1, 1_024)]
    public int BatchesInFlight { get; set; } = 64;

    /// <summary>For being early. Unit: micro-lamports a compute unit.</summary>
    [Range(0, 1_000_000)]
    public long UnitPriceMicroLamports { get; set; }

    /// <summary>Beyond the last valid height, before absence is asked about. Unit: blocks.</summary>
    [Range(1, 10_000)]
    public int ExpiryMargin { get; set; } = 32;
}
