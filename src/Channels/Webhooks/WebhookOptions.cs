using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Stk.Channels.Webhooks;

/// <summary>Requests to addresses that participants have given.</summary>
public sealed class WebhookOptions : IValidatableObject
{
    public const string Section = "Stk:Notices:Webhooks";

    /// <summary>Networks that are allowed beside the internet, as 127.0.0.0/8. In Development alone.</summary>
    public IList<string> Allow { get; } = [];

    /// <summary>
    /// A file with the certificate of an authority that is trusted beside those of the machine. In Development alone.
    /// </summary>
    public string? TrustedAuthority { get; set; }

    /// <summary>Unit: requests a second.</summary>
    [Range(0.01, 1_000)]
    public double PerSecond { get; set; } = 50;

    /// <summary>Of <see cref="Allow"/>.</summary>
    public ImmutableArray<IPNetwork> Networks => [.. Allow.Select(IPNetwork.Parse)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var network in Allow)
        {
            if (!IPNetwork.TryParse(network, out _))
            {
                yield return new($"{Section}:{nameof(Allow)} must be networks as 127.0.0.0/8, not {network}.");
            }
        }
    }
}
