using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Stk.Rules.Sources;
using Stk.Sources.Signatures;

namespace Stk.Sources.Tests.Signatures;

public sealed class WebhookProofTests
{
    private const string First = "the-first-secret";
    private const string Second = "the-second-secret";

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Body = "{\"ping\": \"OK\"}"u8.ToArray();

    private static readonly SourceSecrets Both = Secrets($"{First}\n{Second}\n");

    [Theory, InlineData(First, true), InlineData(Second, true), InlineData("a-third-secret-of-ours", false)]
    public void Both_secrets_of_a_rotation_are_valid_and_no_other(string secret, bool isProved)
    {
        var seconds = Now.ToUnixTimeSeconds();

        Assert.Equal(isProved, IsProved(SourceKind.Discourse, $"sha256={Hmac(secret, Body)}"));
        Assert.Equal(isProved, IsProved(SourceKind.PostHog, $"Bearer {secret}"));
        Assert.Equal(isProved, IsProved(SourceKind.Aisystant, Platform(secret, seconds)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("SHA256={0}")]
    [InlineData(" sha256={0}")]
    [InlineData("sha256={0} ")]
    [InlineData("sha256={0}00")]
    [InlineData("sha256=0x{0}")]
    [InlineData("sha256= {0}")]
    [InlineData("sha1={0}")]
    [InlineData("{0}")]
    public void A_malformed_signature_of_the_club_is_refused(string form) =>
        Assert.False(IsProved(
            SourceKind.Discourse, string.Format(CultureInfo.InvariantCulture, form, Hmac(First, Body))));

    [Fact]
    public void Capital_digits_are_refused() =>
        Assert.False(IsProved(SourceKind.Discourse, $"sha256={Hmac(First, Body).ToUpperInvariant()}"));

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic the-first-secret")]
    [InlineData("the-first-secret")]
    [InlineData("Bearer  the-first-secret")]
    [InlineData("Bearer the-first-secret ")]
    [InlineData("Bearer the-first-secret,the-second-secret")]
    [InlineData("Bearer the-first-secre\ud800")]
    public void A_malformed_bearer_is_refused(string value) => Assert.False(IsProved(SourceKind.PostHog, value));

    [Theory, InlineData(-300, true), InlineData(300, true), InlineData(-301, false), InlineData(301, false)]
    public void The_platforms_signature_is_of_these_five_minutes(int seconds, bool isProved) =>
        Assert.Equal(isProved, IsProved(SourceKind.Aisystant, Platform(First, Now.ToUnixTimeSeconds() + seconds)));

    [Theory]
    [InlineData("")]
    [InlineData("t={0}")]
    [InlineData("v1={1}")]
    [InlineData("v1={1},t={0}")]
    [InlineData("t={0}, v1={1}")]
    [InlineData("t={0},v1={1},v1={1}")]
    [InlineData("t={0},v0={1}")]
    [InlineData("t=,v1={1}")]
    [InlineData("t=+{0},v1={1}")]
    [InlineData("t={0}.0,v1={1}")]
    [InlineData("t=0{0},v1={1}")]
    [InlineData("t=99999999999999999999,v1={1}")]
    [InlineData("t=999999999999,v1={1}")]
    public void A_malformed_signature_of_the_platform_is_refused(string form)
    {
        var seconds = Now.ToUnixTimeSeconds();
        var hex = Platform(First, seconds).Split("v1=")[1];

        Assert.False(IsProved(
            SourceKind.Aisystant, string.Format(CultureInfo.InvariantCulture, form, seconds, hex)));
    }

    [Fact]
    public void None_and_two_headers_prove_nothing()
    {
        var good = $"sha256={Hmac(First, Body)}";

        Assert.False(WebhookProof.IsProved(SourceKind.Discourse, [], Body, Both, Now));
        Assert.False(WebhookProof.IsProved(SourceKind.Discourse, [null], Body, Both, Now));
        Assert.False(WebhookProof.IsProved(SourceKind.Discourse, [good, good], Body, Both, Now));
        Assert.False(WebhookProof.IsProved(SourceKind.Push, [good], Body, Both, Now));
    }

    [Fact]
    public void Any_flipped_bit_of_body_or_signature_is_refused() =>
        Gen.Select(Gen.Byte.Array[1, 200], Gen.Int[0, 10_000], Gen.Int[0, 7]).Sample((body, place, bit) =>
        {
            var header = $"sha256={Hmac(First, body)}";
            Assert.True(WebhookProof.IsProved(SourceKind.Discourse, [header], body, Both, Now));

            var flipped = body.ToArray();
            flipped[place % body.Length] ^= (byte)(1 << bit);
            Assert.False(WebhookProof.IsProved(SourceKind.Discourse, [header], flipped, Both, Now));

            var letters = header.ToCharArray();
            letters[place % letters.Length] = (char)(letters[place % letters.Length] ^ (1 << bit));
            Assert.False(WebhookProof.IsProved(SourceKind.Discourse, [new string(letters)], body, Both, Now));
        });

    [Fact]
    public void Whatever_the_headers_are_nothing_is_thrown() =>
        Gen.Select(Gen.String, Gen.Byte.Array).Sample((value, body) =>
        {
            foreach (var kind in Enum.GetValues<SourceKind>())
            {
                Assert.False(WebhookProof.IsProved(kind, [value], body, Both, DateTimeOffset.MaxValue));
                Assert.False(WebhookProof.IsProved(kind, [$"t=1,v1={value}"], body, Both, DateTimeOffset.MinValue));
                Assert.False(WebhookProof.IsProved(kind, [$"sha256={value}"], body, Both, Now));
            }
        });

    [Theory]
    [InlineData("")]
    [InlineData("\n \n")]
    [InlineData("eleven-long")]
    [InlineData("a-good-secret-1\na-good-secret-2\na-good-secret-3")]
    [InlineData("a good secret with blanks")]
    [InlineData("секрет-из-букв")]
    public void A_file_that_holds_no_good_secrets_is_refused_without_its_text(string text)
    {
        Assert.Null(SourceSecrets.Read(text, out var broken));
        Assert.StartsWith("must hold", broken, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_show_nothing_of_themselves() => Assert.Equal("2 secrets", $"{Both}");

    [Fact]
    public void A_file_from_another_system_is_read() => Assert.Equal("1 secrets", $"{Secrets("a-good-secret-1\r\n\r\n")}");

    private static bool IsProved(SourceKind kind, string value) => WebhookProof.IsProved(kind, [value], Body, Both, Now);

    private static SourceSecrets Secrets(string text) => SourceSecrets.Read(text, out _)!;

    private static string Hmac(string secret, byte[] body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), body));

    private static string Platform(string secret, long seconds)
    {
        var time = seconds.ToString(CultureInfo.InvariantCulture);
        return $"t={time},v1={Hmac(secret, [.. Encoding.ASCII.GetBytes($"{time}."), .. Body])}";
    }
}
