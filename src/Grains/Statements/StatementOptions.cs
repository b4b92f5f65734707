using System.ComponentModel.DataAnnotations;

namespace Stk.Grains.Statements;

/// <summary>How statements are drawn. Section <c>Stk:Statements</c>.</summary>
public sealed class StatementOptions
{
    public const string Section = "Stk:Statements";

    /// <summary>
    /// Most documents that a silo draws at once: what is left of the machine is for balances. 0: half of its processors.
    /// </summary>
    [Range(0, 64)]
    public int DrawingsMax { get; set; }

    /// <summary>Most documents that wait on this silo to be drawn; past it the answer is busy.</summary>
    [Range(0, 10_000)]
    public int WaitingMax { get; set; } = 32;

    /// <summary>
    /// The cabinet's address, to whose page of the week a drawn statement links; without it there is no link. The same
    /// on all silos, or their documents differ.
    /// </summary>
    public Uri? CabinetAddress { get; set; }
}
