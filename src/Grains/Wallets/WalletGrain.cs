using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Wallets;
using Stk.Grains.Economy;
using Stk.Grains.Notices;
using Stk.Grains.Requests;
using Stk.Rules.Notices;
using Stk.Rules.Time;
using Stk.Rules.Wallets;
using Stk.Rules.Weeks;
using Stk.Solana.Keys;
using Stk.Solana.SignIn;
using WalletPlan = Stk.Grains.Requests.RequestPlan<
    Stk.GrainInterfaces.Wallets.WalletView, Stk.GrainInterfaces.Wallets.RefusedWallet>;

namespace Stk.Grains.Wallets;

/// <inheritdoc cref="IWalletGrain"/>
/// <remarks>It remembers nothing: all is asked of the database and of the chain.</remarks>
internal sealed class WalletGrain(
    WalletTable wallets, ChallengeTable challenges, WalletChain chain, EconomyCache economy, KeyedWrites writes,
    IClock clock, TimeProvider time) : Grain, IWalletGrain
{
    // As the name of a channel in the notice: it is told as an address of one's notices is.
    private const string Channel = "wallet";

    // As of tokens: how far the clocks of whoever signs them and of this host may be apart.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private string Id => this.GetPrimaryKeyString();

    public async Task<WalletReply> Get(CancellationToken cancellation) => !chain.IsOn
        ? Refused(new(WalletRefusal.SettlementOff))
        : await wallets.FindNumber(Id, cancellation) is { } number
            ? await Done(number, View(await wallets.Read(number, cancellation)), isReplay: false, cancellation)
            : new WalletReply.Done(View((null, WalletMode.Keep)), IsReplay: false);

    public async Task<ChallengeReply> Challenge(ChallengeRequest request, CancellationToken cancellation)
    {
        if (!PublicKey.TryParse(request.Address, out var address, out var flaw))
        {
            return Unasked(new(WalletRefusal.Malformed, "address", $"must be an address of Solana: {flaw}"));
        }

        if (await wallets.FindNumber(Id, cancellation) is not { } number)
        {
            return Unasked(new(chain.IsOn ? WalletRefusal.UnknownParticipant : WalletRefusal.SettlementOff));
        }

        if (await Objection(number, address, cancellation) is { } objection)
        {
            return Unasked(objection);
        }

        var now = time.GetUtcNow();
        // To the millisecond, as the text has it.
        var issuedAt = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Challenges.NonceBytes));
        var challenge = SignInChallenge.Create(
            request.Domain, address, Challenges.Statement(Id), request.Uri, chain.Chain, nonce, issuedAt,
            issuedAt + Challenges.Lasts);
        var text = challenge.ToString();
        await challenges.Insert(
            nonce, number, new(address.ToString(), request.Form, text), challenge.ExpiresAt, now, cancellation);
        return new ChallengeReply.Done(new(
            nonce, text, challenge.Domain, address.ToString(), challenge.Statement, challenge.Uri.AbsoluteUri,
            SignInChallenge.Version, challenge.ChainId, SignInChallenge.Written(challenge.IssuedAt),
            SignInChallenge.Written(challenge.ExpiresAt), challenge.ExpiresAt,
            request.Form == ProofForm.Transaction ? LinkTransaction.For(text, address).Serialize() : null));
    }

    public Task<WalletReply> Link(LinkWalletRequest request, CancellationToken cancellation) =>
        Change(request.Key, request.SignedInAt, number => PlanLink(number, request, cancellation), cancellation);

    public Task<WalletReply> Unlink(UnlinkWalletRequest request, CancellationToken cancellation) =>
        Change(request.Key, request.SignedInAt, number => PlanUnlink(number, request, cancellation), cancellation);

    public Task<WalletReply> SetMode(SetWalletModeRequest request, CancellationToken cancellation) =>
        Change(request.Key, request.SignedInAt, number => PlanMode(number, request, cancellation), cancellation);

    private async Task<WalletReply> Change(
        RequestKey key, DateTimeOffset? signedInAt, Func<long, Task<WalletPlan>> plan, CancellationToken cancellation)
    {
        if (!chain.IsOn)
        {
            return Refused(new(WalletRefusal.SettlementOff));
        }

        if (!FreshLogin.IsFresh(signedInAt, time.GetUtcNow(), Skew))
        {
            return Refused(new(WalletRefusal.LoginNotFresh));
        }

        if (await wallets.FindNumber(Id, cancellation) is not { } number)
        {
            return Refused(new(WalletRefusal.UnknownParticipant));
        }

        return await writes.ChangeOwn(key, () => plan(number), cancellation) switch
        {
            RequestAnswer<WalletView, RefusedWallet>.Done(var view, var isReplay) =>
                await Done(number, view, isReplay, CancellationToken.None),
            RequestAnswer<WalletView, RefusedWallet>.Refused(var refusal, _) => Refused(refusal),
            RequestAnswer<WalletView, RefusedWallet>.KeyReused => new WalletReply.KeyReused(),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<WalletReply> Done(
        long number, WalletView view, bool isReplay, CancellationToken cancellation)
    {
        var (inFlight, sent, deposited) = await wallets.ReadSums(number, cancellation);
        return new WalletReply.Done(view, isReplay, inFlight, sent, deposited, chain.DepositOf(number));
    }

    private async Task<WalletPlan> PlanLink(long number, LinkWalletRequest request, CancellationToken cancellation)
    {
        if (request.Signature is { } signature && !Signature.TryParse(signature, out _, out var flaw))
        {
            return Refuse(new(WalletRefusal.Malformed, "signature", $"must be a signature: {flaw}"));
        }

        if (!Challenges.IsNonce(request.Challenge)
            || await challenges.Find(request.Challenge, number, time.GetUtcNow(), cancellation) is not { } challenge
            || Proof(challenge, request) is not { } proof)
        {
            return Refuse(new(WalletRefusal.ChallengeInvalid));
        }

        var address = PublicKey.Parse(challenge.Address);
        switch (proof.Check(address))
        {
            case SignatureVerdict.Valid:
                break;
            case SignatureVerdict.Malleable:
                return Refuse(new(
                    WalletRefusal.Malformed, "signature", "must be in its one form: its second half is not below the group's order"));
            default:
                return Refuse(new(WalletRefusal.ChallengeInvalid));
        }

        // Again: an account may stand there since, and somebody else may have linked it.
        if (await Objection(number, address, cancellation) is { } objection)
        {
            return Refuse(objection);
        }

        var now = clock.Now.InWholeMicroseconds();
        var rules = economy.Current.RuleBooks.Of(WeekId.Of(now)).Settlement;
        var (before, mode) = await wallets.Read(number, cancellation);
        var wallet = new StoredWallet(challenge.Address, now, rules.PayableFrom(now));
        return new WalletPlan.WriteUnlogged(
            View((wallet, mode)),
            [
                ChallengeTable.Use(request.Challenge, number),
                .. End(number, before, now),
                WalletTable.Insert(request.Key.Id, number, wallet, proof.ToJson()),
                Told(request.Key, number, now),
            ]);
    }

    private async Task<WalletPlan> PlanUnlink(long number, UnlinkWalletRequest request, CancellationToken cancellation)
    {
        var now = clock.Now.InWholeMicroseconds();
        var (before, mode) = await wallets.Read(number, cancellation);
        return before is null
            ? Refuse(new(WalletRefusal.NoWallet))
            : new WalletPlan.WriteUnlogged(
                View((null, mode)), [.. End(number, before, now), Told(request.Key, number, now)]);
    }

    private async Task<WalletPlan> PlanMode(long number, SetWalletModeRequest request, CancellationToken cancellation)
    {
        var (wallet, _) = await wallets.Read(number, cancellation);
        return new WalletPlan.WriteUnlogged(
            View((wallet, request.Mode)),
            WalletTable.SetMode(number, request.Mode, clock.Now.InWholeMicroseconds()));
    }

    private async Task<RefusedWallet?> Objection(long number, PublicKey address, CancellationToken cancellation)
    {
        if (await chain.Objection(address, cancellation) is { } objection)
        {
            return objection;
        }

        return await wallets.FindOwner(address.ToString(), cancellation) is { } owner && owner != number
            ? new(WalletRefusal.InUse)
            : null;
    }

    // Null where it is not in the form that was asked for.
    private static LinkProof? Proof(StoredChallenge challenge, LinkWalletRequest request) =>
        (challenge.Form, request.Signature, request.Transaction) switch
        {
            (ProofForm.Message, { } signature, null) =>
                new LinkProof.OfMessage(challenge.Text, signature, request.SignedMessage),
            (ProofForm.Transaction, null, { } transaction) => new LinkProof.OfTransaction(challenge.Text, transaction),
            _ => null,
        };

    private static IEnumerable<NpgsqlBatchCommand> End(long number, StoredWallet? before, DateTimeOffset now) =>
        before is null ? [] : [WalletTable.End(number, before.Address, now)];

    // To all channels: whoever has changed it may not be its owner.
    private static NpgsqlBatchCommand Told(RequestKey key, long number, DateTimeOffset now) => NoticeTable.Insert(
        [Notice.Of(NoticeKinds.AddressChanged, number, new { channel = Channel }, key.Id.ToString())], now, [null]);

    private WalletView View((StoredWallet? Wallet, WalletMode Mode) stored) => stored.Wallet is { } wallet
        ? new(
            wallet.Address, wallet.LinkedAt, wallet.PayableFrom, stored.Mode,
            chain.TokenAccountOf(PublicKey.Parse(wallet.Address))?.ToString())
        : new(null, null, null, stored.Mode, null);

    private static WalletPlan.Refuse Refuse(RefusedWallet refusal) => new(refusal, IsKept: false);

    private static WalletReply.Refused Refused(RefusedWallet refusal) => new(refusal);

    private static ChallengeReply.Refused Unasked(RefusedWallet refusal) => new(refusal);
}
