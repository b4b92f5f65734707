using System.Security.Cryptography;
using System.Text.Json;
using Stk.Cli.Tests.Api;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Vaults;
using Xunit;

namespace Stk.Cli.Tests.Chain;

public sealed class ActVerbTests : IDisposable
{
    private const string Id = "6f1d3c1e-0000-4000-8000-000000000001";

    private readonly FakeApi _api = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stk-vault-");
    private readonly VaultKeys _keys;

    public ActVerbTests() => _keys = VaultKeys.ReadOrMake(Path.Combine(_folder.FullName, "chain"));

    public void Dispose()
    {
        _api.Dispose();
        _keys.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Acts_are_asked_for_listed_approved_after_a_question_and_rejected()
    {
        _api.On("POST admin/chain/acts", Act("asked")).On("GET admin/chain/acts", $$"""{"items":[{{Act("asked")}}],"next":null}""")
            .On($"GET admin/chain/acts/{Id}", Act("asked"))
            .On($"POST admin/chain/acts/{Id}/approve", Act("approved")).On($"POST admin/chain/acts/{Id}/reject", Act("rejected"));

        var asked = await new ProgramRun(_api).Run("chain", "refill", "300", "--reason", "it is low");
        await new ProgramRun(_api).Run("chain", "memo", "hello", "--reason", "to be seen");
        var listed = await new ProgramRun(_api).Run("chain", "acts");
        var shown = await new ProgramRun(_api).Run("chain", "acts", Id);
        var approved = await new ProgramRun(_api) { Typed = "y\n" }.Run("chain", "approve", Id, "--reason", "looked at");
        var rejected = await new ProgramRun(_api).Run("chain", "reject", Id, "--reason", "not now");

        Assert.Matches("(?m)^state +asked, and waits for another operator", asked.Output);
        Assert.Equal(
            ["""{"kind":"refill","amount":"300","reason":"it is low"}""", """{"kind":"memo","text":"hello","reason":"to be seen"}"""],
            _api.Requests.Take(2).Select(request => request.Body));
        Assert.Matches($"(?m)^{Id} +refill +300 +asked ", listed.Output);
        Assert.Matches("(?m)^amount +300 STK", shown.Output);
        Assert.Equal("Approve this refill of 300 STK (it is low), asked by olga? [y/N] ", approved.Error);
        Assert.Matches("(?m)^state +approved, and waits for a signature", approved.Output);
        Assert.Equal(0, rejected.Code);
    }

    [Fact]
    public async Task What_is_signed_is_said_in_words_made_here_and_brought()
    {
        _api.On($"GET admin/chain/acts/{Id}", Act("approved", Offer(Refill(300_000_000))))
            .On($"PUT admin/chain/acts/{Id}/signed", Act("signed"));
        var ours = _keys.Addresses;

        var run = await new ProgramRun(_api) { Typed = "y\n" }.Run(
            "chain", "sign", Id, "--key", Key("vault"), "--mint", $"{ours.Mint}", "--vault", $"{ours.Vault}", "--float",
            $"{ours.PayoutFloat}");

        Assert.Equal(0, run.Code);
        Assert.Equal(
            $"Move 300 STK from the vault {ours.Vault} to the float {ours.PayoutFloat}.\n"
            + "Asked by olga (it is low), approved by oleg. It lands once, and stays good until it does.\nSign this? [y/N] ",
            run.Error);
        var sent = JsonDocument.Parse(_api.Requests[^1].Body).RootElement.GetProperty("transaction").GetBytesFromBase64();
        var signed = Transaction.Parse(sent);
        Assert.Equal(Refill(300_000_000).Serialize(), signed.Message.Serialize());
        Assert.Equal(SignatureVerdict.Valid, Assert.Single(signed.Verify()));
    }

    [Fact]
    public async Task What_goes_back_is_said_with_its_wallet_and_to_another_nothing_is_signed()
    {
        var (ours, wallet) = (_keys.Addresses, new PublicKey(RandomNumberGenerator.GetBytes(32)));
        var message = HandMessages.Return(
            new(Id), ours.Vault, ours.Mint, ours.VaultTokens, wallet, 300_000_000,
            Blockhash.Parse("4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM"));
        var act = Act("approved", Offer(message)).Replace("\"refill\"", "\"return\"", StringComparison.Ordinal);
        _api.On($"GET admin/chain/acts/{Id}", To(wallet)).On($"PUT admin/chain/acts/{Id}/signed", To(wallet));

        var run = await new ProgramRun(_api) { Typed = "y\n" }.Run("chain", "sign", Id, "--key", Key("vault"));

        Assert.Equal(0, run.Code);
        Assert.StartsWith(
            $"Send 300 STK from the vault {ours.Vault} back to the wallet {wallet}.\n", run.Error, StringComparison.Ordinal);
        using var lying = new FakeApi();
        lying.On($"GET admin/chain/acts/{Id}", To(ours.MintAuthority));
        var other = await new ProgramRun(lying).Run("chain", "sign", Id, "--key", Key("vault"), "--yes");
        Assert.Contains("The host's transaction is not this return", other.Error, StringComparison.Ordinal);

        string To(PublicKey address) => act.Replace("\"to\":null", $"\"to\":\"{address}\"", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_exactly_the_act_is_refused_and_nothing_is_sent()
    {
        var ours = _keys.Addresses;
        var stranger = $"{new PublicKey(RandomNumberGenerator.GetBytes(32))}";
        (string Offer, string[] More, string Says)[] cases =
        [
            (Offer(Refill(300_000_001)), [], "The host's transaction is not this refill: nothing was signed."),
            (Offer(Refill(300_000_000)).Replace($"{ours.PayoutFloat}", stranger, StringComparison.Ordinal), [],
                "The host's transaction is not this refill"),
            (Offer(Refill(300_000_000)), ["--float", stranger], $"The host's float is {ours.PayoutFloat}, and not {stranger}"),
            (Offer(Refill(300_000_000)).Replace("\"transaction\":\"", "\"transaction\":\"A", StringComparison.Ordinal), [],
                "The host's transaction is not this refill"),
            ("null", [], "Nothing is to be signed: the act is approved."),
            ("""{"signer":"k","mint":"m","mintAuthority":"a","vault":"v","float":"f","nonceAccount":"n","nonce":null,"transaction":null,"trouble":"Too few nodes."}""",
                [], "Too few nodes."),
        ];
        foreach (var (offer, more, says) in cases)
        {
            using var api = new FakeApi();
            api.On($"GET admin/chain/acts/{Id}", Act("approved", offer));

            var run = await new ProgramRun(api).Run(["chain", "sign", Id, "--key", Key("vault"), "--yes", .. more]);

            Assert.Equal(1, run.Code);
            Assert.Contains(says, run.Error, StringComparison.Ordinal);
            Assert.All(api.Requests, request => Assert.StartsWith("GET ", request.Call, StringComparison.Ordinal));
        }

        _api.On($"GET admin/chain/acts/{Id}", Act("approved", Offer(Refill(300_000_000))));
        var other = await new ProgramRun(_api).Run("chain", "sign", Id, "--key", Key("mint-authority"), "--yes");
        Assert.Contains($"This refill is signed by {ours.Vault}, and the key is {ours.MintAuthority}'s.", other.Error, StringComparison.Ordinal);
        Assert.All(_api.Requests, request => Assert.StartsWith("GET ", request.Call, StringComparison.Ordinal));
    }

    private string Key(string name) => Path.Combine(_folder.FullName, "chain", $"{name}.json");

    private Message Refill(ulong amountMicro)
    {
        var ours = _keys.Addresses;
        return HandMessages.Refill(
            new(Id), ours.Vault, ours.Mint, ours.VaultTokens, ours.FloatTokens, amountMicro,
            Blockhash.Parse("4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM"));
    }

    private string Offer(Message message)
    {
        var ours = _keys.Addresses;
        var transaction = Convert.ToBase64String(new Transaction(message, [Signature.Missing]).Serialize());
        return $$"""{"signer":"{{ours.Vault}}","mint":"{{ours.Mint}}","mintAuthority":"{{ours.MintAuthority}}","vault":"{{ours.Vault}}","float":"{{ours.PayoutFloat}}","nonceAccount":"{{HandNonce.Of(ours.Vault)}}","nonce":"4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM","transaction":"{{transaction}}","trouble":null}""";
    }

    private static string Act(string state, string toSign = "null") =>
        $$"""{"id":"{{Id}}","kind":"refill","amount":"300","text":null,"state":"{{state}}","week":null,"askedBy":"olga","askedAt":"2026-01-05T08:00:00Z","reason":"it is low","expiresAt":"2026-01-19T08:00:00Z","decidedBy":"oleg","decidedAt":"2026-01-05T09:00:00Z","signature":null,"slot":null,"explorer":null,"to":null,"toSign":{{toSign}}}""";
}
