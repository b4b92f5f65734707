using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stk.SignerCalls;
using Stk.SignerCalls.Answers;
using Stk.SignerCalls.Asks;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;
using Stk.Solana.Vaults;
using Stk.Testing;
using Stk.Testing.Chain;

namespace Stk.Signer.Tests.Processes;

/// <summary>The signer as a process, on the local chain: what it signs lands, once, whatever is killed.</summary>
public sealed class ProcessTests : IAsyncLifetime
{
    private static readonly AskedPayout Ann = TestBatch.Ann() with { NeedsAccount = true };

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("stk-s");
    private readonly Dictionary<string, string> _settings = [];
    private LocalChain? _chain;
    private ServiceProvider? _services;

    private IRpcClient Node => _services!.GetRequiredService<ISolanaNodes>().All[0]; // after InitializeAsync

    private SignerClient Client => new(_settings["Stk:Signer:Socket"], HangLimit.Call, TimeProvider.System);

    public async Task InitializeAsync()
    {
        var keysFolder = _home.CreateSubdirectory("keys").FullName;
        KeyFile.Write(Path.Combine(keysFolder, "float.json"), TestBatch.FloatSeed);
        KeyFile.Write(Path.Combine(keysFolder, "mint.json"), TestBatch.Seed(2));
        _chain = await LocalChain.Start(slotMs: 20);
        foreach (var (place, node) in _chain.Nodes.Index())
        {
            _settings[$"Solana:Nodes:{place}:Name"] = node.Name;
            _settings[$"Solana:Nodes:{place}:Url"] = node.Url.ToString();
        }

        _settings["Stk:Settlement:Mint"] = TestBatch.Mint.ToString();
        _settings["Stk:Settlement:PayoutMax"] = "100";
        _settings["Stk:Signer:Socket"] = Path.Combine(_home.FullName, "socket");
        _settings["Stk:Signer:Directory"] = _home.FullName;
        _settings["Stk:Signer:KeyFile"] = Path.Combine(keysFolder, "float.json");
        _settings["DOTNET_ENVIRONMENT"] = "Development";
        _settings["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        _services = new ServiceCollection().AddLogging().AddSolana()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(_settings.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value))).Build())
            .BuildServiceProvider();
        using var keys = VaultKeys.ReadOrMake(keysFolder);
        await new VaultSetup(Node, TimeProvider.System).Run(keys, mayAirdrop: true, default);
        await FillFloat(keys);
    }

    public async Task DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        if (_chain is not null)
        {
            await _chain.DisposeAsync();
        }

        _home.Delete(recursive: true);
    }

    [Fact]
    public async Task What_it_signs_lands_once_though_it_is_killed_and_asked_again()
    {
        await Begin();
        byte[] written;
        await using (var first = SignerProcess.Start(_settings))
        {
            written = (await Granted(1)).Transaction;
            var log = await first.Kill();
            Assert.DoesNotContain(Ann.Proof, log, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(written), log, StringComparison.Ordinal);
        }

        await using var second = SignerProcess.Start(_settings);
        var (attempt, transaction) = (1, (await Granted(1)).Transaction);
        Assert.Equal(written, transaction);

        // An attempt may expire before it is sent, on a machine that is slow: then the next is signed, and no sooner.
        await Eventually.True(
            async () =>
            {
                await Node.SendTransaction(Transaction.Parse(transaction), new(), default);
                var answer = await Client.Ask(TestBatch.Ask(TestBatch.Act, attempt + 1, Ann), default);
                if (answer is SignerAnswer.Granted next)
                {
                    (attempt, transaction) = (attempt + 1, next.Transaction);
                }

                return answer is SignerAnswer.Refused { Rule: "landed" };
            },
            "the signer sees that the payout has landed");

        var account = TestBatch.PlanOf([Ann]).Payouts.Single().Account;
        var balance = await Node.GetTokenAccountBalance(account, ReadAt.Finalized, default);
        Assert.Equal(Ann.AmountMicro, balance.Required().Amount);
    }

    [Fact]
    public async Task A_second_process_and_a_second_beginning_are_refused_in_a_sentence()
    {
        await Begin();
        await using var first = SignerProcess.Start(_settings);
        await Granted(1);

        await using var second = SignerProcess.Start(_settings);
        var (code, errors) = await second.End();
        await using var begin = SignerProcess.Start(_settings, "begin");
        var (again, sentence) = await begin.End();

        Assert.Equal((1, $"Another signer works in {_home.FullName}: one signs, or none."), (code, errors));
        Assert.Equal(1, again);
        Assert.Contains("was begun", sentence, StringComparison.Ordinal);
        await Granted(1);
    }

    private async Task Begin()
    {
        await using var begin = SignerProcess.Start(_settings, "begin");
        Assert.Equal((0, ""), await begin.End());
    }

    private async Task<SignerAnswer.Granted> Granted(int attempt) => (SignerAnswer.Granted)await Eventually.Get(
        () => Client.Ask(TestBatch.Ask(TestBatch.Act, attempt, Ann), default), answer => answer is SignerAnswer.Granted,
        $"attempt {attempt} is signed");

    private async Task FillFloat(VaultKeys keys)
    {
        await Eventually.True(
            async () =>
            {
                // Anew each time: on a machine that is slow a blockhash may be over before it is sent.
                var latest = (await Node.GetLatestBlockHash(ReadAt.Confirmed, default)).Required();
                await Node.SendTransaction(
                    new TransactionBuilder().SetFeePayer(TestBatch.PayoutFloat).SetRecentBlockHash(latest.Blockhash)
                        .AddInstruction(TokenProgram.MintTo(
                            TestBatch.Mint, TestBatch.Terms.FloatTokens, 50_000_000, keys.MintAuthority.PublicKey))
                        .Build(keys.PayoutFloat, keys.MintAuthority),
                    new(), default);
                return (await Node.GetTokenAccountBalance(TestBatch.Terms.FloatTokens, ReadAt.Finalized, default))
                    .Required().Amount > 0;
            },
            "the float has tokens");
    }
}
