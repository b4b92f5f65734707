using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Stk.Solana.Rpc;

namespace Stk.Solana.Tests.Rpc;

public class SolanaOptionsTests
{
    [Theory]
    [InlineData("Nodes")]
    [InlineData("Url", "Solana:Nodes:0:Name=alpha")]
    [InlineData("Url", "Solana:Nodes:0:Name=alpha", "Solana:Nodes:0:Url=ftp://127.0.0.1")]
    [InlineData("Url", "Solana:Nodes:0:Name=alpha", "Solana:Nodes:0:Url=alpha")]
    [InlineData("Name", "Solana:Nodes:0:Url=http://127.0.0.1")]
    [InlineData("a name twice", "Solana:Nodes:0:Name=a", "Solana:Nodes:0:Url=http://127.0.0.1", "Solana:Nodes:1:Name=a", "Solana:Nodes:1:Url=http://127.0.0.2")]
    [InlineData("AttemptTimeoutMs", "Solana:Nodes:0:Name=a", "Solana:Nodes:0:Url=http://127.0.0.1", "Solana:AttemptTimeoutMs=0")]
    [InlineData("TotalTimeoutMs", "Solana:Nodes:0:Name=a", "Solana:Nodes:0:Url=http://127.0.0.1", "Solana:TotalTimeoutMs=500")]
    public void A_configuration_that_cannot_work_is_refused_by_name(string named, params string[] settings)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Nodes(settings));
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_are_in_the_order_of_the_configuration_and_known_by_name()
    {
        var nodes = Nodes(
            "Solana:Nodes:0:Name=alpha", "Solana:Nodes:0:Url=http://127.0.0.1:1",
            "Solana:Nodes:1:Name=beta", "Solana:Nodes:1:Url=https://127.0.0.1:2");
        Assert.Equal(["alpha", "beta"], nodes.All.Select(node => node.Node));
        Assert.Equal("beta", nodes.Named("beta").Node);
        Assert.Throws<KeyNotFoundException>(() => nodes.Named("gamma"));
    }

    [Fact]
    public async Task A_node_that_is_not_there_is_unreachable_and_its_address_is_not_told()
    {
        var nodes = Nodes(
            "Solana:Nodes:0:Name=alpha", "Solana:Nodes:0:Url=http://127.0.0.1:9/secret-key", "Solana:Retries=1",
            "Solana:RetryDelayMs=1");
        var error = (await nodes.All[0].GetHealth(default)).Error;
        Assert.IsType<RpcError.Unreachable>(error);
        Assert.DoesNotContain("secret-key", error.ToString(), StringComparison.Ordinal);
    }

    private static ISolanaNodes Nodes(params string[] settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2))
                .Select(parts => KeyValuePair.Create(parts[0], (string?)parts[1])))
            .Build())
        .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
        .AddSolana()
        .BuildServiceProvider()
        .GetRequiredService<ISolanaNodes>();
}
