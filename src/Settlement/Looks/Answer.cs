using System.Collections.Immutable;
using Stk.Solana.Keys;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Looks;

/// <summary>What a node has answered. A closed set: nothing outside can add a case.</summary>
/// <remarks>
/// The functions below read the answers of <see cref="IRpcClient"/>. What is missing in one makes it no answer:
/// nothing is guessed.
/// </remarks>
public abstract record Answer
{
    private Answer()
    {
    }

    /// <summary>A refusal, a time-out, or an answer that makes no sense. It says nothing of the transaction.</summary>
    public sealed record None(string Reason) : Answer;

    public sealed record GenesisIs(string Hash) : Answer;

    public sealed record HeightIs(ulong Slot, ulong Height) : Answer;

    /// <param name="Value">Null where the account is no nonce.</param>
    public sealed record NonceIs(ulong Slot, Blockhash? Value) : Answer;

    /// <param name="Found">One a signature, in the order of the question; null where it knows nothing of it.</param>
    public sealed record StatusesAre(ulong Slot, ImmutableArray<SignatureStatus?> Found) : Answer;

    /// <param name="Transaction">Null where the node does not have it at finality.</param>
    public sealed record LandedAs(LandedTransaction? Transaction) : Answer;

    public sealed record NamedBy(ImmutableArray<SignatureInfo> Found) : Answer;

    public sealed record FirstBlockIs(ulong Slot) : Answer;

    public static Answer OfGenesis(RpcResult<string> result) => Of(result, (hash, _) => new GenesisIs(hash));

    public static Answer OfHeight(RpcResult<EpochInfo> result) =>
        Of(result, (epoch, _) => new HeightIs(epoch.AbsoluteSlot, epoch.BlockHeight));

    public static Answer OfNonce(RpcResult<AccountInfo?> result) => Of(
        result,
        (account, slot) => slot is { } at
            ? new NonceIs(
                at,
                account?.Owner == SystemProgram.ProgramId
                    ? NonceAccount.TryParse(account.Data.AsSpan())?.Value
                    : null)
            : new None("the answer does not say of which slot it is"));

    public static Answer OfStatuses(RpcResult<ImmutableArray<SignatureStatus?>> result) => Of(
        result,
        (found, slot) => slot is { } at
            ? new StatusesAre(at, found)
            : new None("the answer does not say of which slot it is"));

    public static Answer OfLanded(RpcResult<LandedTransaction?> result) =>
        Of(result, (transaction, _) => new LandedAs(transaction));

    public static Answer OfNamed(RpcResult<ImmutableArray<SignatureInfo>> result) =>
        Of(result, (found, _) => new NamedBy(found));

    public static Answer OfFirstBlock(RpcResult<ulong> result) => Of(result, (slot, _) => new FirstBlockIs(slot));

    private static Answer Of<T>(RpcResult<T> result, Func<T, ulong?, Answer> read) =>
        result is RpcResult<T>.Answered answered
            ? read(answered.Value, answered.ContextSlot)
            : new None(result.Error?.Sentence ?? "");
}
