using System.Collections.Immutable;
using System.Diagnostics;
using Stk.Settlement.Acts;
using Stk.Settlement.Landings;
using Stk.Solana.Keys;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Looks;

/// <summary>
/// The order of the questions to one node: chain, then the end of life, then statuses, then the reference, then its
/// fitness. Asked otherwise, a transaction can land between two of them. Pure.
/// </summary>
public static class NodeLooking
{
    /// <summary>Most signatures that name a reference and are read. Beyond it nothing is proved.</summary>
    public const int NamedMost = 1_000;

    public static NodeLook Begin(string node) => new(node, new Question.Genesis());

    /// <summary>The look after an answer to its open question. An answer to another question changes nothing.</summary>
    /// <exception cref="ArgumentException">The act has no attempt: there is nothing to look for.</exception>
    public static NodeLook Take(NodeLook look, Answer answer, ChainAct act, LookTerms terms)
    {
        var last = act.Last ?? throw new ArgumentException("The act has no attempt.", nameof(act));
        return (look.Asked, answer) switch
        {
            (null, _) => look,
            (_, Answer.None none) => look.FallSilent(none.Reason),
            (Question.Genesis, Answer.GenesisIs genesis) => TakeGenesis(look, genesis, last, terms),
            (Question.Height, Answer.HeightIs height) => TakeHeight(look, height, act, terms),
            (Question.Nonce, Answer.NonceIs nonce) => TakeNonce(look, nonce, act, terms),
            (Question.Statuses asked, Answer.StatusesAre found) when asked.Signatures.Length != found.Found.Length =>
                look.End(NodeSays.Nothing, "another number of statuses than was asked for"),
            (Question.Statuses, Answer.StatusesAre found) => TakeStatuses(look, found, act, terms),
            (Question.Named, Answer.NamedBy named) => TakeNamed(look, named, act),
            (Question.Landed asked, Answer.LandedAs landed) => look.NamedBy.IsDefault
                ? TakeOwn(look, landed, act)
                : TakeForeign(look, asked, landed, act),
            (Question.FirstBlock, Answer.FirstBlockIs first) => TakeFirstBlock(look, first, last),
            _ => look,
        };
    }

    private static NodeLook TakeGenesis(NodeLook look, Answer.GenesisIs answer, Attempt last, LookTerms terms)
    {
        look = look with { Genesis = answer.Hash };
        return answer.Hash != terms.Genesis
            ? look.End(NodeSays.OtherChain)
            : look.Ask(last.Lifetime switch
            {
                Lifetime.Recent => new Question.Height(),
                Lifetime.DurableNonce nonce => new Question.Nonce(nonce.Account),
                _ => throw new UnreachableException(),
            });
    }

    private static NodeLook TakeHeight(NodeLook look, Answer.HeightIs answer, ChainAct act, LookTerms terms) => AskStatuses(
        look with
        {
            Slot = answer.Slot,
            Height = answer.Height,
            IsLifeOver = act.Last?.Lifetime is Lifetime.Recent life
                && answer.Height > checked(life.LastValidHeight + terms.ExpiryMargin),
        },
        act, terms);

    // A node that is behind the signing shows the value before: that is no end of a life that had not begun.
    private static NodeLook TakeNonce(NodeLook look, Answer.NonceIs answer, ChainAct act, LookTerms terms) =>
        answer.Value is { } value
            ? AskStatuses(
                look with
                {
                    Slot = answer.Slot,
                    Nonce = value,
                    IsLifeOver = act.Last is { } last && answer.Slot >= last.SignedSlot && value != last.Lifetime.Value,
                },
                act, terms)
            : look.End(NodeSays.Nothing, "there is no nonce in the nonce's account");

    // After the height, never before it: what is absent now was not to come any more. The landmark is in the same question:
    // one that is asked for later may be found by another machine behind the address, or after history has come back.
    private static NodeLook AskStatuses(NodeLook look, ChainAct act, LookTerms terms) => look.Ask(new Question.Statuses(
    [
        .. act.Attempts.Select(attempt => attempt.Signature),
        .. terms.Landmark is { } landmark ? [landmark.Signature] : ImmutableArray<Signature>.Empty,
    ]));

