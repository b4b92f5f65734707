using System.ComponentModel.DataAnnotations;

namespace Stk.Solana.Rpc;

/// <summary>The nodes and our patience with them.</summary>
public sealed class SolanaOptions : IValidatableObject
{
    public const string Section = "Solana";

    /// <summary>At least one; settlement proves an expiry on two that do not share an operator.</summary>
    [MinLength(1)]
    public IList<SolanaNodeOptions> Nodes { get; } = [];

    /// <summary>For one try. Unit: ms.</summary>
    [Range(100, 60_000)]
    public int AttemptTimeoutMs { get; set; } = 10_000;

    /// <summary>For all tries of one question. Unit: ms.</summary>
    [Range(100, 300_000)]
    public int TotalTimeoutMs { get; set; } = 30_000;

    /// <summary>Tries after the first. Unit: tries.</summary>
    [Range(1, 10)]
    public int Retries { get; set; } = 3;

    /// <summary>Before the first repeat; it doubles, with some chance in it. Unit: ms.</summary>
    [Range(1, 10_000)]
    public int RetryDelayMs { get; set; } = 250;

    /// <summary>A node that asks for more patience than this is not asked again; the caller hears of it. Unit: ms.</summary>
    [Range(0, 60_000)]
    public int LongestRetryAfterMs { get; set; } = 5_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var place = 0; place < Nodes.Count; place++)
        {
            if (Nodes[place].Name.Length == 0)
            {
                yield return new($"{Section}:Nodes:{place}:Name is empty.", [nameof(Nodes)]);
            }

            if (Nodes[place].Url is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            {
                yield return new($"{Section}:Nodes:{place}:Url is no http(s) address.", [nameof(Nodes)]);
            }
        }

        if (Nodes.Select(node => node.Name).Distinct(StringComparer.Ordinal).Count() < Nodes.Count)
        {
            yield return new($"{Section}:Nodes has a name twice.", [nameof(Nodes)]);
        }

        if (TotalTimeoutMs < AttemptTimeoutMs)
        {
            yield return new($"{Section}:TotalTimeoutMs is below AttemptTimeoutMs.", [nameof(TotalTimeoutMs)]);
        }
    }
}
