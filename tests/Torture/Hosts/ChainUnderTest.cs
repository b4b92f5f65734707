using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Stk.Rules.Money;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;
using Stk.Solana.Vaults;
using Stk.Testing;

namespace Stk.Torture.Hosts;

/// <summary>
/// The local chain that <c>./stk torture</c> has started, STK's mint and float on it, and the signer, which is started and
/// killed like the other hosts.
/// </summary>
internal sealed class ChainUnderTest : IAsyncDisposable
{
    /// <summary>Far more than anybody has: payouts that wait for the float are another test's.</summary>
    private static readonly Amount FloatHolds = Amount.OfStk(50_000_000);

    private readonly TortureSettings _settings;
    private readonly ServiceProvider _services;
    private readonly HttpClient _http = new();
    private readonly Uri _control;
    private readonly VaultKeys _keys;
    private readonly Dictionary<string, string> _known;
    private readonly int _port = StablePort.Next();

    private ChainUnderTest(TortureSettings settings, JsonNode chain)
    {
        _settings = settings;
        _control = new(Said(chain, "control"));
        _keys = VaultKeys.ReadOrMake(Path.Combine(settings.Keys, "chain"));
        _known = new(StringComparer.Ordinal)
        {
            ["Stk:Settlement:Mint"] = $"{_keys.Addresses.Mint}",
            ["Stk:Settlement:MintAuthority"] = $"{_keys.Addresses.MintAuthority}",
            ["Stk:Settlement:Vault"] = $"{_keys.Addresses.Vault}",
            ["Stk:Settlement:PayoutFloat"] = $"{_keys.Addresses.PayoutFloat}",
            ["Stk:Settlement:Chain"] = "localnet",
        };
        foreach (var (place, node) in chain["nodes"]!.AsArray().Index())
        {
            _known[$"Solana:Nodes:{place}:Name"] = Said(node!, "name");
            _known[$"Solana:Nodes:{place}:Url"] = Said(node!, "url");
        }

        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(_known.Select(one => new KeyValuePair<string, string?>(one.Key, one.Value))).Build())
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSolana()
            .BuildServiceProvider();
        Signer = new("signer", "signer", "Stk.Signer.dll", settings);
    }

    public HostProcess Signer { get; }

    /// <summary>Further settings of silos, as their environment has them.</summary>
    public IEnumerable<KeyValuePair<string, string>> OfSilos => [.. Environment(_known), new("Stk__Settlement__Signer", Socket)];

    private string Socket => Path.Combine(Home, "socket");

    private string Home => Path.Combine(_settings.Home, "signer");

    private IRpcClient Node => _services.GetRequiredService<ISolanaNodes>().All[0];

    /// <summary>Null where no chain runs: this machine has no Node, or the build to upgrade from pays nothing out.</summary>
    public static async Task<ChainUnderTest?> Begin(TortureSettings settings)
    {
        var file = Path.Combine(settings.Home, "chain", "chain.json");
        if (settings.From is not null || !File.Exists(file))
        {
            return null;
        }

        var chain = new ChainUnderTest(settings, JsonNode.Parse(await File.ReadAllTextAsync(file))!);
        await new VaultSetup(chain.Node, TimeProvider.System).Run(chain._keys, mayAirdrop: true, CancellationToken.None);
        await chain.FillFloat();
        chain.StartSigner("begin");
        await Eventually.True(() => !chain.Signer.IsAlive, "the signer's file is begun");
        return chain;
    }

    /// <summary>Starts the signer where it does not run, wakes it where it stands still, and mends the chain.</summary>
    public async Task Heal()
    {
        if (!Signer.IsAlive)
        {
            StartSigner();
        }

        Signer.Wake();
        await Command(new { command = "heal", reland = 0.5 });
    }

    /// <summary>Sends a command; see the chain's control.mjs.</summary>
    public async Task Command(object command)
    {
        using var answer = await _http.PostAsJsonAsync(_control, command);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What a wallet holds for good; nothing where it has no token account.</summary>
    public async Task<Amount> Held(PublicKey wallet)
    {
        var account = AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(wallet, _keys.Addresses.Mint);
        return (await Node.GetAccountInfo(account, ReadAt.Finalized, CancellationToken.None)).Required() is { } found
            && TokenAccount.TryParse(found.Data.AsSpan()) is { } tokens
                ? new((long)tokens.Amount)
                : default;
    }

    public async ValueTask DisposeAsync()
    {
        await Signer.Kill();
        _keys.Dispose();
        _http.Dispose();
        await _services.DisposeAsync();
    }

    private static string Said(JsonNode node, string member) => node[member]!.GetValue<string>();

    private static IEnumerable<KeyValuePair<string, string>> Environment(Dictionary<string, string> settings) =>
        settings.Select(one => new KeyValuePair<string, string>(
            one.Key.Replace(":", "__", StringComparison.Ordinal), one.Value));

    private void StartSigner(string verb = "") =>
        Signer.Start(
            new Dictionary<string, string>(Environment(_known))
            {
                ["Stk__Signer__Socket"] = Socket,
                ["Stk__Signer__Directory"] = Home,
                ["Stk__Signer__KeyFile"] = Path.Combine(_settings.Keys, "chain", "float.json"),
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}"),
            },
            verb);

    private async Task FillFloat()
    {
        var ours = _keys.Addresses;
        var latest = (await Node.GetLatestBlockHash(ReadAt.Confirmed, CancellationToken.None)).Required();
        var transaction = new TransactionBuilder()
            .SetFeePayer(ours.PayoutFloat)
            .SetRecentBlockHash(latest.Blockhash)
            .AddInstruction(TokenProgram.MintTo(ours.Mint, ours.FloatTokens, (ulong)FloatHolds.Micro, ours.MintAuthority))
            .Build(_keys.PayoutFloat, _keys.MintAuthority);
        (await Node.SendTransaction(transaction, new SendOptions(), CancellationToken.None)).Required();
        await Eventually.True(
            async () => await Node.GetTokenAccountBalance(ours.FloatTokens, ReadAt.Finalized, CancellationToken.None)
                is RpcResult<TokenAmount>.Answered { Value.Amount: > 0 },
            "the float is filled for good");
    }
}
