using System.Diagnostics.CodeAnalysis;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;
using Stk.Testing.Chain;

namespace Stk.Solana.Tests.Chain;

/// <summary>A test with a chain of its own, a funded payer and our client to both nodes.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit calls DisposeAsync.")]
public abstract class ChainTest : IAsyncLifetime
{
    protected const ulong Sol = 1_000_000_000;

    private LocalChain? _chain;
    private ChainNodes? _nodes;

    protected LocalChain Chain => _chain ?? throw new InvalidOperationException("Not started.");

    protected IRpcClient Alpha => _nodes!.Alpha; // after InitializeAsync

    protected IRpcClient Beta => _nodes!.Beta;

    protected Account Payer { get; } = Account.FromSeed(TestKeys.Seed(1));

    protected Account Other { get; } = Account.FromSeed(TestKeys.Seed(2));

    public virtual async Task InitializeAsync()
    {
        _chain = await LocalChain.Start();
        _nodes = new(_chain.Nodes);
        (await Alpha.RequestAirdrop(Payer.PublicKey, 100 * Sol, Commitment.Processed, default)).Required();
    }

    public virtual async Task DisposeAsync()
    {
        _nodes?.Dispose();
        if (_chain is not null)
        {
            await _chain.DisposeAsync();
        }

        Payer.Dispose();
        Other.Dispose();
    }

    internal static Task<RpcResult<Signature>> Send(
        IRpcClient node, Transaction transaction, Commitment preflight = Commitment.Processed) =>
        node.SendTransaction(transaction, new(preflight), default);

    protected Task Advance(int blocks) => Chain.Command(new { command = "advance", blocks });

    protected Task Finalize() => Chain.Command(new { command = "finalize" });

    protected async Task<TransactionBuilder> Builder(Commitment commitment = Commitment.Processed)
    {
        var latest = (await Alpha.GetLatestBlockHash(new(commitment), default)).Required();
        return new TransactionBuilder().SetFeePayer(Payer.PublicKey).SetRecentBlockHash(latest.Blockhash);
    }

    /// <summary>A transfer of lamports; another number, another transaction.</summary>
    protected async Task<Transaction> Transfer(ulong lamports = Sol) =>
        (await Builder()).AddInstruction(SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, lamports))
            .Build(Payer);

    protected async Task<Signature> Land(params TransactionInstruction[] instructions) =>
        (await Send(Alpha, (await Builder()).AddInstructions(instructions).Build(Payer))).Required();

    protected async Task<ulong> Lamports(PublicKey address, Commitment commitment = Commitment.Processed) =>
        (await Alpha.GetAccountInfo(address, new(commitment), default)).Required()?.Lamports ?? 0;

    protected async Task<SignatureStatus?> Status(Signature signature, bool searchHistory = false) =>
        (await Alpha.GetSignatureStatuses([signature], searchHistory, default)).Required()[0];
}
