using Stk.Hosting;
using Stk.Solana.Rpc;

namespace Stk.Signer.Hosting;

/// <summary>What a signer refuses to start with, and what the environment decides.</summary>
internal static class StartRules
{
    /// <summary>A stolen session that links a wallet has to stay unseen for so long.</summary>
    private static readonly TimeSpan ProductionWait = TimeSpan.FromHours(48);

    /// <summary>
    /// How long a destination has to be known. Development's clock is manual, and the signer goes by real time: none.
    /// </summary>
    public static TimeSpan Wait(IHostEnvironment environment) =>
        environment.IsDevelopment() ? TimeSpan.Zero : ProductionWait;

    /// <exception cref="RefusedToStartException">A rule is broken.</exception>
    public static void Check(IConfiguration configuration, IHostEnvironment environment)
    {
        if (configuration.GetSection("ConnectionStrings").GetChildren().Any())
        {
            throw new RefusedToStartException("ConnectionStrings is set: the signer is given no database.");
        }

        if (environment.IsDevelopment())
        {
            return;
        }

        foreach (var name in (string[])[nameof(GuardOptions.PayoutMax), nameof(GuardOptions.DailyCap)])
        {
            if (string.IsNullOrWhiteSpace(configuration[$"{GuardOptions.Section}:{name}"]))
            {
                throw new RefusedToStartException(
                    $"{GuardOptions.Section}:{name} is not set: outside Development the signer bounds what it signs.");
            }
        }

        if (configuration.GetSection($"{SolanaOptions.Section}:Nodes").GetChildren().Count() < 2)
        {
            throw new RefusedToStartException(
                $"{SolanaOptions.Section}:Nodes names fewer than two nodes: one node's word proves no expiry.");
        }
    }
}
