using System.Collections.Immutable;
using System.Diagnostics;
using Stk.Settlement.Machine;
using Stk.SignerCalls;
using Stk.SignerCalls.Answers;
using Stk.SignerCalls.Asks;

namespace Stk.Grains.Signing;

/// <summary>The signer behind its socket.</summary>
internal sealed class SocketSigner(SignerClient client) : ISigner
{
    /// <summary>
    /// For one question: above the signer's own three minutes, in which it may look twice at all nodes for what it signed
    /// before.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(200);

    public Task<SigningAnswer> Sign(SigningRequest request, CancellationToken cancellation) => Sign(
        new SignerAsk.OfBatch(
            request.Act, request.Attempt, request.Plan.ToJson(), [.. request.Payouts.Select(Payout)],
            request.UnitPriceMicroLamports, request.Message.Serialize(), Of(request.Head)),
        request.Attempt, cancellation);

    public Task<SigningAnswer> SignMemo(MemoSigningRequest request, CancellationToken cancellation) => Sign(
        new SignerAsk.OfMemo(
            request.Act, request.Attempt, request.Text, request.UnitPriceMicroLamports, request.Message.Serialize(),
            Of(request.Head)),
        request.Attempt, cancellation);

    public async Task<bool> Tell(ImmutableArray<LinkedWallet> linked, CancellationToken cancellation)
    {
        try
        {
            return await client.Ask(
                new SignerAsk.OfDestinations(
                    [.. linked.Select(link => new AskedDestination(link.Participant, link.Wallet, link.Proof))]),
                cancellation) is SignerAnswer.Heard;
        }
        catch (SignerUnreachableException)
        {
            return false;
        }
    }

    private async Task<SigningAnswer> Sign(SignerAsk ask, int attempt, CancellationToken cancellation)
    {
        SignerAnswer answer;
        try
        {
            answer = await client.Ask(ask, cancellation);
        }
        catch (SignerUnreachableException exception)
        {
            return new SigningAnswer.NotNow(exception.Message);
        }

        return answer switch
        {
            SignerAnswer.Granted granted => Of(granted.ToSeen(attempt)),
            SignerAnswer.Refused refused => new SigningAnswer.Refused(refused.Rule, refused.Why, refused.Payout),
            SignerAnswer.NotNow later => new SigningAnswer.NotNow(later.Why),
            _ => throw new UnreachableException(),
        };
    }

    private static AskedPayout Payout(SigningPayout payout) => new(
        payout.Planned.Id, payout.Participant, payout.Planned.Wallet.ToString(), payout.Planned.AmountMicro,
        payout.Planned.NeedsAccount, payout.Proof);

    private static Stk.SignerCalls.Asks.LedgerHead Of(Ledger.LedgerHead head) => new(head.Sequence, head.Hash.ToString());

    private static SigningAnswer.Granted Of(Seen.GotSigned seen) =>
        new(seen.Bytes, seen.Lifetime, seen.SignedSlot, seen.Node);
}
