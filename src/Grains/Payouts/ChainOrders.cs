using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Stk.Grains.Signing;
using Stk.Ledger;
using Stk.Settlement.Acts;
using Stk.Settlement.Looks;
using Stk.Settlement.Machine;
using Stk.Settlement.Plans;
using Stk.Settlement.Refusals;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Rpc;

namespace Stk.Grains.Payouts;

/// <summary>Carries out what the machine orders on chain. Each may be lost, or be done twice; none decides.</summary>
internal sealed class ChainOrders(
    ChainTerms terms, ActTable acts, BatchTable payouts, PayoutTable pauses, AskedOrders others, ILedger ledger,
    TimeProvider time, ILogger<ChainOrders> log)
{
    // For the row: an answer says nothing of the outcome, and so needs no more.
    private const int AnswerMost = 200;

    /// <summary>Runs a plan without landing, and looks at its payees first.</summary>
    public async Task<Seen> TryOut(ChainAct act, CancellationToken cancellation)
    {
        if (act.Plan.Kind != ActKind.Payouts)
        {
            return await others.TryOut(act, cancellation);
        }

        if (!terms.IsOn)
        {
            return new Seen.NotHad();
        }

        var open = (await payouts.ReadOf(act.Id, cancellation)).Where(payout => payout.Proof is not null)
            .Select(payout => payout.Payout.Id).ToHashSet();
        foreach (var node in terms.Nodes.All)
        {
            if (await FlawsBy(node, act.Plan, open, cancellation) is not { } flaws)
            {
                continue;
            }

            if (!flaws.IsEmpty)
            {
                return new Seen.TriedOut(null, flaws);
            }

            if (await node.GetLatestBlockHash(ReadAt.Confirmed, cancellation)
                is RpcResult<LatestBlockHash>.Answered { Value.Blockhash: var blockhash }
                && await node.SimulateTransaction(Unsigned(act, blockhash), ReadAt.Confirmed, cancellation)
                is RpcResult<SimulatedTransaction>.Answered { Value.Failure: var failure })
            {
                return new Seen.TriedOut(failure, []);
            }
        }

        return new Seen.NotHad();
    }

    /// <summary>Has an attempt signed: the same act and number give the same bytes.</summary>
    /// <param name="epoch">Of whoever follows the act.</param>
    public async Task<Seen> Sign(ChainAct act, int number, long epoch, CancellationToken cancellation)
    {
        var answer = act.Plan.Kind == ActKind.Payouts
            ? await SignBatch(act, number, cancellation)
            : await others.Sign(act, number, cancellation);
        switch (answer)
        {
            case null:
                return new Seen.NotHad();
            case SigningAnswer.Granted granted:
                return new Seen.GotSigned(number, granted.Bytes, granted.Lifetime, granted.SignedSlot, granted.Node);
            case SigningAnswer.Refused refused:
                return await Refuse(act, number, refused, epoch);
            case SigningAnswer.NotNow later:
                Log.SignerNotNow(log, act.Id, number, later.Why);
                return new Seen.NotHad();
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>
    /// Sends these bytes: through the node whose blockhash they have, and where it is silent through another.
    /// </summary>
    /// <remarks>
    /// With a nonce it is sent without a trial run: failed, it uses the nonce up, and its end is known. Dropped unheard it
    /// could land as long as the nonce stands.
    /// </remarks>
    public async Task<Seen> Send(ChainAct act, Order.Send order, CancellationToken cancellation)
    {
        var options = new SendOptions(SkipPreflight: act.Last?.Lifetime is Lifetime.DurableNonce, NodeRetries: 0);
        var transaction = Transaction.Parse(order.Bytes.AsSpan());
        var answers = new List<string>();
        foreach (var node in (terms.Nodes?.All ?? []).OrderBy(node => node.Node != order.Node))
        {
            var sent = await node.SendTransaction(transaction, options, cancellation);
            answers.Add($"{node.Node}: {sent.Error?.Sentence ?? "taken"}");
            // Whoever has judged it has had it; the same bytes may go anywhere, any number of times.
            if (sent.Error is null or RpcError.PreflightFailed)
            {
                break;
            }
        }

        var answer = string.Join("; ", answers);
        return new Seen.SendAnswered(order.Number, answer.Length > AnswerMost ? answer[..AnswerMost] : answer);
    }

    /// <summary>Asks one node one question of a look.</summary>
    public async Task<Seen> Ask(Order.Ask order, CancellationToken cancellation) => new Seen.Answered(
        order.Look, order.Node,
        terms.Nodes?.All.FirstOrDefault(node => node.Node == order.Node) is { } asked
            ? await Ask(asked, order.Question, cancellation)
            : new Answer.None("no such node is configured"));

    /// <summary>What has touched the float, newest first; null where the first node does not say it.</summary>
    /// <remarks>
    /// So that the first payout of all can be proved dead too. Whoever it is from: it is final, and a node that does not
    /// find it cannot say what is absent.
    /// </remarks>
    public async Task<ImmutableArray<Landmark>?> FindLandmarks(int most, CancellationToken cancellation) =>
        terms is { Nodes: { } nodes, Addresses: { } ours }
            && await nodes.All[0].GetSignaturesForAddress(
                ours.FloatTokens, ReadAt.Finalized, most, before: null, until: null, cancellation)
                is RpcResult<ImmutableArray<SignatureInfo>>.Answered { Value: var signatures }
            ? [.. signatures.Select(one => new Landmark(one.Signature, one.Slot))]
            : null;

    private static async Task<Answer> Ask(IRpcClient node, Question question, CancellationToken cancellation) =>
        question switch
        {
            Question.Genesis => Answer.OfGenesis(await node.GetGenesisHash(cancellation)),
            Question.Height => Answer.OfHeight(await node.GetEpochInfo(ReadAt.Finalized, cancellation)),
            Question.Nonce(var account) =>
                Answer.OfNonce(await node.GetAccountInfo(account, ReadAt.Finalized, cancellation)),
            Question.Statuses(var signatures) => Answer.OfStatuses(
                await node.GetSignatureStatuses(signatures, searchHistory: true, cancellation)),
            Question.Landed(var signature) => Answer.OfLanded(
                await node.GetTransaction(signature, Commitment.Finalized, cancellation)),
            Question.Named(var address, var slot) => Answer.OfNamed(await node.GetSignaturesForAddress(
                address, new(Commitment.Finalized, slot), NodeLooking.NamedMost, before: null, until: null, cancellation)),
            Question.FirstBlock => Answer.OfFirstBlock(await node.GetFirstAvailableBlock(cancellation)),
            _ => throw new UnreachableException(),
        };

    // Null where it cannot be asked for now.
    private async Task<SigningAnswer?> SignBatch(ChainAct act, int number, CancellationToken cancellation)
    {
        // What was signed before goes on.
        if (!terms.IsOn || await pauses.IsPaused(cancellation))
        {
            return null;
        }

        var found = (await payouts.ReadOf(act.Id, cancellation)).ToDictionary(payout => payout.Payout.Id);
        var asked = ImmutableArray.CreateBuilder<SigningPayout>(act.Plan.Payouts.Length);
        foreach (var planned in act.Plan.Payouts)
        {
            // A link that has ended since the trial run: it is tried out anew, and found there.
            if (!found.TryGetValue(planned.Id, out var payout)
                || payout is not { Participant: { } participant, Proof: { } proof })
            {
                return null;
            }

            asked.Add(new(planned, participant, proof));
        }

        return await terms.Signer.Sign(
            new(
                act.Id, number, act.Plan, asked.ToImmutable(), terms.Payouts.UnitPriceMicroLamports,
                Unsigned(act, default).Message, await ledger.GetHead(cancellation)),
            cancellation);
    }

    // Kept before the act changes: whoever comes next asks the signer once more at worst.
    private async Task<Seen.Refused> Refuse(ChainAct act, int number, SigningAnswer.Refused refused, long epoch)
    {
        var now = time.GetUtcNow();
        var remedy = Remedies.Of(refused.Rule, refused.Payout, act, now);
        Log.SignerRefused(log, act.Id, number, refused.Rule, refused.Payout, remedy.GetType().Name, refused.Why);
        await acts.Write(epoch, RefusalTable.Keep(act.Id, refused, remedy, now));
        return new(number, remedy);
    }

    // Null where the node does not show them.
    private static async Task<ImmutableArray<ReturnedPayout>?> FlawsBy(
        IRpcClient node, ActPlan plan, HashSet<Guid> open, CancellationToken cancellation)
    {
        var payees = plan.Payouts;
        PublicKey[] asked = [.. payees.SelectMany(payout => (PublicKey[])[payout.Wallet, payout.Account])];
        if (await node.GetMultipleAccounts(asked, ReadAt.Confirmed, cancellation)
            is not RpcResult<ImmutableArray<AccountInfo?>>.Answered { Value: var accounts }
            || accounts.Length != asked.Length)
        {
            return null;
        }

        var flaws = ImmutableArray.CreateBuilder<ReturnedPayout>();
        for (var place = 0; place < payees.Length; place++)
        {
            var flaw = open.Contains(payees[place].Id)
                ? PayeeAccounts.FlawOf(payees[place], plan.Mint, accounts[2 * place], accounts[(2 * place) + 1])
                : PayeeFlaw.WalletClosed;
            if (flaw is { } found)
            {
                flaws.Add(new(payees[place].Id, found));
            }
        }

        return flaws.ToImmutable();
    }

    // As it will be signed; a trial run looks at no signature.
    private Transaction Unsigned(ChainAct act, Blockhash blockhash)
    {
        if (terms.Payouts is not { } common || act.Reference is not { } reference)
        {
            throw new InvalidOperationException($"act {act.Id} is no batch of payouts, or settlement is off");
        }

        var message = ChainTerms.BatchOf(act.Plan, common).ToMessage(common, reference, blockhash);
        return new(message, [.. Enumerable.Repeat(Signature.Missing, message.SignerCount)]);
    }
}
