using System.ComponentModel.DataAnnotations;
using Stk.Rules.Money;
using Stk.Settlement.Looks;
using Stk.Solana.Keys;

namespace Stk.Signer.Hosting;

/// <summary>What the signer guards. The silos have settings of the same names; these are its own.</summary>
internal sealed class GuardOptions : IValidatableObject
{
    public const string Section = "Stk:Settlement";

    /// <summary>Base58.</summary>
    [Required]
    public string Mint { get; set; } = "";

    /// <summary>The most of one payout; null: no bound. Unit: STK.</summary>
    public string? PayoutMax { get; set; }

    /// <summary>The most of a day, in UTC; null: no bound. Unit: STK.</summary>
    public string? DailyCap { get; set; }

    /// <summary>Beyond the last valid height, before anything is taken for expired. Unit: blocks.</summary>
    [Range(1, 10_000)]
    public int ExpiryMargin { get; set; } = (int)LookTerms.DefaultExpiryMargin;

    public static ulong? Micro(string? stk) =>
        stk is not null && Amount.TryParse(stk, out var amount) ? checked((ulong)amount.Micro) : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!PublicKey.TryParse(Mint, out _, out var flaw))
        {
            yield return new($"{Section}:Mint is no address: {flaw}.", [nameof(Mint)]);
        }

        foreach (var (name, stk) in ((string, string?)[])[(nameof(PayoutMax), PayoutMax), (nameof(DailyCap), DailyCap)])
        {
            if (stk is not null && !(Amount.TryParse(stk, out var amount) && !amount.IsNegative))
            {
                yield return new($"{Section}:{name} is no amount of STK.", [name]);
            }
        }
    }
}
