using System.Diagnostics;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;
using Stk.Testing;
using Stk.Testing.Chain;

namespace Stk.Solana.Tests.Chain;

public sealed class RestartTests : IDisposable
{
    private const ulong Sol = 1_000_000_000;

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("stk-chain-");
    private readonly Account _payer = Account.FromSeed(TestKeys.Seed(1));
    private readonly PublicKey _other = TestKeys.Address(5);

    public void Dispose()
    {
        _payer.Dispose();
        _home.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Money_history_and_blockhashes_survive_a_restart(bool byDeath)
    {
        Transaction before, after;
        ulong height;
        await using (var chain = await LocalChain.Start(_home.FullName, seed: 3))
        {
            using var nodes = new ChainNodes(chain.Nodes);
            (await nodes.Alpha.RequestAirdrop(_payer.PublicKey, 10 * Sol, Commitment.Processed, default)).Required();
            var latest = (await nodes.Alpha.GetLatestBlockHash(ReadAt.Processed, default)).Required();
            (before, after) = (Transfer(latest.Blockhash, Sol), Transfer(latest.Blockhash, 2 * Sol));
            (await nodes.Alpha.SendTransaction(before, new(Commitment.Processed), default)).Required();
            await chain.Command(new { command = "advance", slots = 10 });
            height = (await nodes.Alpha.GetBlockHeight(ReadAt.Processed, default)).Required();
            if (byDeath)
            {
                await chain.Kill();
            }
        }

        if (byDeath)
        {
            // Death in the middle of a line.
            await File.AppendAllTextAsync(Path.Combine(_home.FullName, "chain.jsonl"), """{"type":"tx","slo""");
        }

        await using var again = await LocalChain.Start(_home.FullName, seed: 3);
        using var same = new ChainNodes(again.Nodes);
        Assert.Equal(height, (await same.Alpha.GetBlockHeight(ReadAt.Processed, default)).Required());
        Assert.NotNull((await same.Alpha.GetSignatureStatuses([before.Id], searchHistory: false, default)).Required()[0]);
        Assert.Equal(Sol, (await same.Alpha.GetAccountInfo(_other, ReadAt.Processed, default)).Required()!.Lamports);

        // The blockhash from before is good still, and what landed before cannot land again.
        (await same.Alpha.SendTransaction(after, new(Commitment.Processed), default)).Required();
        (await same.Alpha.SendTransaction(before, new(SkipPreflight: true), default)).Required();
        Assert.Equal(3 * Sol, (await same.Alpha.GetAccountInfo(_other, ReadAt.Processed, default)).Required()!.Lamports);
        await again.Command(new { command = "finalize" });
        Assert.Equal(
            before.Serialize(),
            (await same.Alpha.GetTransaction(before.Id, Commitment.Finalized, default)).Required()!.Bytes.AsEnumerable());
    }

    [Fact]
    public async Task A_fork_is_not_undone_by_a_restart()
    {
        Transaction transfer;
        await using (var chain = await LocalChain.Start(_home.FullName))
        {
            using var nodes = new ChainNodes(chain.Nodes);
            (await nodes.Alpha.RequestAirdrop(_payer.PublicKey, 10 * Sol, Commitment.Processed, default)).Required();
            await chain.Command(new { command = "finalize" });
            var latest = (await nodes.Alpha.GetLatestBlockHash(ReadAt.Processed, default)).Required();
            transfer = Transfer(latest.Blockhash, Sol);
            await chain.Command(new { command = "advance", blocks = 3 });
            (await nodes.Alpha.SendTransaction(transfer, new(Commitment.Processed), default)).Required();
            await chain.Command(new { command = "fork", slots = 1 });
        }

        await using var again = await LocalChain.Start(_home.FullName);
        using var same = new ChainNodes(again.Nodes);
        Assert.Null((await same.Alpha.GetSignatureStatuses([transfer.Id], searchHistory: true, default)).Required()[0]);
        Assert.Null((await same.Alpha.GetAccountInfo(_other, ReadAt.Processed, default)).Required());

        // And the state goes on: its blockhash is older than the fork.
        (await same.Alpha.SendTransaction(transfer, new(Commitment.Processed), default)).Required();
        Assert.Equal(Sol, (await same.Alpha.GetAccountInfo(_other, ReadAt.Processed, default)).Required()!.Lamports);
    }

    [Fact]
    public async Task A_restart_heals_the_nodes_and_keeps_what_the_chain_has()
    {
        Transaction here, there;
        string genesis;
        await using (var chain = await LocalChain.Start(_home.FullName))
        {
            using var nodes = new ChainNodes(chain.Nodes);
            using var raw = new RawNode(chain.Nodes[0].Url);
            genesis = (await raw.Ask("getGenesisHash"))!.ToString();
            (await nodes.Alpha.RequestAirdrop(_payer.PublicKey, 10 * Sol, Commitment.Processed, default)).Required();
            await chain.Command(new { command = "finalize" });
            var latest = (await nodes.Alpha.GetLatestBlockHash(ReadAt.Finalized, default)).Required();
            (here, there) = (Transfer(latest.Blockhash, Sol), Transfer(latest.Blockhash, 2 * Sol));
            await chain.Command(new { command = "split", node = "beta" });
            (await nodes.Alpha.SendTransaction(here, new(Commitment.Processed), default)).Required();
            (await nodes.Beta.SendTransaction(there, new(SkipPreflight: true), default)).Required();
            await chain.Command(new { command = "genesis", node = "alpha" });
            await chain.Command(new { command = "advance", slots = 50 });
        }

        await using var again = await LocalChain.Start(_home.FullName);
        using var same = new ChainNodes(again.Nodes);
        using var beta = new RawNode(again.Nodes[1].Url);
        Assert.Equal(genesis, (await beta.Ask("getGenesisHash"))!.ToString());
        var statuses = (await same.Beta.GetSignatureStatuses([here.Id, there.Id], searchHistory: true, default)).Required();
        Assert.Equal(Commitment.Finalized, statuses[0]!.Commitment);
        Assert.Null(statuses[1]);
        Assert.Equal(Sol, (await same.Beta.GetAccountInfo(_other, ReadAt.Finalized, default)).Required()!.Lamports);
    }

    [Fact]
    public async Task A_long_time_without_transactions_changes_no_height_and_no_blockhash()
    {
        Transaction transfer;
        LatestBlockHash latest;
        await using (var chain = await LocalChain.Start(_home.FullName))
        {
            using var nodes = new ChainNodes(chain.Nodes);
            (await nodes.Alpha.RequestAirdrop(_payer.PublicKey, 10 * Sol, Commitment.Processed, default)).Required();
            var early = (await nodes.Alpha.GetLatestBlockHash(ReadAt.Processed, default)).Required();
            (await nodes.Alpha.SendTransaction(Transfer(early.Blockhash, Sol), new(Commitment.Processed), default))
                .Required();
            await chain.Command(new { command = "advance", slots = 20_000 });
            await chain.Command(new { command = "advance", slots = 20_000 });
            latest = (await nodes.Alpha.GetLatestBlockHash(ReadAt.Finalized, default)).Required();
            transfer = Transfer(latest.Blockhash, 2 * Sol);
        }

        await using var again = await LocalChain.Start(_home.FullName);
        using var same = new ChainNodes(again.Nodes);
        Assert.Equal(latest, (await same.Alpha.GetLatestBlockHash(ReadAt.Finalized, default)).Required());
        (await same.Alpha.SendTransaction(transfer, new(Commitment.Processed), default)).Required();
        Assert.Equal(3 * Sol, (await same.Alpha.GetAccountInfo(_other, ReadAt.Processed, default)).Required()!.Lamports);
    }

    [Fact]
    public async Task Kit_talks_to_it_unchanged()
    {
        await using var chain = await LocalChain.Start();
        var folder = Path.Combine(Repository.Root, "tests", "Solana.Tests", "node");
        await NodeRuntime.InstallPackages(folder, CancellationToken.None);
        var node = await NodeRuntime.Find(CancellationToken.None);
        var start = new ProcessStartInfo(node, ["kit-client.mjs", chain.Nodes[0].Url.ToString(), chain.Control.ToString()])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!; // null only with UseShellExecute
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors);
    }

    private Transaction Transfer(Blockhash blockhash, ulong lamports) =>
        new TransactionBuilder()
            .SetFeePayer(_payer.PublicKey)
            .SetRecentBlockHash(blockhash)
            .AddInstruction(SystemProgram.Transfer(_payer.PublicKey, _other, lamports))
            .Build(_payer);
}
