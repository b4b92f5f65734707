using System.Collections.Immutable;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Rpc;

namespace Stk.Signer.Tests;

/// <summary>A node of the signer, to be changed as a test needs it. As it begins, what was signed can land.</summary>
internal sealed class TestNode(string name) : IRpcClient
{
    public const string OurGenesis = "ours";

    public static readonly Signature Landmark = new(Enumerable.Repeat((byte)7, Signature.Length).ToArray());

    public string Node => name;

    public string Genesis { get; set; } = OurGenesis;

    public ulong Slot { get; set; } = 1_000;

    public ulong Height { get; set; } = 900;

    public Dictionary<Signature, SignatureStatus> Statuses { get; } = new()
    {
        [Landmark] = new(500, Commitment.Finalized, null),
    };

    public Dictionary<Signature, LandedTransaction> Landed { get; } = [];

    /// <summary>Called before statuses are answered, with how often they were asked for.</summary>
    public Action<int>? AtStatuses { get; set; }

    private int StatusesAsked { get; set; }

    /// <summary>Far beyond the life of all that was signed.</summary>
    public void GrowOld()
    {
        Slot += 1_000;
        Height += 1_000;
    }

    public Task<RpcResult<LatestBlockHash>> GetLatestBlockHash(ReadAt at, CancellationToken cancellation)
    {
        var hash = new byte[Blockhash.Length];
        BitConverter.TryWriteBytes(hash, Height);
        return Answer(new LatestBlockHash(new(hash), Height + 150));
    }

    public Task<RpcResult<ulong>> GetSlot(ReadAt at, CancellationToken cancellation) => Answer(Slot);

    public Task<RpcResult<EpochInfo>> GetEpochInfo(ReadAt at, CancellationToken cancellation) =>
        Answer(new EpochInfo(Slot, Height), Slot);

    public Task<RpcResult<string>> GetGenesisHash(CancellationToken cancellation) => Answer(Genesis);

    public Task<RpcResult<ImmutableArray<SignatureStatus?>>> GetSignatureStatuses(
        IReadOnlyList<Signature> signatures, bool searchHistory, CancellationToken cancellation)
    {
        Assert.True(searchHistory);
        StatusesAsked++;
        AtStatuses?.Invoke(StatusesAsked);
        return Answer<ImmutableArray<SignatureStatus?>>(
            [.. signatures.Select(signature => Statuses.GetValueOrDefault(signature))], Slot);
    }

    public Task<RpcResult<LandedTransaction?>> GetTransaction(
        Signature signature, Commitment commitment, CancellationToken cancellation) =>
        Answer(Landed.GetValueOrDefault(signature));

    public Task<RpcResult<ImmutableArray<SignatureInfo>>> GetSignaturesForAddress(
        PublicKey address, ReadAt at, int limit, Signature? before, Signature? until, CancellationToken cancellation) =>
        Answer<ImmutableArray<SignatureInfo>>(
            address == TestBatch.PayoutFloat && before is null
                ? [new(Landmark, 500, null, Commitment.Finalized, null)]
                : []);

    public Task<RpcResult<ulong>> GetFirstAvailableBlock(CancellationToken cancellation) => Answer(1UL);

    public Task<RpcResult<ulong>> GetBlockHeight(ReadAt at, CancellationToken cancellation) => NotAsked<ulong>();

    public Task<RpcResult<Signature>> SendTransaction(
        Transaction transaction, SendOptions options, CancellationToken cancellation) => NotAsked<Signature>();

    public Task<RpcResult<SimulatedTransaction>> SimulateTransaction(
        Transaction transaction, ReadAt at, CancellationToken cancellation) => NotAsked<SimulatedTransaction>();

    public Task<RpcResult<AccountInfo?>> GetAccountInfo(
        PublicKey address, ReadAt at, CancellationToken cancellation) => NotAsked<AccountInfo?>();

    public Task<RpcResult<ImmutableArray<AccountInfo?>>> GetMultipleAccounts(
        IReadOnlyList<PublicKey> addresses, ReadAt at, CancellationToken cancellation) =>
        NotAsked<ImmutableArray<AccountInfo?>>();

    public Task<RpcResult<TokenAmount>> GetTokenAccountBalance(
        PublicKey tokenAccount, ReadAt at, CancellationToken cancellation) => NotAsked<TokenAmount>();

    public Task<RpcResult<TokenAmount>> GetTokenSupply(
        PublicKey mint, ReadAt at, CancellationToken cancellation) => NotAsked<TokenAmount>();

    public Task<RpcResult<ulong>> GetMinimumBalanceForRentExemption(int size, CancellationToken cancellation) =>
        NotAsked<ulong>();

    public Task<RpcResult<bool>> GetHealth(CancellationToken cancellation) => NotAsked<bool>();

    public Task<RpcResult<Signature>> RequestAirdrop(
        PublicKey address, ulong lamports, Commitment commitment, CancellationToken cancellation) => NotAsked<Signature>();

    private static Task<RpcResult<T>> Answer<T>(T value, ulong? slot = null) =>
        Task.FromResult<RpcResult<T>>(new RpcResult<T>.Answered(value, slot));

    private static Task<RpcResult<T>> NotAsked<T>() => throw new NotSupportedException("The signer does not ask this.");
}
