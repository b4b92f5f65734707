using System.ComponentModel.DataAnnotations;

namespace Stk.Grains.Approvals;

/// <summary>What no operator writes about operators. Section <c>Stk:Operators</c>.</summary>
public sealed class SignatureOptions
{
    public const string Section = "Stk:Operators";

    /// <summary>
    /// The most that a rule book can let one signature give in seven days; a rule book may say less. Unit: STK.
    /// </summary>
    [Range(0, 9_000_000_000)]
    public long SignatureCeiling { get; set; } = 100_000;
}
