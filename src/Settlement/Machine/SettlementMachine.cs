using System.Collections.Immutable;
using System.Diagnostics;
using Stk.Settlement.Acts;
using Stk.Settlement.Landings;
using Stk.Settlement.Looks;
using Stk.Settlement.Plans;
using Stk.Settlement.Proofs;
using Stk.Settlement.Refusals;
using Stk.Solana.Keys;
using Stk.Solana.Messages;

namespace Stk.Settlement.Machine;

/// <summary>
/// The one machine of payouts, mint, refill, burn and memo: from a state and what was seen to a state and orders. Pure:
/// the silo, the signer and the simulator share it.
/// </summary>
public static class SettlementMachine
{
    /// <param name="now">By the host's clock: the chain does not wait for the economy's.</param>
    public static Step Next(FollowedAct before, Seen seen, DateTimeOffset now, MachineTerms terms)
    {
        var (after, orders) = seen switch
        {
            Seen.Word word => Hear(before, word.Resolution, now, terms),
            _ when before.Act.IsClosed => (before, []),
            Seen.Woken => Wake(before, now, terms),
            Seen.NotHad => (before with { AskAgainAt = now + terms.ResendEvery }, []),
            Seen.TriedOut tried => TakeTrial(before, tried, now, terms),
            Seen.GotSigned signed => TakeSigned(before, signed, now, terms),
            Seen.Refused refused => TakeRefusal(before, refused, now, terms),
            Seen.SendAnswered answered => (TakeSendAnswer(before, answered, now), []),
            Seen.Answered answered => TakeAnswer(before, answered, now, terms),
            Seen.Posted => (Close(before, ActState.Finalized), []),
            Seen.Released => (Close(before, ActState.Failed), []),
            _ => throw new UnreachableException(),
        };
        return new(after, after.Act.Version != before.Act.Version, orders);
    }

    /// <summary>Why these bytes are not what the plan asks for; null where they are.</summary>
    public static string? Objection(ActPlan plan, ReadOnlySpan<byte> bytes, Lifetime lifetime)
    {
        if (!Transaction.TryParse(bytes, out var transaction, out var flaw))
        {
            return flaw;
        }

        return transaction.Message.Lifetime != lifetime.Value ? "it has another lifetime"
            : !MessageContent.Of(transaction.Message, plan.Mint).Is(plan) ? "it asks for something else than the plan"
            : !Landing.IsSigned(transaction, plan.Authority) ? $"{plan.Authority} has not signed it"
            : null;
    }

    private static (FollowedAct, ImmutableArray<Order>) Wake(FollowedAct before, DateTimeOffset now, MachineTerms terms)
    {
        switch (before.Act.State)
        {
            case ActState.Planned or ActState.Expired when now >= before.AskAgainAt:
                return (before with { AskAgainAt = now + terms.Patience }, [new Order.TryOut()]);
            case ActState.Finalized when now >= before.AskAgainAt:
                return Posting(before, now, terms);
            case ActState.Failed when now >= before.AskAgainAt:
                return Releasing(before, now, terms);
            case ActState.Signed when now >= before.SendAt:
                return Sending(before, now, terms);
            case ActState.Sent:
                var (sent, sends) = now >= before.SendAt ? Sending(before, now, terms) : (before, []);
                var (looked, asks) = WakeLook(sent, now, terms);
                return (looked, [.. sends, .. asks]);
            case ActState.Uncertain:
                return WakeLook(before, now, terms);
            default:
                return (before, []);
        }
    }

    private static (FollowedAct, ImmutableArray<Order>) WakeLook(
        FollowedAct before, DateTimeOffset now, MachineTerms terms) => before.Look switch
        {
            { } look when now >= look.BegunAt + terms.Patience => Conclude(before, look.CutOff(), now, terms),
            null when now >= before.LookAt => BeginLook(before, word: null, now, terms),
            _ => (before, []),
        };

    private static (FollowedAct, ImmutableArray<Order>) TakeTrial(
        FollowedAct before, Seen.TriedOut tried, DateTimeOffset now, MachineTerms terms)
    {
        if (before.Act.State is not (ActState.Planned or ActState.Expired))
        {
            return (before, []);
        }

        var flaws = tried.Failure is { } failure && tried.Flaws.IsEmpty && Blame.Of(before.Act.Plan, failure) is { } guilty
            ? [new(guilty.Payout.Id, guilty.Flaw)]
            : tried.Flaws;
        if (!flaws.IsEmpty)
        {
            // Nothing is under way: what was signed before has expired.
            return Releasing(
                Written(before, before.Act with { State = ActState.Failed, Returned = flaws }), now, terms);
        }

        return tried.Failure is null
            ? (before with { AskAgainAt = now + terms.Patience }, [new Order.Sign(before.Act.Attempts.Length + 1)])
            : (before with { AskAgainAt = now + terms.ResendEvery }, []);
    }

