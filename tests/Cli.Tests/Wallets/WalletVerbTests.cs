using System.Text;
using System.Text.Json;
using Stk.Cli.Tests.Api;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.SignIn;
using Xunit;

namespace Stk.Cli.Tests.Wallets;

public sealed class WalletVerbTests : IDisposable
{
    private const string Wallet =
        """{"address":"abc","linkedAt":"2026-01-05T08:00:00Z","payableFrom":"2026-01-07T08:00:00Z","mode":"keep","tokenAccount":"def","inFlight":"0","lifetime":{"sent":"1.5","deposited":"0"},"deposit":null}""";

    private readonly FakeApi _api = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stk-wallet-");
    private readonly Account _wallet = Account.FromSeed([.. Enumerable.Repeat((byte)9, Account.SeedLength)]);
    private readonly string _file;

    public WalletVerbTests()
    {
        _file = Path.Combine(_directory.FullName, "wallet.json");
        KeyFile.Write(_file, [.. Enumerable.Repeat((byte)9, Account.SeedLength)]);
    }

    private string Text =>
        $"127.0.0.1:8080 wants you to sign in with your Solana account:\n{_wallet.PublicKey}\n\nLink.\n\nNonce: 0b54";

    public void Dispose()
    {
        _api.Dispose();
        _wallet.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_wallet_is_shown()
    {
        _api.On("GET wallet", Wallet);
        var (code, output, _) = await new ProgramRun(_api).Run("wallet", "show", "--participant", "ann");
        Assert.Equal(0, code);
        Assert.Equal("?participant=ann", _api.Requests[0].Query);
        Assert.Matches("(?m)^payable from +2026-01-07 08:00:00 *$", output);
        Assert.Matches("(?m)^sent +1.5 STK *$", output);
    }

    [Fact]
    public async Task A_challenge_is_shown_signed_and_answered()
    {
        _api.On("POST wallet/challenge", Challenge(Text, transaction: null)).On("POST wallet/link", Wallet);
        var run = new ProgramRun(_api) { Typed = "y\n" };
        var (code, _, error) = await run.Run("wallet", "link", "--keypair", _file);

        Assert.Equal(0, code);
        Assert.Contains("wants you to sign in", error, StringComparison.Ordinal);
        Assert.Equal(
            $$"""{"address":"{{_wallet.PublicKey}}","form":"message"}""", _api.Requests[0].Body);
        Assert.Equal(
            $$"""{"challenge":"0b54","signature":"{{_wallet.Sign(Encoding.ASCII.GetBytes(Text))}}"}""", _api.Requests[1].Body);
        Assert.True(_api.Requests[1].Headers.ContainsKey("Idempotency-Key"));
    }

    [Fact]
    public async Task A_transaction_is_signed_where_it_holds_the_text()
    {
        var asked = LinkTransaction.For(Text, _wallet.PublicKey);
        _api.On("POST wallet/challenge", Challenge(Text, Convert.ToBase64String(asked.Serialize())))
            .On("POST wallet/link", Wallet);
        var (code, _, error) = await new ProgramRun(_api).Run(
            "wallet", "link", "--keypair", _file, "--form", "transaction", "--yes");

        Assert.True(code == 0, error);
        using var sent = JsonDocument.Parse(_api.Requests[1].Body);
        var signed = Transaction.Parse(Convert.FromBase64String(sent.RootElement.GetProperty("transaction").GetString()!));
        Assert.Equal(SignatureVerdict.Valid, LinkTransaction.Check(signed, Text, _wallet.PublicKey));
    }

    [Theory]
    [InlineData("Pay all", null)]
    [InlineData("evil wants you to sign in with your Solana account:\nsomebody\n", null)]
    [InlineData("TEXT\u0007", null)]
    [InlineData("TEXT", "AQID")]
    public async Task Nothing_else_that_a_host_sends_is_signed(string text, string? transaction)
    {
        _api.On(
            "POST wallet/challenge",
            Challenge(text.Replace("TEXT", Text, StringComparison.Ordinal), transaction)).On("POST wallet/link", Wallet);
        var (code, _, error) = await new ProgramRun(_api).Run("wallet", "link", "--keypair", _file, "--yes");

        Assert.Equal(1, code);
        Assert.Contains("nothing was signed", error, StringComparison.Ordinal);
        Assert.Single(_api.Requests);
    }

    [Fact]
    public async Task A_link_ends_and_a_mode_is_chosen()
    {
        _api.On("DELETE wallet", Wallet.Replace("\"abc\"", "null", StringComparison.Ordinal)).On("PUT wallet/mode", Wallet);
        Assert.Equal(0, (await new ProgramRun(_api).Run("wallet", "unlink", "--yes")).Code);
        Assert.Equal(0, (await new ProgramRun(_api).Run("wallet", "mode", "weekly")).Code);
        Assert.Equal("""{"mode":"weekly"}""", _api.Requests[1].Body);
        Assert.Equal(2, (await new ProgramRun(_api).Run("wallet", "mode", "daily")).Code);
        Assert.Equal(1, (await new ProgramRun(_api).Run("wallet", "unlink")).Code);
    }

    private static string Challenge(string text, string? transaction) => JsonSerializer.Serialize(new
    {
        challenge = "0b54",
        message = text,
        input = new { },
        transaction,
        expiresAt = "2026-01-05T08:05:00Z",
    });
}
