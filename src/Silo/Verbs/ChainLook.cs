using System.Globalization;
using Npgsql;
using Stk.Grains.Wallets;
using Stk.Solana.Rpc;
using Stk.Verification.Chain;

namespace Stk.Silo.Verbs;

/// <summary>What <c>verify --chain</c> adds: the nodes are asked for all that has happened to our token accounts.</summary>
internal static class ChainLook
{
    /// <summary>Whether a node at least shows all, and none shows otherwise.</summary>
    public static async Task<bool> Run(
        NpgsqlDataSource database, IConfiguration configuration, CancellationToken cancellation)
    {
        if (configuration.GetSection(WalletOptions.Section).Get<WalletOptions>()?.Addresses is not { } ours
            || !configuration.GetSection($"{SolanaOptions.Section}:Nodes").Exists())
        {
            Console.Error.WriteLine(
                $"--chain needs the nodes ({SolanaOptions.Section}:Nodes) and STK's four addresses ({WalletOptions.Section}).");
            return false;
        }

        var services = new ServiceCollection();
        services.AddSingleton(configuration);
        services.AddLogging();
        services.AddSolana();
        await using var provider = services.BuildServiceProvider();
        var nodes = provider.GetRequiredService<ISolanaNodes>().All;
        var findings = await new ChainCheck(database, nodes, ours).Run(cancellation).ToListAsync(cancellation);
        foreach (var finding in findings)
        {
            Console.WriteLine(Line(finding));
            foreach (var mismatch in finding.Mismatches)
            {
                Console.WriteLine($"     {mismatch}");
            }
        }

        if (findings.All(finding => finding.Trouble is not null))
        {
            Console.Error.WriteLine("No node shows all that has happened to our token accounts.");
            return false;
        }

        if (findings.Find(finding => !finding.Mismatches.IsEmpty) is { } broken)
        {
            Console.Error.WriteLine($"The chain is not the ledger. First, by node {broken.Node}: {broken.Mismatches[0]}");
            return false;
        }

        return true;
    }

    private static string Line(ChainFinding finding) => finding switch
    {
        { Trouble: { } trouble } => $"node {finding.Node} says nothing: {trouble}",
        { Mismatches.IsEmpty: true } => string.Create(
            CultureInfo.InvariantCulture,
            $"The chain is the ledger, by node {finding.Node}: {finding.Transactions} transactions, {finding.Persons} persons."),
        _ => $"The chain is not the ledger, by node {finding.Node}:",
    };
}
