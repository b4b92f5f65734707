using System.Collections.Immutable;
using System.Diagnostics;
using Stk.Signer.Books;
using Stk.Signer.Deaths;
using Stk.Signer.Judging;
using Stk.SignerCalls.Answers;
using Stk.SignerCalls.Asks;
using Stk.Solana.Keys;
using Stk.Solana.Messages;

namespace Stk.Signer.Signatures;

/// <summary>Takes a question, asks the rules, writes to the file, and only then answers.</summary>
internal sealed class SigningDesk(
    BookFile file,
    Account key,
    SignerTerms terms,
    DeathProof deaths,
    RecentHashes hashes,
    SignerMetrics metrics,
    TimeProvider time,
    ILogger<SigningDesk> logger) : IDisposable
{
    // An answer of this many is well below the longest frame.
    private const int PageMost = 20;

    private static readonly ImmutableHashSet<string> Nothing = [];

    private readonly SemaphoreSlim _turn = new(1);

    public async Task<SignerAnswer> Answer(SignerAsk ask, CancellationToken cancellation) => ask switch
    {
        SignerAsk.OfBatch batch => await Sign(
            batch.Act, batch.Attempt, batch.Head, Proved(batch),
            (dead, now) => Judge.Of(batch, file.Book, dead, now, terms), cancellation),
        SignerAsk.OfMemo memo => await Sign(
            memo.Act, memo.Attempt, memo.Head, destinations: [],
            (dead, _) => Judge.Of(memo, file.Book, dead, terms), cancellation),
        SignerAsk.OfDestinations heard => await Hear(heard.Destinations, cancellation),
        SignerAsk.OfStatus => await InTurn(Status, cancellation),
        SignerAsk.OfSigned signed => await InTurn(() => Page(signed.After), cancellation),
        _ => throw new UnreachableException(),
    };

    public void Dispose() => _turn.Dispose();

    // The proofs of other signatures and the blockhash come from nodes, which may take long: nobody waits for them in turn.
    // What was judged before is judged again in the turn in which it is signed.
    private async Task<SignerAnswer> Sign(
        Guid act,
        int attempt,
        LedgerHead head,
        ImmutableArray<AskedDestination> destinations,
        Func<IReadOnlySet<string>, DateTimeOffset, Judgement> judge,
        CancellationToken cancellation)
    {
        var first = await InTurn(
            () =>
            {
                Learn(destinations);
                return file.Locked is null ? judge(Nothing, time.GetUtcNow()) : Locked();
            },
            cancellation);
        var dead = Nothing;
        if (first is Judgement.Prove prove)
        {
            (dead, var objection) = await ProveDead(prove.Last, cancellation);
            if (objection is not null)
            {
                return Refused(act, attempt, objection);
            }
        }

        if (first is Judgement.Refuse or Judgement.Repeat)
        {
            return Answered(act, attempt, first);
        }

        if (await hashes.Get(isAfterDeath: first is Judgement.Prove, cancellation) is not { } hash)
        {
            Log.NoBlockhash(logger, act);
            return new SignerAnswer.NotNow("None of the signer's nodes gives a blockhash of its chain.");
        }

        return await InTurn(
            () => Answered(act, attempt, Finish(act, attempt, head, () => judge(dead, time.GetUtcNow()), hash)),
            cancellation);
    }

    private Judgement Finish(Guid act, int attempt, LedgerHead head, Func<Judgement> judge, RecentHash hash)
    {
        if (file.Locked is not null)
        {
            return Locked();
        }

        // The same message with the same blockhash has the same signature: it would be the earlier attempt again.
        return judge() switch
        {
            Judgement.Sign when file.Book.AttemptsOf(act).Any(one => one.Blockhash == hash.Blockhash.ToString()) =>
                new Judgement.Refuse(new(RefusalRule.SignedBefore, "a node gives the blockhash of an earlier attempt")),
            Judgement.Sign sign => Signed(act, attempt, head, sign, hash),
            var judgement => judgement,
        };
    }

    // Signed, then on the disk; whoever asks gets it after that, or by asking again.
    private Judgement.Repeat Signed(Guid act, int attempt, LedgerHead head, Judgement.Sign sign, RecentHash hash)
    {
        var transaction = Transaction.Sign(sign.ToMessage(hash.Blockhash), key);
        var signed = new SignedAct(
            file.Book.Acts.Count + 1, act, attempt, sign.Payouts, sign.Memo, transaction.Serialize(),
            transaction.Id.ToString(), hash.Blockhash.ToString(), hash.LastValidHeight, hash.Slot, hash.Node, head,
            time.GetUtcNow());
        Write([new BookEntry.Signature(signed)]);
        Log.Signed(logger, act, attempt, sign.Payouts.Length);
        return new(signed);
    }

    private async Task<(ImmutableHashSet<string> Dead, Objection? Objection)> ProveDead(
        ImmutableArray<SignedAct> last, CancellationToken cancellation)
    {
        var dead = Nothing;
        foreach (var earlier in last)
        {
            var attempts = await InTurn(() => file.Book.AttemptsOf(earlier.Act).ToImmutableArray(), cancellation);
            switch (await deaths.Look(attempts, cancellation))
            {
                case Death.Proved:
                    // The last of those that were looked at: one that was signed meanwhile is not among them.
                    dead = dead.Add(attempts[^1].Signature);
                    break;
                case Death.Landed:
                    return (dead, new(RefusalRule.Landed, $"act {earlier.Act} has landed"));
                case Death.NotProved notProved:
                    return (dead, new(
                        RefusalRule.SignedBefore, $"attempt {earlier.Attempt} of act {earlier.Act} may land: {notProved.Why}"));
            }
        }

        return (dead, null);
    }

    private SignerAnswer Answered(Guid act, int attempt, Judgement judgement) => judgement switch
    {
        Judgement.Repeat { Act: var signed } => new SignerAnswer.Granted(
            signed.Transaction, signed.Blockhash, signed.LastValidHeight, signed.SignedSlot, signed.Node),
        Judgement.Refuse { Objection: var objection } => Refused(act, attempt, objection),
        Judgement.Prove => Refused(
            act, attempt, new(RefusalRule.SignedBefore, "it was signed by another question meanwhile")),
        _ => throw new UnreachableException(),
    };

    private SignerAnswer.Refused Refused(Guid act, int attempt, Objection objection)
    {
        var rule = objection.Rule.WireName();
        metrics.Refused(rule);
        Log.Refused(logger, act, attempt, rule, objection.Payout);
        return new(rule, objection.Why, objection.Payout);
    }

    private Judgement.Refuse Locked() => new(new(RefusalRule.BookLocked, $"the signer's file is locked: {file.Locked}"));

    private static ImmutableArray<AskedDestination> Proved(SignerAsk.OfBatch batch) => batch.Payouts.IsDefault
        ? []
        : [.. batch.Payouts.Select(payout => new AskedDestination(payout.Participant, payout.Wallet, payout.Proof))];

    private Task<SignerAnswer> Hear(ImmutableArray<AskedDestination> heard, CancellationToken cancellation) => InTurn(
        SignerAnswer () =>
        {
            if (file.Locked is not null)
            {
                return Refused(Guid.Empty, attempt: 0, Locked().Objection);
            }

            Learn(heard);
            return new SignerAnswer.Heard(
                [.. heard.Where(one => Destinations.Flaw(one) is not null).Select(one => one.Wallet)]);
        },
        cancellation);

    private void Learn(ImmutableArray<AskedDestination> heard)
    {
        if (file.Locked is null && Destinations.New(heard, file.Book, time.GetUtcNow()) is { IsEmpty: false } fresh)
        {
            Write(fresh);
        }
    }

    private void Write(ImmutableArray<BookEntry> entries)
    {
        try
        {
            file.Append(entries);
        }
        catch (Exception failure)
        {
            Log.BookFailed(logger, failure);
            throw;
        }
    }

    private SignerAnswer Status() => new SignerAnswer.Status(
        file.Locked, terms.PayoutFloat.ToString(), file.Book.Acts.Count, file.Book.Head,
        file.Book.DayMicro(Book.DayOf(time.GetUtcNow())));

    private SignerAnswer.Page Page(long after)
    {
        var start = (int)Math.Clamp(after, 0, file.Book.Acts.Count);
        var acts = file.Book.Acts.Skip(start).Take(PageMost).ToImmutableArray();
        return new(acts, start + acts.Length == file.Book.Acts.Count);
    }

    private async Task<T> InTurn<T>(Func<T> act, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return act();
        }
        finally
        {
            _turn.Release();
        }
    }
}
