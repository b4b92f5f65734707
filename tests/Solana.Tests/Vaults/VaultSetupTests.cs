using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;
using Stk.Solana.Tests.Chain;
using Stk.Solana.Vaults;
using Stk.Testing;
using Stk.Testing.Chain;

namespace Stk.Solana.Tests.Vaults;

public sealed class VaultSetupTests : IAsyncLifetime, IDisposable
{
    private const ulong Sol = 1_000_000_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stk-vault-");
    private readonly VaultKeys _keys;
    private LocalChain? _chain;
    private ChainNodes? _nodes;

    public VaultSetupTests() => _keys = VaultKeys.ReadOrMake(Path.Combine(_folder.FullName, "chain"));

    private IRpcClient Node => _nodes!.Alpha; // after InitializeAsync

    public async Task InitializeAsync()
    {
        // Fast slots, for setup waits for what is final; slow enough that a blockhash lives for three seconds.
        _chain = await LocalChain.Start(slotMs: 20);
        _nodes = new(_chain.Nodes);
    }

    public async Task DisposeAsync()
    {
        _nodes?.Dispose();
        if (_chain is not null)
        {
            await _chain.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _nodes?.Dispose();
        _keys.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_mint_has_six_decimals_its_own_authority_and_nobody_who_freezes()
    {
        Assert.True(await Setup(mayAirdrop: true));
        var mint = (await Node.GetAccountInfo(_keys.Mint.PublicKey, ReadAt.Finalized, default)).Required();

        Assert.Equal(
            new MintAccount(_keys.MintAuthority.PublicKey, 0, 6, FreezeAuthority: null),
            MintAccount.TryParse(mint!.Data.AsSpan()));
        Assert.Equal(4, new[] { _keys.Mint, _keys.MintAuthority, _keys.Vault, _keys.PayoutFloat }
            .DistinctBy(account => account.PublicKey).Count());
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        await Setup(mayAirdrop: true);
        var lamports = await FloatLamports();
        Assert.False(await Setup(mayAirdrop: false));
        Assert.Equal(lamports, await FloatLamports());
    }

    [Fact]
    public async Task A_run_that_was_cut_short_is_finished_by_the_next()
    {
        (await Node.RequestAirdrop(_keys.PayoutFloat.PublicKey, Sol, Commitment.Processed, default)).Required();
        var rent = (await Node.GetMinimumBalanceForRentExemption(MintAccount.Size, default)).Required();
        var latest = (await Node.GetLatestBlockHash(ReadAt.Processed, default)).Required();
        var onlyTheMint = new TransactionBuilder()
            .SetFeePayer(_keys.PayoutFloat.PublicKey)
            .SetRecentBlockHash(latest.Blockhash)
            .AddInstructions(VaultSetup.Missing(_keys.Addresses, isMintThere: false, rent).Take(2))
            .Build(_keys.PayoutFloat, _keys.Mint);
        (await Node.SendTransaction(onlyTheMint, new(Commitment.Processed), default)).Required();
        await Confirmed(onlyTheMint.Id);

        Assert.True(await Setup(mayAirdrop: false));
        var status = await VaultStatus.Read(_nodes!.All, _keys.Addresses, default);
        Assert.Equal((0UL, 0UL, 0UL), (status.Supply, status.VaultTokens, status.FloatTokens));
    }

    [Fact]
    public async Task Without_lamports_and_without_leave_to_ask_it_says_what_is_needed()
    {
        var refusal = await Assert.ThrowsAsync<VaultSetupException>(() => Setup(mayAirdrop: false));
        Assert.Contains("has 0 lamports", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mint_that_somebody_can_freeze_is_refused()
    {
        (await Node.RequestAirdrop(_keys.PayoutFloat.PublicKey, Sol, Commitment.Processed, default)).Required();
        var rent = (await Node.GetMinimumBalanceForRentExemption(MintAccount.Size, default)).Required();
        var latest = (await Node.GetLatestBlockHash(ReadAt.Processed, default)).Required();
        var freezable = new TransactionBuilder()
            .SetFeePayer(_keys.PayoutFloat.PublicKey)
            .SetRecentBlockHash(latest.Blockhash)
            .AddInstruction(SystemProgram.CreateAccount(
                _keys.PayoutFloat.PublicKey, _keys.Mint.PublicKey, rent, MintAccount.Size, TokenProgram.ProgramId))
            .AddInstruction(TokenProgram.InitializeMint2(
                _keys.Mint.PublicKey, 6, _keys.MintAuthority.PublicKey, freezeAuthority: _keys.Vault.PublicKey))
            .Build(_keys.PayoutFloat, _keys.Mint);
        (await Node.SendTransaction(freezable, new(Commitment.Processed), default)).Required();
        await Confirmed(freezable.Id);

        var refusal = await Assert.ThrowsAsync<VaultSetupException>(() => Setup(mayAirdrop: true));
        Assert.Contains("no freeze authority", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_tells_which_node_is_ill()
    {
        await Setup(mayAirdrop: true);
        await _chain!.Command(new { command = "lag", node = "beta", slots = 300 });
        var status = await VaultStatus.Read(_nodes!.All, _keys.Addresses, default);
        Assert.Null(status.Nodes[0].Trouble);
        Assert.Contains("300 slots", status.Nodes[1].Trouble, StringComparison.Ordinal);
        Assert.True(status.FloatLamports > 0);
    }

    [Fact]
    public void Two_duties_with_one_key_are_refused()
    {
        var folder = Path.Combine(_folder.FullName, "chain");
        File.Copy(Path.Combine(folder, "vault.json"), Path.Combine(folder, "float.json"), overwrite: true);
        Assert.Throws<ArgumentException>(() => VaultKeys.ReadOrMake(folder));
    }

    private Task<bool> Setup(bool mayAirdrop) => new VaultSetup(Node, TimeProvider.System).Run(_keys, mayAirdrop, default);

    private async Task<ulong> FloatLamports() =>
        (await Node.GetAccountInfo(_keys.PayoutFloat.PublicKey, ReadAt.Processed, default)).Required()!.Lamports;

    private async Task Confirmed(Signature signature)
    {
        using var patience = HangLimit.StepSource();
        while ((await Node.GetSignatureStatuses([signature], true, patience.Token)).Required()[0]
            is not { Commitment: >= Commitment.Confirmed })
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }
}