    private static (FollowedAct, ImmutableArray<Order>) TakeSigned(
        FollowedAct before, Seen.GotSigned signed, DateTimeOffset now, MachineTerms terms)
    {
        // A second answer to one order, or to an order of another moment: only what is stored is sent.
        if (before.Act.State is not (ActState.Planned or ActState.Expired)
            || signed.Number != before.Act.Attempts.Length + 1)
        {
            return (before, []);
        }

        if (Objection(before.Act.Plan, signed.Bytes.AsSpan(), signed.Lifetime) is not null)
        {
            return (before with { AskAgainAt = now + terms.ResendEvery }, []);
        }

        var attempt = new Attempt(
            signed.Number, signed.Bytes, Transaction.Parse(signed.Bytes.AsSpan()).Id, signed.Lifetime, signed.SignedSlot,
            signed.Node);
        var act = before.Act with { State = ActState.Signed, Attempts = before.Act.Attempts.Add(attempt) };
        return Sending(Written(before, act), now, terms);
    }

    private static (FollowedAct, ImmutableArray<Order>) TakeRefusal(
        FollowedAct before, Seen.Refused refused, DateTimeOffset now, MachineTerms terms)
    {
        // An answer to an order of another moment: what is signed since may land.
        if (before.Act.State is not (ActState.Planned or ActState.Expired)
            || refused.Number != before.Act.Attempts.Length + 1)
        {
            return (before, []);
        }

        return refused.Remedy switch
        {
            Remedy.GiveBack(var returned) => Releasing(
                Written(before, before.Act with { State = ActState.Failed, Returned = [returned] }), now, terms),
            Remedy.SetAside => Releasing(Written(before, before.Act with { State = ActState.Failed }), now, terms),
            Remedy.AskAgain(var isSoon) => (
                before with { AskAgainAt = now + (isSoon ? terms.ResendEvery : terms.LookAgainEvery) }, []),
            _ => throw new UnreachableException(),
        };
    }

    private static FollowedAct TakeSendAnswer(FollowedAct before, Seen.SendAnswered answered, DateTimeOffset now) =>
        before.Act is { State: ActState.Signed, Last: { } last } && last.Number == answered.Number
            ? Written(
                before,
                before.Act.WithLast(last with { SentAt = now, SendAnswer = answered.Answer }) with { State = ActState.Sent })
            : before;

    private static (FollowedAct, ImmutableArray<Order>) TakeAnswer(
        FollowedAct before, Seen.Answered answered, DateTimeOffset now, MachineTerms terms)
    {
        if (before.Look is not { } look || look.Number != answered.Look
            || look.Nodes.FirstOrDefault(node => node.Node == answered.Node) is not { } old)
        {
            return (before, []);
        }

        var node = NodeLooking.Take(old, answered.Answer, before.Act, terms.Looks);
        look = look with { Nodes = look.Nodes.Replace(old, node) };
        return look.IsOver
            ? Conclude(before, look, now, terms)
            : (before with { Look = look },
                node.Asked is { } next && node != old ? [new Order.Ask(look.Number, node.Node, next)] : []);
    }

    private static (FollowedAct, ImmutableArray<Order>) Hear(
        FollowedAct before, Resolution word, DateTimeOffset now, MachineTerms terms) =>
        before.Act is { State: ActState.Uncertain, IsClosed: false }
            ? BeginLook(before, word, now, terms)
            : (before, [new Order.Reply(new ResolutionReply.NotUncertain())]);

    private static (FollowedAct, ImmutableArray<Order>) BeginLook(
        FollowedAct before, Resolution? word, DateTimeOffset now, MachineTerms terms)
    {
        var number = before.LooksBegun + 1;
        var look = new Look(number, now, [.. terms.Nodes.Select(NodeLooking.Begin)], word);
        // A word that a newer one has overtaken is not answered by the newer one's look.
        ImmutableArray<Order> overtaken = before.Look?.Word is null
            ? []
            : [new Order.Reply(new ResolutionReply.NotLooked("Another word came after it."))];
        return (
            before with { Look = look, LooksBegun = number },
            [.. overtaken, .. look.Nodes.Select(node => new Order.Ask(number, node.Node, new Question.Genesis()))]);
    }

    private static (FollowedAct, ImmutableArray<Order>) Conclude(
        FollowedAct before, Look look, DateTimeOffset now, MachineTerms terms)
    {
        var verdict = look.Verdict(terms.Looks);
        var (after, orders) = Decide(before with { Look = null }, look, verdict, now, terms);
        if (look.Word is not { } word)
        {
            return (after, orders);
        }

        if (after.Act.Version != before.Act.Version)
        {
            var isSame = word.IsLanded ? verdict is Verdict.Landed : verdict is Verdict.Expired;
            return (after, orders.Add(new Order.Reply(
                isSame ? new ResolutionReply.Done() : new ResolutionReply.Contradicted(verdict.Sentence))));
        }

        var reply = Resolving.Check(word, look, before.Act);
        var (resolved, more) = reply is ResolutionReply.Done ? Resolve(after, look, word, now, terms) : (after, orders);
        return (resolved, more.Add(new Order.Reply(reply)));
    }

