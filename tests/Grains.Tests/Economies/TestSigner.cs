using System.Collections.Immutable;
using Stk.Grains.Payouts;
using Stk.Grains.Signing;
using Stk.Settlement.Acts;
using Stk.SignerCalls.Asks;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Payouts;
using Stk.Solana.Rpc;

namespace Stk.Grains.Tests.Economies;

/// <summary>
/// Signs whatever it is asked and a test does not have it refuse, and the same bytes for the same act and attempt: it guards
/// nothing else.
/// </summary>
internal sealed class TestSigner(ISolanaNodes nodes, Account payoutFloat) : ISigner, IDisposable
{
    /// <summary>The setting that gives silos one: the float's key file.</summary>
    public const string Setting = "Test:FloatKey";

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<(Guid, int), SigningAnswer.Granted> _signed = [];

    /// <summary>What it refuses; null for what it signs.</summary>
    public Func<SigningRequest, SigningAnswer.Refused?> Refuses { get; set; } = static _ => null;

    public Task<SigningAnswer> Sign(SigningRequest request, CancellationToken cancellation) => Sign(
        request.Act, request.Attempt, () => Refuses(request), blockhash => Message(request, blockhash), cancellation);

    public Task<SigningAnswer> SignMemo(MemoSigningRequest request, CancellationToken cancellation) => Sign(
        request.Act, request.Attempt, static () => null,
        blockhash => WeekMemo.ToMessage(
            request.Text,
            new(request.Message.FeePayer, default, default, Decimals: 6, request.UnitPriceMicroLamports), blockhash),
        cancellation);

    public Task<bool> Tell(ImmutableArray<LinkedWallet> linked, CancellationToken cancellation) => Task.FromResult(true);

    public void Dispose()
    {
        _turn.Dispose();
        payoutFloat.Dispose();
    }

    private async Task<SigningAnswer> Sign(
        Guid act, int attempt, Func<SigningAnswer.Refused?> refuses, Func<Blockhash, Message> message,
        CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_signed.TryGetValue((act, attempt), out var before))
            {
                return before;
            }

            if (refuses() is { } refused)
            {
                return refused;
            }

            var node = nodes.All[0];
            if (await node.GetSlot(ReadAt.Finalized, cancellation) is not RpcResult<ulong>.Answered { Value: var slot }
                || await node.GetLatestBlockHash(ReadAt.Confirmed, cancellation)
                    is not RpcResult<LatestBlockHash>.Answered { Value: var latest })
            {
                return new SigningAnswer.NotNow("the node does not answer");
            }

            var granted = new SigningAnswer.Granted(
                [.. Transaction.Sign(message(latest.Blockhash), payoutFloat).Serialize()],
                new Lifetime.Recent(latest.Blockhash, latest.LastValidBlockHeight), slot, node.Node);
            _signed.Add((act, attempt), granted);
            return granted;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static Message Message(SigningRequest request, Blockhash blockhash)
    {
        var plan = request.Plan;
        var terms = new PayoutTerms(
            plan.Authority, plan.Moves[0].From!.Value, plan.Mint, Decimals: 6, request.UnitPriceMicroLamports);
        return ChainTerms.BatchOf(plan, terms).ToMessage(terms, BatchReference.Of(request.Act), blockhash);
    }
}
