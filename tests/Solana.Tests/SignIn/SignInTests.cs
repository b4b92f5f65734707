using System.Text;
using System.Text.Json.Nodes;
using Stk.Solana.Keys;
using Stk.Solana.Programs;
using Stk.Solana.SignIn;
using Stk.Solana.Tests.CrossChecks;

namespace Stk.Solana.Tests.SignIn;

public sealed class SignInTests : IDisposable
{
    private static readonly DateTimeOffset Issued = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Expires = Issued.AddMinutes(10);

    private readonly Account _wallet = Account.FromSeed(TestKeys.Seed(1));
    private readonly Account _other = Account.FromSeed(TestKeys.Seed(2));

    public void Dispose()
    {
        _wallet.Dispose();
        _other.Dispose();
    }

    // The README of the format, field by field.
    [Fact]
    public void The_text_is_that_of_the_published_format() =>
        Assert.Equal(
            $"stk.example wants you to sign in with your Solana account:\n{_wallet.PublicKey}\n\n"
            + "Link this wallet to STK.\n\nURI: https://stk.example/wallet\nVersion: 1\nChain ID: localnet\n"
            + "Nonce: oBbLoEldZs12\nIssued At: 2026-01-05T08:00:00.000Z\nExpiration Time: 2026-01-05T08:10:00.000Z",
            Challenge().ToString());

    [Fact]
    public void The_wallets_own_answer_is_valid_until_it_expires()
    {
        var answer = Answer(Challenge());
        Assert.Equal(SignInVerdict.Valid, answer.To(Challenge(), Issued));
        Assert.Equal(SignInVerdict.Valid, answer.To(Challenge(), Expires.AddMilliseconds(-1)));
        Assert.Equal(SignInVerdict.Expired, answer.To(Challenge(), Expires));
        Assert.Equal(SignInVerdict.NotYetIssued, answer.To(Challenge(), Issued.AddMilliseconds(-1)));
    }

    [Fact]
    public void Another_domain_nonce_text_key_or_signature_is_told()
    {
        Assert.Equal(SignInVerdict.OtherDomain, Answer(Challenge(domain: "evil.example")).To(Challenge(), Issued));
        Assert.Equal(SignInVerdict.OtherNonce, Answer(Challenge(nonce: "aaaaaaaaaaaa")).To(Challenge(), Issued));
        Assert.Equal(SignInVerdict.OtherText, Answer(Challenge(statement: "Pay all.")).To(Challenge(), Issued));
        Assert.Equal(
            SignInVerdict.OtherKey, (Answer(Challenge()) with { Signer = _other.PublicKey }).To(Challenge(), Issued));
        var forged = Answer(Challenge()) with { Signature = _other.Sign(Challenge().ToBytes().AsSpan()) };
        Assert.Equal(SignInVerdict.WrongSignature, forged.To(Challenge(), Issued));
        Assert.Equal(
            SignInVerdict.WrongSignature,
            (Answer(Challenge()) with { Signature = Signature.Missing }).To(Challenge(), Issued));
    }

    [Fact]
    public void A_text_that_only_looks_the_same_is_another()
    {
        // A no-break space for a space.
        var text = Challenge().ToString().Replace("Link this", "Link\u00A0this", StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(text);
        var answer = new SignInAnswer(_wallet.PublicKey, bytes, _wallet.Sign(bytes));
        Assert.Equal(SignInVerdict.OtherText, answer.To(Challenge(), Issued));
    }

    [Fact]
    public void A_field_that_could_be_read_as_another_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Challenge(statement: "a\nNonce: b"));
        Assert.Throws<ArgumentException>(() => Challenge(domain: "a b"));
        Assert.Throws<ArgumentException>(() => Challenge(domain: "a\nb"));
        Assert.Throws<ArgumentException>(() => Challenge(statement: "Привет"));
        Assert.Throws<ArgumentException>(() => Challenge(statement: ""));
        Assert.Throws<ArgumentException>(() => Challenge(nonce: "short"));
        Assert.Throws<ArgumentException>(() => Challenge(nonce: "with a blank"));
    }

    [Fact]
    public void A_program_derived_address_cannot_sign_in() =>
        Assert.Throws<ArgumentException>(() => SignInChallenge.Create(
            "stk.example",
            AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(_wallet.PublicKey, default),
            "Link.", new("https://stk.example"), "localnet", "oBbLoEldZs12", Issued, Expires));

    [Fact]
    public async Task The_wallets_library_makes_our_text_and_takes_our_answers()
    {
        await using var node = await NodeProgram.Start(CancellationToken.None);
        var challenge = Challenge();
        var text = challenge.ToString();
        var questions = new List<JsonObject>
        {
            Question("signIn", new() { ["input"] = Input(challenge), ["seed"] = Convert.ToHexString(TestKeys.Seed(1)) }),
            Question("signInAnswer", Wire(Answer(challenge), text, challenge)),
            Question("signInAnswer", Wire(Answer(challenge), text, Challenge(domain: "evil.example"))),
            Question("signInAnswer", Wire(Answer(challenge), text.Replace("this", "that", StringComparison.Ordinal), challenge)),
            Question("signInAnswer", Wire(Answer(challenge) with { Signer = _other.PublicKey }, text, challenge)),
        };
        var answers = new List<JsonNode>();
        await foreach (var answer in node.Ask(questions))
        {
            Assert.Null(answer["error"]);
            answers.Add(answer["out"]!);
        }

        Assert.Equal(text, answers[0]["text"]!.ToString());
        Assert.True(answers[0]["parsed"]!.GetValue<bool>());
        var theirs = new SignInAnswer(
            _wallet.PublicKey, Encoding.UTF8.GetBytes(answers[0]["text"]!.ToString()),
            Signature.Parse(answers[0]["signature"]!.ToString()));
        Assert.Equal(SignInVerdict.Valid, theirs.To(challenge, Issued));
        Assert.Equal([true, false, false, false], answers.Skip(1).Select(answer => answer["accepted"]!.GetValue<bool>()));
    }

    private static JsonObject Question(string kind, JsonObject input) => new CrossCase(0, kind, input).ToJson();

    private static JsonObject Input(SignInChallenge challenge) => new()
    {
        ["domain"] = challenge.Domain,
        ["address"] = challenge.Address.ToString(),
        ["statement"] = challenge.Statement,
        ["uri"] = challenge.Uri.AbsoluteUri,
        ["version"] = SignInChallenge.Version,
        ["chainId"] = challenge.ChainId,
        ["nonce"] = challenge.Nonce,
        ["issuedAt"] = SignInChallenge.Written(challenge.IssuedAt),
        ["expirationTime"] = SignInChallenge.Written(challenge.ExpiresAt),
    };

    private static JsonObject Wire(SignInAnswer answer, string text, SignInChallenge challenge) => new()
    {
        ["input"] = Input(challenge),
        ["text"] = text,
        ["publicKey"] = Convert.ToHexString(answer.Signer.ToArray()),
        ["signature"] = Convert.ToHexString(answer.Signature.ToArray()),
    };

    private SignInAnswer Answer(SignInChallenge challenge)
    {
        var bytes = challenge.ToBytes();
        return new(_wallet.PublicKey, bytes.AsMemory(), _wallet.Sign(bytes.AsSpan()));
    }

    private SignInChallenge Challenge(
        string domain = "stk.example", string nonce = "oBbLoEldZs12", string statement = "Link this wallet to STK.") =>
        SignInChallenge.Create(
            domain, _wallet.PublicKey, statement, new("https://stk.example/wallet"), "localnet", nonce, Issued, Expires);
}