    private static (FollowedAct, ImmutableArray<Order>) Decide(
        FollowedAct before, Look look, Verdict verdict, DateTimeOffset now, MachineTerms terms)
    {
        var act = before.Act;
        var evidence = look.ToEvidence(now, verdict.Sentence);
        switch (verdict)
        {
            case Verdict.Landed { Landing: var landing }:
                return Posting(Written(before, Ended(act, landing.Signature, AttemptOutcome.Landed, evidence) with
                {
                    State = ActState.Finalized,
                    Landed = new(landing.Signature, landing.Slot),
                }), now, terms);
            case Verdict.Failed { Landing: var landing }:
                var guilty = landing.Failure is { } failure ? Blame.Of(act.Plan, failure) : null;
                return Releasing(Written(before, Ended(act, landing.Signature, AttemptOutcome.Failed, evidence) with
                {
                    State = ActState.Failed,
                    Returned = guilty is { } one ? [new(one.Payout.Id, one.Flaw)] : [],
                }), now, terms);
            case Verdict.Expired when act is { State: ActState.Uncertain, Last: { } last }:
                return (
                    Written(before, Ended(act, last.Signature, AttemptOutcome.Expired, evidence) with
                    {
                        State = ActState.Expired,
                    }) with
                    { AskAgainAt = now }, []);
            // Nothing is taken for expired at the first look: what was seen is stored, and then looked at afresh.
            case (Verdict.Expired or Verdict.Unproved) when act is { State: ActState.Sent, Last: { } last }:
                return (
                    Written(before, act.WithLast(last with { Evidence = evidence }) with { State = ActState.Uncertain }) with
                    { LookAt = now }, []);
            default:
                var wait = act.State == ActState.Sent ? terms.ResendEvery : terms.LookAgainEvery;
                return (before with { LookAt = now + wait }, []);
        }
    }

    private static (FollowedAct, ImmutableArray<Order>) Resolve(
        FollowedAct before, Look look, Resolution word, DateTimeOffset now, MachineTerms terms)
    {
        var evidence = look.ToEvidence(
            now, word.IsLanded ? "Operators say that it has landed." : "Operators say that it can never land.", word.By);
        if (before.Act.Last is not { } last)
        {
            throw new UnreachableException();
        }

        return word.IsLanded
            ? Posting(Written(before, Ended(before.Act, last.Signature, AttemptOutcome.Landed, evidence) with
            {
                State = ActState.Finalized,
                Landed = new(
                    last.Signature,
                    look.Nodes.FirstOrDefault(node => node.Says == NodeSays.Landed)?.Landing?.Slot),
            }), now, terms)
            : (Written(before, Ended(before.Act, last.Signature, AttemptOutcome.Expired, evidence) with
            {
                State = ActState.Expired,
            }) with
            { AskAgainAt = now }, []);
    }

    // Where the row of what has landed was lost, the last attempt bears the evidence and no outcome.
    private static ChainAct Ended(
        ChainAct act, Signature signature, AttemptOutcome outcome, Evidence evidence) =>
        act.Last is { } last
            ? act.WithLast(last with
            {
                Outcome = last.Signature == signature ? outcome : null,
                Evidence = evidence,
            })
            : act;

    private static (FollowedAct, ImmutableArray<Order>) Sending(
        FollowedAct before, DateTimeOffset now, MachineTerms terms) => before.Act.Last is { } last
        ? (before with { SendAt = now + terms.ResendEvery }, [new Order.Send(last.Number, last.Bytes, last.Node)])
        : throw new UnreachableException();

    private static (FollowedAct, ImmutableArray<Order>) Posting(
        FollowedAct before, DateTimeOffset now, MachineTerms terms) =>
        (before with { AskAgainAt = now + terms.Patience }, [new Order.Post()]);

    private static (FollowedAct, ImmutableArray<Order>) Releasing(
        FollowedAct before, DateTimeOffset now, MachineTerms terms) =>
        (before with { AskAgainAt = now + terms.Patience },
            [new Order.Release(before.Act.Returned, [.. before.Act.Others])]);

    private static FollowedAct Close(FollowedAct before, ActState state) => before.Act.State == state
        ? Written(before, before.Act with { IsClosed = true })
        : before;

    private static FollowedAct Written(FollowedAct before, ChainAct act) => before with
    {
        Act = act with { Epoch = before.Epoch, Version = before.Act.Version + 1 },
    };
}
