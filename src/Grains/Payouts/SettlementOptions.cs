using System.ComponentModel.DataAnnotations;
using Stk.GrainInterfaces.Settling;
using Stk.Rules.Money;

namespace Stk.Grains.Payouts;

/// <summary>How a silo settles. Where STK is on chain is in <see cref="Wallets.WalletOptions"/>, of the same section.</summary>
public sealed class SettlementOptions : IValidatableObject
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

    /// <summary>The most that the float is filled up to; null: no bound. Unit: STK.</summary>
    public string? FloatMax { get; set; }

    /// <summary>The most that leaves on a day, in UTC; null: no bound. The signer has its own. Unit: STK.</summary>
    public string? DailyCap { get; set; }

    /// <summary>The most of one payout; null: no bound. The signer has its own. Unit: STK.</summary>
    public string? PayoutMax { get; set; }

    /// <summary>Below it nothing more is gathered; null: no floor. Unit: lamports.</summary>
    [Range(0, long.MaxValue)]
    public long? LamportsFloor { get; set; }

    /// <summary>For how long an act may be uncertain before the log says so.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan UncertainAlarm { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>As amounts.</summary>
    public SettlementCaps Caps => new(Of(FloatMax), Of(DailyCap), Of(PayoutMax), LamportsFloor);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Name, string? Stk)[] amounts =
            [(nameof(FloatMax), FloatMax), (nameof(DailyCap), DailyCap), (nameof(PayoutMax), PayoutMax)];
        foreach (var (name, stk) in amounts)
        {
            if (stk is not null && !(Amount.TryParse(stk, out var amount) && !amount.IsNegative))
            {
                yield return new($"{Section}:{name} is no amount of STK.", [name]);
            }
        }
    }

    private static Amount? Of(string? stk) => stk is not null && Amount.TryParse(stk, out var amount) ? amount : null;
}
