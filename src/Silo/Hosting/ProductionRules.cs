using Stk.Hosting;
using Stk.Hosting.Certificates;
using Stk.Ledger.Signing;
using Stk.Silo.Callers;
using Stk.Storage;

namespace Stk.Silo.Hosting;

/// <summary>What a silo refuses to start with.</summary>
internal static class ProductionRules
{
    private const string SigningKeySetting = $"{SigningOptions.Section}:{nameof(SigningOptions.SigningKey)}";

    private const string WebhookSection = "Stk:Notices:Webhooks";

    private const string NodesSection = "Solana:Nodes";

    private static readonly string[] Bounds = ["FloatMax", "DailyCap", "PayoutMax", "LamportsFloor"];

    /// <exception cref="RefusedToStartException">A rule is broken.</exception>
    public static void Check(IConfiguration configuration, IHostEnvironment environment)
    {
        if (string.IsNullOrWhiteSpace(configuration.GetConnectionString("Stk")))
        {
            throw new RefusedToStartException(
                "ConnectionStrings:Stk is not set: a silo needs a PostgreSQL database.");
        }

        if (!environment.IsDevelopment() && !string.IsNullOrEmpty(configuration[FaultPoints.Variable]))
        {
            throw new RefusedToStartException($"{FaultPoints.Variable} is set: faults are made in Development alone.");
        }

        if (!environment.IsDevelopment())
        {
            RequireInternet(configuration);
        }

        CertificateFiles.Require(configuration, environment.IsDevelopment());
        CallersRegistration.Require(configuration, environment);
        if (!environment.IsProduction())
        {
            return;
        }

        if (configuration["Stk:Clock"] == "manual")
        {
            throw new RefusedToStartException(
                "Stk:Clock is manual: in Production the economy runs by the host's clock alone.");
        }

        if (string.IsNullOrWhiteSpace(configuration["Stk:Genesis"]))
        {
            throw new RefusedToStartException(
                "Stk:Genesis is not set: in Production the economy's beginning is given, never taken from an event.");
        }

        if (string.IsNullOrWhiteSpace(configuration[SigningKeySetting]))
        {
            throw new RefusedToStartException(
                $"{SigningKeySetting} is not set: in Production every commit is signed with a key that is kept.");
        }

        if (configuration.GetSection(NodesSection).GetChildren().Any())
        {
            RequireBounds(configuration);
        }
    }

    // Where STK leave for the chain there is a limit to what a mistake can cost.
    private static void RequireBounds(IConfiguration configuration)
    {
        if (configuration.GetSection(NodesSection).GetChildren().Count() < 2)
        {
            throw new RefusedToStartException(
                $"{NodesSection} names one node: in Production one node's word proves nothing.");
        }

        foreach (var name in Bounds)
        {
            if (string.IsNullOrWhiteSpace(configuration[$"Stk:Settlement:{name}"]))
            {
                throw new RefusedToStartException(
                    $"Stk:Settlement:{name} is not set: in Production what leaves for the chain is bounded.");
            }
        }
    }

    // A webhook's address is a participant's word: outside Development it leads to the internet or nowhere.
    private static void RequireInternet(IConfiguration configuration)
    {
        if (configuration.GetSection($"{WebhookSection}:Allow").GetChildren().Any()
            || !string.IsNullOrEmpty(configuration[$"{WebhookSection}:TrustedAuthority"]))
        {
            throw new RefusedToStartException(
                $"{WebhookSection} allows networks or an authority of one's own: webhooks reach only the internet, and only in "
                + "Development anything beside it.");
        }
    }
}
