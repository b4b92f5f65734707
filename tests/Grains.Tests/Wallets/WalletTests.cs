using System.Collections.Immutable;
using System.Text;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Wallets;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Notices;
using Stk.Rules.Wallets;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Testing.Chain;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Wallets;

/// <summary>How a wallet is linked by proof, over a real chain where something may stand at its address.</summary>
[Collection(EconomyCollection.Name)]
public sealed class WalletTests(EconomyServer server)
{
    private static readonly RefusedWallet Invalid = new(WalletRefusal.ChallengeInvalid);

    [Theory]
    [InlineData(ProofForm.Message)]
    [InlineData(ProofForm.Transaction)]
    public async Task A_wallet_that_has_signed_is_linked_waits_two_days_and_its_owner_is_told(ProofForm form)
    {
        var (economy, _) = await server.SharedWithChain();
        var id = await Person(economy);
        using var wallet = Account.Create();

        var view = Done(await Linked(economy, id, wallet, form));

        var now = (await economy.Schedule.GetClock()).Now;
        Assert.Equal((wallet.PublicKey.ToString(), WalletMode.Keep), (view.Address, view.Mode));
        Assert.Equal(view.LinkedAt!.Value.AddHours(48), view.PayableFrom);
        Assert.True(view.LinkedAt <= now);
        Assert.Equal(
            AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(
                wallet.PublicKey, PublicKey.Parse(ChainSettings.Mint)).ToString(),
            view.TokenAccount);
        Assert.Equal(view, Done(await Grain(economy, id).Get(CancellationToken.None)));
        Assert.Equal([$"{NoticeKinds.AddressChanged} {{\"channel\":\"wallet\"}}"], await Told(economy, id));
        Assert.Equal(
            0L, await economy.Ask<long>(
                $"SELECT count(*) FROM settlement.challenges WHERE participant = {await economy.NumberOf(id)}"));
        Assert.Null(await economy.Verify());
    }

    [Fact]
    public async Task Another_wallet_ends_the_link_before_at_once_and_waits_anew()
    {
        var (economy, _) = await server.SharedWithChain();
        var id = await Person(economy);
        using var first = Account.Create();
        using var second = Account.Create();
        Done(await Linked(economy, id, first));
        Assert.IsType<WalletReply.Done>(
            await Grain(economy, id).SetMode(new(NewKey(), WalletMode.Weekly, Fresh), CancellationToken.None));

        var view = Done(await Linked(economy, id, second));

        Assert.Equal((second.PublicKey.ToString(), WalletMode.Weekly), (view.Address, view.Mode));
        var number = await economy.NumberOf(id);
        Assert.Equal(
            [$"{first.PublicKey} True", $"{second.PublicKey} False"],
            await economy.Rows(
                $"SELECT address, ended_at IS NOT NULL FROM settlement.wallets WHERE participant = {number} ORDER BY ended_at"));
        // The wallet that was left is anybody's again, its former owner's too: every link is a new one.
        Done(await Linked(economy, id, first));
        Assert.Equal(3, (await Told(economy, id)).Length);
        Assert.Equal(
            1L, await economy.Ask<long>(
                $"SELECT count(*) FROM settlement.wallets WHERE participant = {number} AND ended_at IS NULL"));
    }

    [Fact]
    public async Task A_link_ends_once_and_is_told()
    {
        var (economy, _) = await server.SharedWithChain();
        var id = await Person(economy);
        using var wallet = Account.Create();
        Done(await Linked(economy, id, wallet));
        var key = NewKey();

        var first = await Grain(economy, id).Unlink(new(key, Fresh), CancellationToken.None);
        var again = await Grain(economy, id).Unlink(new(key, Fresh), CancellationToken.None);

        Assert.Null(Done(first).Address);
        Assert.Equal(Assert.IsType<WalletReply.Done>(first) with { IsReplay = true }, again);
        Assert.Equal(
            WalletRefusal.NoWallet,
            Refused(await Grain(economy, id).Unlink(new(NewKey(), Fresh), CancellationToken.None)).Reason);
        Assert.Equal(2, (await Told(economy, id)).Length);
    }

