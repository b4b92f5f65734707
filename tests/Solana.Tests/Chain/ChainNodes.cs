using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Stk.Solana.Rpc;

namespace Stk.Solana.Tests.Chain;

/// <summary>Our client to some nodes, registered as a host registers it, with a test's patience.</summary>
internal sealed class ChainNodes : IDisposable
{
    private readonly ServiceProvider _services;

    public ChainNodes(IEnumerable<(string Name, Uri Url)> nodes, int attemptTimeoutMs = 60_000, int retries = 2)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Solana:AttemptTimeoutMs"] = attemptTimeoutMs.ToString(CultureInfo.InvariantCulture),
            ["Solana:TotalTimeoutMs"] = "300000",
            ["Solana:Retries"] = retries.ToString(CultureInfo.InvariantCulture),
            ["Solana:RetryDelayMs"] = "1",
        };
        foreach (var (place, (name, url)) in nodes.Index())
        {
            settings[$"Solana:Nodes:{place}:Name"] = name;
            settings[$"Solana:Nodes:{place}:Url"] = url.ToString();
        }

        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSolana()
            .BuildServiceProvider();
        All = _services.GetRequiredService<ISolanaNodes>();
    }

    public ISolanaNodes All { get; }

    /// <summary>The first: up with the chain.</summary>
    public IRpcClient Alpha => All.Named("alpha");

    /// <summary>The second: some slots behind.</summary>
    public IRpcClient Beta => All.Named("beta");

    public void Dispose() => _services.Dispose();
}
