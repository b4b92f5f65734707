using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Stk.Cli.Api;
using Stk.Cli.Endings;
using Stk.Rules.Money;
using Stk.Solana.Keys;
using Stk.Solana.Rpc;
using Stk.Solana.Vaults;

namespace Stk.Cli.Chain;

/// <summary>
/// The verb <c>chain</c>. <c>init</c>, <c>status</c> and <c>tx</c> talk to Solana's nodes, not to the API: they make what
/// settlement stands on, before there is settlement, and show it.
/// </summary>
internal static class ChainCommand
{
    private const decimal LamportsPerSol = 1_000_000_000;

    public static Command Make(TimeProvider time, ApiVerbs verbs)
    {
        var command = new Command("chain", "STK's mint, vault and float on Solana, and acts on chain that pay nobody.")
        {
            Init(time), Status(), Settings(), TransactionVerb.Make(),
        };
        foreach (var verb in ActVerbs.All(verbs))
        {
            command.Add(verb);
        }

        return command;
    }

    /// <summary>Whether a failure's message is all that an operator needs.</summary>
    public static bool IsSentence(Exception exception) =>
        exception is KeyFileException or RpcException or VaultSetupException;

    private static Command Init(TimeProvider time)
    {
        var (keys, nodes) = (Keys(), Nodes());
        var airdrop = new Option<bool>("--airdrop")
        {
            Description = "Ask for lamports where the float has too few: local chains and test networks only.",
        };
        var command = new Command("init", "Makes the mint and the token accounts that are missing, and prints addresses.")
        {
            keys, nodes, airdrop,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var vault = VaultKeys.ReadOrMake(parsed.GetRequiredValue(keys));
            await using var services = Services(parsed.GetRequiredValue(nodes));
            var setup = new VaultSetup(services.GetRequiredService<ISolanaNodes>().All[0], time);
            var isNew = await Run(setup, vault, parsed.GetValue(airdrop), cancellation);
            try
            {
                await Show(parsed.InvocationConfiguration.Output, isNew, vault.Addresses);
            }
            catch (OutputException exception)
            {
                throw new DoneNotShownException(
                    $"Mint {vault.Addresses.Mint}, vault and float stand, and are final",
                    "The same command shows the addresses, and makes nothing twice.", exception);
            }
        });
        return command;
    }

    private static async Task<bool> Run(VaultSetup setup, VaultKeys vault, bool mayAirdrop, CancellationToken cancellation)
    {
        try
        {
            return await setup.Run(vault, mayAirdrop, cancellation);
        }
        catch (OperationCanceledException exception)
        {
            throw new VerbInterruptedException(
                "Interrupted. What was sent to the chain may still land: run it again, it makes only what is missing.", exception);
        }
    }

    private static async Task Show(TextWriter output, bool isNew, VaultAddresses addresses)
    {
        await output.WriteLineAsync(isNew ? "Made, and final." : "All of it stands already.");
        await output.WriteLineAsync($"mint            {addresses.Mint}");
        await output.WriteLineAsync($"mint authority  {addresses.MintAuthority}");
        await output.WriteLineAsync($"vault           {addresses.Vault}");
        await output.WriteLineAsync($"vault tokens    {addresses.VaultTokens}");
        await output.WriteLineAsync($"float           {addresses.PayoutFloat}");
        await output.WriteLineAsync($"float tokens    {addresses.FloatTokens}");
    }

    private static Command Status()
    {
        var (keys, nodes) = (Keys(), Nodes());
        var command = new Command("status", "Prints supply, vault, float, lamports, slots and nodes.") { keys, nodes };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var vault = VaultKeys.Read(parsed.GetRequiredValue(keys));
            await using var services = Services(parsed.GetRequiredValue(nodes));
            var status = await VaultStatus.Read(
                services.GetRequiredService<ISolanaNodes>(), vault.Addresses, cancellation);
            var output = parsed.InvocationConfiguration.Output;
            await output.WriteLineAsync($"mint    {vault.Addresses.Mint}");
            await output.WriteLineAsync($"supply  {Stk(status.Supply)}");
            await output.WriteLineAsync($"vault   {Stk(status.VaultTokens)}");
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"float   {Stk(status.FloatTokens)}, {status.FloatLamports / LamportsPerSol:0.#########} SOL"));
            foreach (var node in status.Nodes)
            {
                await output.WriteLineAsync(node.Slot is null
                    ? $"node    {node.Node}: {node.Trouble}"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"node    {node.Node}: slot {node.Slot}, final {node.FinalizedSlot}, height {node.Height}; {node.Trouble ?? "well"}"));
            }

            return status.Nodes.All(node => node.Trouble is null) && status.Supply is not null ? 0 : 1;
        });
        return command;
    }

    private static Command Settings()
    {
        var (keys, nodes) = (Keys(), Nodes());
        var chain = new Option<string>("--chain")
        {
            Description = "What wallets call the chain.",
            Required = true,
        }.AcceptOnlyFromAmong("mainnet", "testnet", "devnet", "localnet");
        var command = new Command(
            "settings", "Prints what silos are told of the chain, as environment variables; keys that are missing are made.")
        {
            keys, nodes, chain,
        };
        command.SetAction(async (parsed, _) =>
        {
            using var vault = VaultKeys.ReadOrMake(parsed.GetRequiredValue(keys));
            var addresses = vault.Addresses;
            var lines = new StringBuilder();
            foreach (var (place, node) in parsed.GetRequiredValue(nodes).Index())
            {
                var (name, url) = Node(node);
                lines.Append(CultureInfo.InvariantCulture, $"Solana__Nodes__{place}__Name={name}\n");
                lines.Append(CultureInfo.InvariantCulture, $"Solana__Nodes__{place}__Url={url}\n");
            }

            lines.Append(CultureInfo.InvariantCulture, $"Stk__Settlement__Chain={parsed.GetRequiredValue(chain)}\n");
            lines.Append(CultureInfo.InvariantCulture, $"Stk__Settlement__Mint={addresses.Mint}\n");
            lines.Append(CultureInfo.InvariantCulture, $"Stk__Settlement__MintAuthority={addresses.MintAuthority}\n");
            lines.Append(CultureInfo.InvariantCulture, $"Stk__Settlement__Vault={addresses.Vault}\n");
            lines.Append(CultureInfo.InvariantCulture, $"Stk__Settlement__PayoutFloat={addresses.PayoutFloat}\n");
            await parsed.InvocationConfiguration.Output.WriteAsync(lines.ToString());
        });
        return command;
    }

    private static string Stk(ulong? micro) =>
        micro is { } amount ? $"{new Amount(checked((long)amount))} STK" : "not there: chain init makes it";

    private static Option<string> Keys() => new("--keys")
    {
        Description = "The directory of mint.json, mint-authority.json, vault.json and float.json; init makes what is missing.",
        Required = true,
    };

    internal static Option<string[]> Nodes(bool isRequired = true)
    {
        var nodes = new Option<string[]>("--node")
        {
            Description = "A node as name=address, once for each; the first is sent through.",
            Required = isRequired,
            Arity = isRequired ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore,
        };
        nodes.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (Node(token) is not (_, { } url) || url.Scheme is not ("http" or "https"))
                {
                    result.AddError($"--node must be name=address, with http or https, not \"{token.Value}\".");
                }
            }
        });
        return nodes;
    }

    private static (string Name, Uri? Url) Node(Token token) => Node(token.Value);

    private static (string Name, Uri? Url) Node(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } name, var address] && Uri.TryCreate(address, UriKind.Absolute, out var url)
            ? (name, url)
            : ("", null);

    internal static ServiceProvider Services(string[] nodes)
    {
        var settings = new Dictionary<string, string?>();
        foreach (var (place, node) in nodes.Index())
        {
            var (name, url) = Node(node);
            settings[$"{SolanaOptions.Section}:Nodes:{place}:Name"] = name;
            settings[$"{SolanaOptions.Section}:Nodes:{place}:Url"] = url?.ToString();
        }

        return new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            // What fails is said once, as the verb's own sentence.
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSolana()
            .BuildServiceProvider();
    }
}