    [Fact]
    public async Task A_repeat_finds_the_first_answer_though_its_challenge_is_used()
    {
        var (economy, _) = await server.SharedWithChain();
        var id = await Person(economy);
        using var wallet = Account.Create();
        var challenge = await Challenge(economy, id, wallet);
        var request = Signed(challenge, wallet);

        var first = Assert.IsType<WalletReply.Done>(await Grain(economy, id).Link(request, CancellationToken.None));
        Assert.Equal(first with { IsReplay = true }, await Grain(economy, id).Link(request, CancellationToken.None));

        Assert.Equal(
            Invalid, Refused(await Grain(economy, id).Link(request with { Key = NewKey() }, CancellationToken.None)));
        Assert.IsType<WalletReply.KeyReused>(await Grain(economy, id).Link(
            request with { Key = new RequestKey(request.Key.Id, [1]) }, CancellationToken.None));
        Assert.Single(await Told(economy, id));
    }

    [Fact]
    public async Task Of_two_who_link_one_wallet_at_once_one_has_it()
    {
        var (economy, _) = await server.SharedWithChain();
        using var wallet = Account.Create();
        string[] people = [.. await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Person(economy)))];
        var requests = new List<(string Id, LinkWalletRequest Request)>();
        foreach (var id in people)
        {
            requests.Add((id, Signed(await Challenge(economy, id, wallet), wallet)));
        }

        var replies = await Task.WhenAll(
            requests.Select(one => Grain(economy, one.Id).Link(one.Request, CancellationToken.None)));

        Assert.Single(replies.OfType<WalletReply.Done>());
        Assert.Equal(
            people.Length - 1,
            replies.OfType<WalletReply.Refused>().Count(reply => reply.Refusal.Reason == WalletRefusal.InUse));
        Assert.Equal(
            1L, await economy.Ask<long>($"SELECT count(*) FROM settlement.wallets WHERE address = '{wallet.PublicKey}'"));
        // Said at the challenge already.
        var asked = await Grain(economy, await Person(economy)).Challenge(Ask(wallet), CancellationToken.None);
        Assert.Equal(WalletRefusal.InUse, Assert.IsType<ChallengeReply.Refused>(asked).Refusal.Reason);
    }

    [Fact]
    public async Task Nobody_answers_anothers_challenge_an_old_one_or_in_another_form()
    {
        var (economy, _) = await server.SharedWithChain();
        var (ann, bob) = (await Person(economy), await Person(economy));
        using var wallet = Account.Create();
        using var other = Account.Create();
        var challenge = await Challenge(economy, ann, wallet);
        var request = Signed(challenge, wallet);
        var text = Encoding.UTF8.GetBytes(challenge.Text);
        ImmutableArray<LinkWalletRequest> bad =
        [
            request with { Challenge = new('0', 32) },
            request with { Challenge = "no nonce at all" },
            request with { Signature = other.Sign(text).ToString() },
            request with { Signature = wallet.Sign([.. text, (byte)' ']).ToString() },
            request with { SignedMessage = [.. text, (byte)' '], Signature = wallet.Sign([.. text, (byte)' ']).ToString() },
            request with { Signature = null },
            request with { Signature = null, Transaction = [1, 2, 3] },
            // Another page's text, signed by the wallet.
            request with
            {
                SignedMessage = Encoding.UTF8.GetBytes(challenge.Text.Replace("stk.example wants", "evil.example wants", StringComparison.Ordinal)),
                Signature = wallet.Sign(
                    Encoding.UTF8.GetBytes(challenge.Text.Replace("stk.example wants", "evil.example wants", StringComparison.Ordinal)))
                    .ToString(),
            },
        ];
        foreach (var one in bad)
        {
            Assert.Equal(
                Invalid, Refused(await Grain(economy, ann).Link(one with { Key = NewKey() }, CancellationToken.None)));
        }

        Assert.Equal(Invalid, Refused(await Grain(economy, bob).Link(request, CancellationToken.None)));
        // Of 63 bytes too.
        foreach (var signature in (string[])["0OIl", Base58Text.Encode(wallet.Sign(text).ToArray().AsSpan(1))])
        {
            var refused = Refused(await Grain(economy, ann).Link(
                request with { Signature = signature }, CancellationToken.None));
            Assert.Equal(new(WalletRefusal.Malformed, "signature"), refused with { Rule = null });
        }

        await economy.Execute(
            $"UPDATE settlement.challenges SET expires_at = now() - interval '1 second' WHERE nonce = '{challenge.Nonce}'");
        Assert.Equal(Invalid, Refused(await Grain(economy, ann).Link(request, CancellationToken.None)));
        Assert.Null(Done(await Grain(economy, ann).Get(CancellationToken.None)).Address);
    }

    [Fact]
    public async Task What_swallows_or_is_not_a_persons_is_refused_at_the_challenge()
    {
        var (economy, chain) = await server.SharedWithChain();
        var id = await Person(economy);
        using var token = Account.Create();
        using var nonce = Account.Create();
        using var funded = Account.Create();
        await Stand(chain, token, TokenProgram.ProgramId, new byte[TokenAccount.Size]);
        await Stand(chain, nonce, SystemProgram.ProgramId, new byte[80]);
        await Stand(chain, funded, SystemProgram.ProgramId, []);
        var associated = AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(
            funded.PublicKey, PublicKey.Parse(ChainSettings.Mint));

        foreach (var address in (string[])
        [
            ChainSettings.Mint, ChainSettings.MintAuthority, ChainSettings.Vault, ChainSettings.PayoutFloat,
            associated.ToString(), token.PublicKey.ToString(), nonce.PublicKey.ToString(),
            SystemProgram.ProgramId.ToString(), TokenProgram.ProgramId.ToString(), MemoProgram.ProgramId.ToString(),
        ])
        {
            var refusal = await Unasked(economy, id, address);
            Assert.Equal((WalletRefusal.NotAllowed, "address"), (refusal.Reason, refusal.Field));
            Assert.NotNull(refusal.Rule);
        }

        // Of 31 bytes too.
        var shorter = Base58Text.Encode(funded.PublicKey.ToArray().AsSpan(1));
        foreach (var address in (string[])["", "0OIl", "abc", shorter, funded.PublicKey + "1", "\0"])
        {
            var refusal = await Unasked(economy, id, address);
            Assert.Equal((WalletRefusal.Malformed, "address"), (refusal.Reason, refusal.Field));
        }

        await Challenge(economy, id, funded);
    }

    [Fact]
    public async Task An_account_that_stands_there_since_the_challenge_is_seen_at_the_link()
    {
        var (economy, chain) = await server.SharedWithChain();
        var id = await Person(economy);
        using var wallet = Account.Create();
        var challenge = await Challenge(economy, id, wallet);
        await Stand(chain, wallet, TokenProgram.ProgramId, new byte[TokenAccount.Size]);

        Assert.Equal(
            WalletRefusal.NotAllowed,
            Refused(await Grain(economy, id).Link(Signed(challenge, wallet), CancellationToken.None)).Reason);
    }

    [Fact]
    public async Task Nothing_is_changed_by_a_login_of_before_and_nobody_without_an_account_asks()
    {
        var (economy, _) = await server.SharedWithChain();
        var id = await Person(economy);
        using var wallet = Account.Create();
        var request = Signed(await Challenge(economy, id, wallet), wallet);
        var now = DateTimeOffset.UtcNow;
        foreach (var at in (DateTimeOffset?[])[null, now.AddMinutes(-6), now.AddHours(1)])
        {
            Assert.Equal(
                WalletRefusal.LoginNotFresh,
                Refused(await Grain(economy, id).Link(request with { SignedInAt = at }, CancellationToken.None)).Reason);
            Assert.Equal(
                WalletRefusal.LoginNotFresh,
                Refused(await Grain(economy, id).SetMode(
                    new(NewKey(), WalletMode.Weekly, at), CancellationToken.None)).Reason);
            Assert.Equal(
                WalletRefusal.LoginNotFresh,
                Refused(await Grain(economy, id).Unlink(new(NewKey(), at), CancellationToken.None)).Reason);
        }

        Assert.Equal(
            WalletRefusal.UnknownParticipant, (await Unasked(economy, "wa-nobody", wallet.PublicKey.ToString())).Reason);
        Assert.Equal(
            WalletRefusal.UnknownParticipant,
            Refused(await Grain(economy, "wa-nobody").Unlink(new(NewKey(), Fresh), CancellationToken.None)).Reason);
        Assert.Null(Done(await Grain(economy, "wa-nobody").Get(CancellationToken.None)).Address);
    }

    [Fact]
    public async Task One_node_that_does_not_answer_holds_nobody_up_and_none_that_does_links_nothing()
    {
        var (economy, chain) = await server.SharedWithChain();
        var id = await Person(economy);
        using var wallet = Account.Create();
        try
        {
            await chain.Command(new { command = "fault", kind = "hang", node = "alpha", method = "getAccountInfo", times = 100 });
            await Challenge(economy, id, wallet);
            await chain.Command(new { command = "heal" });
            await chain.Command(new { command = "fault", kind = "status", status = 403, method = "getAccountInfo", times = 100 });
            Assert.Equal(WalletRefusal.ChainSilent, (await Unasked(economy, id, wallet.PublicKey.ToString())).Reason);
        }
        finally
        {
            await chain.Command(new { command = "heal" });
        }
    }

    [Fact]
    public async Task Without_nodes_settlement_is_off()
    {
        var economy = await server.Shared();
        await economy.Register("wo-ann");
        using var wallet = Account.Create();
        var grain = Grain(economy, "wo-ann");

        Assert.Equal(WalletRefusal.SettlementOff, Refused(await grain.Get(CancellationToken.None)).Reason);
        Assert.Equal(
            WalletRefusal.SettlementOff, (await Unasked(economy, "wo-ann", wallet.PublicKey.ToString())).Reason);
        Assert.Equal(
            WalletRefusal.SettlementOff,
            Refused(await grain.SetMode(new(NewKey(), WalletMode.Weekly, Fresh), CancellationToken.None)).Reason);
    }

    [Fact]
    public async Task A_link_that_was_put_there_or_laid_under_another_is_seen_by_verify()
    {
        var (economy, _) = await server.SharedWithChain();
        var (ann, bob) = (await Person(economy), await Person(economy));
        using var wallet = Account.Create();
        using var device = Account.Create();
        Done(await Linked(economy, ann, wallet));
        Done(await Linked(economy, ann, device, ProofForm.Transaction));
        Assert.Empty(await Unproved(economy));

        var (number, other) = (await economy.NumberOf(ann), await economy.NumberOf(bob));
        (string Alter, string Undo)[] alterations =
        [
            ($"UPDATE settlement.wallets SET participant = {other} WHERE participant = {number}",
                $"UPDATE settlement.wallets SET participant = {number} WHERE participant = {other}"),
            ($"UPDATE settlement.wallets SET address = '{ChainSettings.Vault}' WHERE address = '{device.PublicKey}'",
                $"UPDATE settlement.wallets SET address = '{device.PublicKey}' WHERE address = '{ChainSettings.Vault}'"),
            ($"""
                UPDATE settlement.wallets SET proof = replace(proof::text, 'stk.example', 'evil.example')::json
                WHERE participant = {number}
                """,
                $"""
                UPDATE settlement.wallets SET proof = replace(proof::text, 'evil.example', 'stk.example')::json
                WHERE participant = {number}
                """),
            ($"DROP INDEX settlement.wallets_of_participant; UPDATE settlement.wallets SET ended_at = NULL WHERE participant = {number}",
                $"""
                UPDATE settlement.wallets SET ended_at = linked_at WHERE address = '{wallet.PublicKey}';
                CREATE UNIQUE INDEX wallets_of_participant ON settlement.wallets (participant) WHERE ended_at IS NULL
                """),
        ];
        foreach (var (alter, undo) in alterations)
        {
            await economy.Execute(alter);
            Assert.NotEmpty(await Unproved(economy));
            await economy.Execute(undo);
            Assert.Empty(await Unproved(economy));
        }
    }

    private static async Task<ImmutableArray<Violation>> Unproved(TestEconomy economy) =>
        (await new InvariantsCheck(economy.Database).Run().FirstAsync(finding => finding.Invariant.Name == "I30")).Violations;

    private static DateTimeOffset? Fresh => DateTimeOffset.UtcNow;

    private static IWalletGrain Grain(TestEconomy economy, string id) => economy.Grains.GetGrain<IWalletGrain>(id);

    private static async Task<string> Person(TestEconomy economy)
    {
        var id = $"wa-{Guid.NewGuid():N}";
        await economy.Register(id);
        return id;
    }

    private static ChallengeRequest Ask(Account wallet, ProofForm form = ProofForm.Message) =>
        new(wallet.PublicKey.ToString(), form, "stk.example", new("https://stk.example/wallet"));

    private static async Task<ChallengeView> Challenge(
        TestEconomy economy, string id, Account wallet, ProofForm form = ProofForm.Message) =>
        Assert.IsType<ChallengeReply.Done>(
            await Grain(economy, id).Challenge(Ask(wallet, form), CancellationToken.None)).Challenge;

    private static async Task<RefusedWallet> Unasked(TestEconomy economy, string id, string address) =>
        Assert.IsType<ChallengeReply.Refused>(await Grain(economy, id).Challenge(
            new(address, ProofForm.Message, "stk.example", new("https://stk.example/")), CancellationToken.None)).Refusal;

    private static LinkWalletRequest Signed(ChallengeView challenge, Account wallet) => challenge.Transaction is { } asked
        ? new(
            NewKey(), challenge.Nonce, null, null,
            Transaction.Sign(Transaction.Parse(asked).Message, wallet).Serialize(), Fresh)
        : new(
            NewKey(), challenge.Nonce, wallet.Sign(Encoding.UTF8.GetBytes(challenge.Text)).ToString(), null, null, Fresh);

    private static async Task<WalletReply> Linked(
        TestEconomy economy, string id, Account wallet, ProofForm form = ProofForm.Message) => await Grain(economy, id).Link(
            Signed(await Challenge(economy, id, wallet, form), wallet), CancellationToken.None);

    private static WalletView Done(WalletReply reply) => Assert.IsType<WalletReply.Done>(reply).Wallet;

    private static RefusedWallet Refused(WalletReply reply) => Assert.IsType<WalletReply.Refused>(reply).Refusal;

    private static async Task<string[]> Told(TestEconomy economy, string id)
    {
        var number = await economy.NumberOf(id);
        return await economy.Rows(
            $"SELECT kind, \"values\"::text FROM notices.notices WHERE participant = {number} ORDER BY id");
    }

    private static async Task Stand(LocalChain chain, Account at, PublicKey owner, byte[] data)
    {
        await chain.Command(new
        {
            command = "accounts",
            accounts = new[]
            {
                new
                {
                    address = at.PublicKey.ToString(),
                    lamports = 2_039_280,
                    owner = owner.ToString(),
                    data = Convert.ToBase64String(data),
                },
            },
        });
        // Until it is confirmed, on the node that is behind too.
        await chain.Command(new { command = "advance", slots = 8 });
    }
}
