using System.ComponentModel.DataAnnotations;

namespace Stk.Grains.Economy;

/// <summary>Which clock the economy runs by. Section <c>Stk</c>.</summary>
public sealed class ClockOptions
{
    public const string Section = "Stk";

    /// <summary><c>host</c>, or <c>manual</c> in development: set over REST.</summary>
    [RegularExpression("^(host|manual)$", ErrorMessage = "Stk:Clock must be host or manual")]
    public string Clock { get; set; } = "host";

    /// <summary>When the economy begins, UTC. Required in Production; else the first event's week decides.</summary>
    public DateTimeOffset? Genesis { get; set; }

    public bool IsManual => Clock == "manual";
}
