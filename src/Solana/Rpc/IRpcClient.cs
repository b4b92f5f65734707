using System.Collections.Immutable;
using Stk.Solana.Keys;
using Stk.Solana.Messages;

namespace Stk.Solana.Rpc;

/// <summary>One node of Solana, by name. Each method is one question; none throws for what a node can do.</summary>
public interface IRpcClient
{
    /// <summary>The node's name in the configuration.</summary>
    string Node { get; }

    Task<RpcResult<LatestBlockHash>> GetLatestBlockHash(ReadAt at, CancellationToken cancellation);

    /// <summary>The number of blocks before this one: what a blockhash's life is counted in.</summary>
    Task<RpcResult<ulong>> GetBlockHeight(ReadAt at, CancellationToken cancellation);

    /// <summary>The number of the moment: some slots have no block, so it runs ahead of the height.</summary>
    Task<RpcResult<ulong>> GetSlot(ReadAt at, CancellationToken cancellation);

    /// <summary>Slot and height of the same moment.</summary>
    Task<RpcResult<EpochInfo>> GetEpochInfo(ReadAt at, CancellationToken cancellation);

    /// <summary>The hash of the chain's first block: which chain this node follows.</summary>
    Task<RpcResult<string>> GetGenesisHash(CancellationToken cancellation);

    /// <summary>Hands over signed bytes. Sending the same bytes again is safe: they can land once.</summary>
    Task<RpcResult<Signature>> SendTransaction(
        Transaction transaction, SendOptions options, CancellationToken cancellation);

    /// <summary>Runs without landing. Signatures are not checked.</summary>
    Task<RpcResult<SimulatedTransaction>> SimulateTransaction(
        Transaction transaction, ReadAt at, CancellationToken cancellation);

    /// <summary>One a signature, in order; null where the node knows nothing of it.</summary>
    /// <param name="signatures">At most 256.</param>
    /// <param name="searchHistory">Whether to look further back than the last minutes.</param>
    Task<RpcResult<ImmutableArray<SignatureStatus?>>> GetSignatureStatuses(
        IReadOnlyList<Signature> signatures, bool searchHistory, CancellationToken cancellation);

    /// <summary>The transaction, or null where the node does not have it at that commitment.</summary>
    Task<RpcResult<LandedTransaction?>> GetTransaction(
        Signature signature, Commitment commitment, CancellationToken cancellation);

    /// <summary>Transactions that name the address, newest first.</summary>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="before">Older than this one.</param>
    /// <param name="until">Newer than this one.</param>
    Task<RpcResult<ImmutableArray<SignatureInfo>>> GetSignaturesForAddress(
        PublicKey address, ReadAt at, int limit, Signature? before, Signature? until, CancellationToken cancellation);

    /// <summary>The account, or null where there is none.</summary>
    Task<RpcResult<AccountInfo?>> GetAccountInfo(PublicKey address, ReadAt at, CancellationToken cancellation);

    /// <summary>One an address, in order; null where there is no account.</summary>
    /// <param name="addresses">At most 100.</param>
    Task<RpcResult<ImmutableArray<AccountInfo?>>> GetMultipleAccounts(
        IReadOnlyList<PublicKey> addresses, ReadAt at, CancellationToken cancellation);

    Task<RpcResult<TokenAmount>> GetTokenAccountBalance(
        PublicKey tokenAccount, ReadAt at, CancellationToken cancellation);

    Task<RpcResult<TokenAmount>> GetTokenSupply(PublicKey mint, ReadAt at, CancellationToken cancellation);

    /// <summary>What an account of so many bytes has to hold to stand for ever. Unit: lamports.</summary>
    Task<RpcResult<ulong>> GetMinimumBalanceForRentExemption(int size, CancellationToken cancellation);

    /// <summary>The oldest slot that the node still has.</summary>
    Task<RpcResult<ulong>> GetFirstAvailableBlock(CancellationToken cancellation);

    /// <summary>Answered: well. Otherwise <see cref="RpcError.NodeBehind"/>.</summary>
    Task<RpcResult<bool>> GetHealth(CancellationToken cancellation);

    /// <summary>Lamports from nowhere: local chains and test networks only.</summary>
    Task<RpcResult<Signature>> RequestAirdrop(
        PublicKey address, ulong lamports, Commitment commitment, CancellationToken cancellation);
}