    private static NodeLook TakeStatuses(NodeLook look, Answer.StatusesAre answer, ChainAct act, LookTerms terms)
    {
        var count = act.Attempts.Length;
        var found = answer.Found[..count];
        look = look with
        {
            StatusesSlot = answer.Slot,
            Statuses = found,
            KnowsLandmark = terms.Landmark is { } landmark && landmark.Slot <= act.Attempts[^1].SignedSlot
                ? answer.Found[count] is { Commitment: Commitment.Finalized }
                : null,
        };
        if (act.Attempts.Zip(found).Any(one => one.First.Outcome is not null && one.Second is not null))
        {
            return look.End(NodeSays.Contradiction, "it shows a signature that was proved to be absent");
        }

        return found[^1] switch
        {
            { Commitment: Commitment.Finalized } => look.Ask(new Question.Landed(act.Attempts[^1].Signature)),
            not null => look.End(NodeSays.Seen),
            null when !look.IsLifeOver => look.End(NodeSays.NotYet),
            null when answer.Slot < look.Slot =>
                look.End(NodeSays.Unproved, "its statuses are of an earlier moment than its height"),
            null when act.Reference is { } reference && look.Slot is { } slot =>
                look.Ask(new Question.Named(reference, slot)),
            null => look.Ask(new Question.FirstBlock()),
        };
    }

    private static NodeLook TakeOwn(NodeLook look, Answer.LandedAs answer, ChainAct act)
    {
        if (answer.Transaction is not { } transaction)
        {
            return look.End(NodeSays.Seen, "it says that the signature is final, and does not have the transaction");
        }

        var landing = Landing.ReadOwn(act.Plan, act.Attempts[^1].Bytes, transaction);
        return landing is null
            ? look.End(NodeSays.Contradiction, "it shows other bytes than those that were sent")
            : landing.Failure is null != look.Statuses[^1]?.Failure is null
                ? look.End(NodeSays.Contradiction, "its status and its transaction differ")
                : (look with { Landing = landing }).End(NodeSays.Landed);
    }

    private static NodeLook TakeNamed(NodeLook look, Answer.NamedBy answer, ChainAct act)
    {
        look = look with { NamedBy = [.. answer.Found.Select(info => info.Signature)] };
        if (look.NamedBy.Intersect(act.Attempts.Select(attempt => attempt.Signature)).Any())
        {
            return look.End(NodeSays.Contradiction, "the reference shows a signature that its statuses do not");
        }

        return look.NamedBy.Length < NamedMost
            ? ReadOn(look with { ToRead = look.NamedBy })
            : look.End(NodeSays.Unproved, "more signatures name the reference than are read");
    }

    private static NodeLook TakeForeign(NodeLook look, Question.Landed asked, Answer.LandedAs answer, ChainAct act)
    {
        if (answer.Transaction is not { } transaction
            || Landing.Read(act.Plan, asked.Signature, transaction) is not { } landing)
        {
            return look.End(NodeSays.Unproved, "a transaction that names the reference cannot be read");
        }

        // Ours, and its row was lost: it is as good as an attempt's.
        if (landing.IsOurs)
        {
            return (look with { Landing = landing }).End(NodeSays.Landed);
        }

        return landing.IsSignedByUs
            ? look.End(NodeSays.Contradiction, "we have signed a transaction that names the reference and is not the plan's")
            : ReadOn(look with { ToRead = look.ToRead.Remove(asked.Signature) });
    }

    // A stranger's transaction that names the reference has changed nothing.
    private static NodeLook ReadOn(NodeLook look) => look.Ask(
        look.ToRead.IsEmpty ? new Question.FirstBlock() : new Question.Landed(look.ToRead[0]));

    private static NodeLook TakeFirstBlock(NodeLook look, Answer.FirstBlockIs answer, Attempt last)
    {
        look = look with { FirstBlock = answer.Slot };
        return answer.Slot > last.SignedSlot
            ? look.End(NodeSays.Unproved, "its history begins after the signing")
            : look.KnowsLandmark switch
            {
                true => look.End(NodeSays.Absent),
                false => look.End(NodeSays.Unproved, "it does not find an older signature of ours"),
                null => look.End(NodeSays.Unproved, "no older signature of ours is known"),
            };
    }
}
