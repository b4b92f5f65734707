using System.Runtime.Versioning;
using System.Security.Cryptography;
using Stk.Ledger.Machine;
using Stk.Ledger.Signing;
using Xunit;

namespace Stk.Ledger.Tests.Signing;

[UnsupportedOSPlatform("windows")]
public sealed class SigningKeyTests : IDisposable
{
    private static readonly Digest Hash = new(SHA256.HashData("a head"u8));

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stk-signing-");

    private string Private => Path.Combine(_directory.FullName, "commits.key");

    private string Public => Path.Combine(_directory.FullName, "commits.public.pem");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_key_that_was_written_signs_what_its_public_half_verifies()
    {
        ChainSigner.Write(Private, Public);

        using var signer = ChainSigner.Read(Private);
        var keys = SigningPublicKeys.Read(Public);

        var signature = signer.Sign(SignedChain.Ledger, 7, Hash);
        Assert.Equal(64, signature.Length);
        Assert.True(keys.HaveSigned(SignedChain.Ledger, 7, Hash, signature));
        Assert.False(keys.HaveSigned(SignedChain.Ledger, 8, Hash, signature));
        Assert.False(keys.HaveSigned(SignedChain.OperatorsLog, 7, Hash, signature));
        Assert.False(keys.HaveSigned(SignedChain.Ledger, 7, Digest.Zero, signature));
        Assert.True(keys.Know(signer));
    }

    // RFC 8032, section 7.1, TEST 3, as openssl writes that key: another program's keys will do.
    [Fact]
    public void A_key_in_PEM_of_another_program_is_read()
    {
        Write("""
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIMWqjfQ/n4N77bdELzHct7Fm04U1B28JS4XOOi4LRFj3
            -----END PRIVATE KEY-----

            """);

        using var signer = ChainSigner.Read(Private);

        Assert.Contains(
            "MCowBQYDK2VwAyEA/FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU=", signer.PublicKeyText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_key_is_for_its_owner_and_is_never_written_over()
    {
        ChainSigner.Write(Private, Public);

        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(Private));
        Assert.Throws<IOException>(() => ChainSigner.Write(Private, Path.Combine(_directory.FullName, "other.pem")));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead)]
    public void A_private_key_that_others_can_read_is_refused_and_the_file_named(UnixFileMode mode)
    {
        ChainSigner.Write(Private, Public);
        File.SetUnixFileMode(Private, mode);

        var refusal = Assert.Throws<SigningKeyException>(() => ChainSigner.Read(Private));

        Assert.Contains(Private, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("mode", refusal.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(""), InlineData("-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----\n"), InlineData("key")]
    public void What_is_no_key_is_refused(string text)
    {
        Write(text);
        Assert.Throws<SigningKeyException>(() => ChainSigner.Read(Private));
    }

    [Fact]
    public void A_key_that_is_not_there_is_refused_and_the_file_named() => Assert.Contains(
        Private, Assert.Throws<SigningKeyException>(() => ChainSigner.Read(Private)).Message, StringComparison.Ordinal);

    [Fact]
    public void While_a_key_changes_both_are_valid_and_afterwards_the_old_one_up_to_its_end()
    {
        using var old = ChainSigner.Create();
        using var next = ChainSigner.Create();
        var both = SigningPublicKeys.Parse(old.PublicKeyText + next.PublicKeyText);
        var ended = SigningPublicKeys.Parse($"# until the change\nuntil 10 3\n{old.PublicKeyText}\n{next.PublicKeyText}");

        Assert.True(HasSigned(both, old, SignedChain.Ledger, 11));
        Assert.True(HasSigned(both, next, SignedChain.Ledger, 11));
        Assert.True(HasSigned(ended, old, SignedChain.Ledger, 10));
        Assert.False(HasSigned(ended, old, SignedChain.Ledger, 11));
        Assert.True(HasSigned(ended, old, SignedChain.OperatorsLog, 3));
        Assert.False(HasSigned(ended, old, SignedChain.OperatorsLog, 4));
        Assert.True(HasSigned(ended, next, SignedChain.Ledger, 11));
        Assert.False(ended.Know(old));
        Assert.True(ended.Know(next));
    }

    [Fact]
    public void The_file_may_say_where_signing_began()
    {
        using var signer = ChainSigner.Create();

        var keys = SigningPublicKeys.Parse($"unsigned 7:{Hash} 0:{Digest.Zero}\n{signer.PublicKeyText}");

        Assert.Equal(new(7, Hash), keys.UnsignedLedger);
        Assert.Equal(new(0, Digest.Zero), keys.UnsignedLog);
    }

    [Theory]
    [InlineData("", "no public key")]
    [InlineData("untill 3 4", "untill 3 4")]
    [InlineData("until 3", "until 3")]
    [InlineData("until x 4", "'x'")]
    [InlineData("unsigned 3 4:00", "'3'")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n", "no end")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "no Ed25519")]
    public void A_file_of_public_keys_that_says_nothing_known_is_refused(string text, string named) => Assert.Contains(
        named, Assert.Throws<FormatException>(() => SigningPublicKeys.Parse(text)).Message, StringComparison.Ordinal);

    private static bool HasSigned(SigningPublicKeys keys, ChainSigner signer, SignedChain chain, long sequence) =>
        keys.HaveSigned(chain, sequence, Hash, signer.Sign(chain, sequence, Hash));

    private void Write(string text) =>
        File.WriteAllText(OnlyForUs(Private), text);

    private static string OnlyForUs(string path)
    {
        File.Create(path).Dispose();
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
