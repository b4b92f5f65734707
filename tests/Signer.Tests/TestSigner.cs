using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stk.Signer.Hosting;
using Stk.SignerCalls;
using Stk.SignerCalls.Answers;
using Stk.SignerCalls.Asks;
using Stk.Solana.Rpc;
using Stk.Testing;

namespace Stk.Signer.Tests;

/// <summary>A signer that runs, put together as the process is, over nodes and a clock of the test.</summary>
internal sealed class TestSigner : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly SignerClient _client;

    private TestSigner(IHost host, TestHome home)
    {
        _host = host;
        _client = new(home.SocketPath, HangLimit.Step, TimeProvider.System);
        Socket = host.Services.GetRequiredService<SignerSocket>();
    }

    public SignerSocket Socket { get; }

    public static async Task<TestSigner> Start(
        TestHome home,
        TestNodes nodes,
        TestTime time,
        string environment = "Development",
        string? payoutMax = null,
        string? dailyCap = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Stk:Signer:Socket"] = home.SocketPath,
            ["Stk:Signer:Directory"] = home.Path,
            ["Stk:Signer:KeyFile"] = home.KeyPath,
            ["Stk:Settlement:Mint"] = TestBatch.Mint.ToString(),
            ["Stk:Settlement:PayoutMax"] = payoutMax,
            ["Stk:Settlement:DailyCap"] = dailyCap,
            // The test's own nodes stand in their place.
            ["Solana:Nodes:0:Name"] = "alpha",
            ["Solana:Nodes:0:Url"] = "http://127.0.0.1:9/alpha",
            ["Solana:Nodes:1:Name"] = "beta",
            ["Solana:Nodes:1:Url"] = "http://127.0.0.1:9/beta",
        });
        StartRules.Check(builder.Configuration, builder.Environment);
        builder.Services.AddSigner();
        builder.Services.AddSingleton<ISolanaNodes>(nodes);
        builder.Services.AddSingleton<TimeProvider>(time);
        var host = builder.Build();
        try
        {
            await host.StartAsync();
            return new(host, home);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public Task<SignerAnswer> Ask(SignerAsk ask) => _client.Ask(ask, CancellationToken.None);

    /// <summary>Asks for what must be refused, and gives the rule's name.</summary>
    public async Task<string> Refusal(SignerAsk ask) => Assert.IsType<SignerAnswer.Refused>(await Ask(ask)).Rule;

    /// <summary>Asks for what must be signed.</summary>
    public async Task<SignerAnswer.Granted> Granted(SignerAsk ask)
    {
        var answer = await Ask(ask);
        Assert.True(answer is SignerAnswer.Granted, $"{answer}");
        return (SignerAnswer.Granted)answer;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
