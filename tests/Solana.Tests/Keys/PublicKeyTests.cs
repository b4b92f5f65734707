using System.Numerics;
using System.Security.Cryptography;
using CsCheck;
using Stk.Solana.Keys;

namespace Stk.Solana.Tests.Keys;

public class PublicKeyTests
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;

    [Theory]
    [InlineData("0")]
    [InlineData("O")]
    [InlineData("I")]
    [InlineData("l")]
    public void Look_alikes_are_named_with_their_place(string lookAlike)
    {
        var text = string.Concat("So1111111111111111111111111111111111111111".AsSpan(0, 5), lookAlike, new string('1', 30));
        Assert.False(PublicKey.TryParse(text, out _, out var flaw));
        Assert.Contains($"'{lookAlike}' at 5", flaw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1111111111111111111111111111111")]
    [InlineData("111111111111111111111111111111111")]
    [InlineData("JEKNVnkbo3jma5nREBBJCDoXFVeKkD56V3xKrvRmWxFG1")]
    [InlineData("4vJ9JU1bJJE96FWSJKvHsmmFADCg4gpZQff4P3bkLKiж")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public void Text_that_is_not_base58_of_32_bytes_is_refused(string text)
    {
        Assert.False(PublicKey.TryParse(text, out _, out var flaw));
        Assert.NotEmpty(flaw);
        Assert.Throws<FormatException>(() => PublicKey.Parse(text));
    }

    [Fact]
    public void A_text_of_a_megabyte_is_refused_without_being_decoded() =>
        Assert.False(PublicKey.TryParse(new string('z', 1_000_000), out _, out _));

    [Fact]
    public void Any_32_bytes_come_back_from_their_text() =>
        Gen.Byte.Array[32].Sample(bytes => PublicKey.Parse(new PublicKey(bytes).ToString()).ToArray().SequenceEqual(bytes));

    [Fact]
    public void Public_keys_are_on_the_curve_and_their_negatives_too()
    {
        for (byte value = 0; value < 50; value++)
        {
            using var account = Account.FromSeed(TestKeys.Seed(value));
            var negative = account.PublicKey.ToArray();
            negative[31] ^= 0x80;
            Assert.True(account.PublicKey.IsOnCurve);
            Assert.True(new PublicKey(negative).IsOnCurve);
        }
    }

    // The definition, with the platform's slow integers: x^2 = (y^2 - 1) / (d y^2 + 1) has a root modulo p.
    [Fact]
    public void The_curve_is_decided_as_the_equation_says()
    {
        var on = 0;
        for (var value = 0; value < 400; value++)
        {
            var bytes = SHA256.HashData(BitConverter.GetBytes(value));
            var expected = HasRoot(new BigInteger(bytes, isUnsigned: true) & ((BigInteger.One << 255) - 1));
            on += expected ? 1 : 0;
            Assert.Equal(expected, new PublicKey(bytes).IsOnCurve);
        }

        Assert.InRange(on, 150, 250);
    }

    // Around 0, 1 and p, where limbs carry; y is taken modulo p, and the sign bit alone refuses nothing.
    [Fact]
    public void The_curve_is_decided_at_the_edges_of_the_field()
    {
        for (var offset = -25; offset < 19; offset++)
        {
            foreach (var y in (BigInteger[])[P + offset, 25 + offset])
            {
                foreach (var sign in (BigInteger[])[0, BigInteger.One << 255])
                {
                    var bytes = new byte[32];
                    (y + sign).TryWriteBytes(bytes, out _, isUnsigned: true);
                    Assert.Equal(HasRoot(y), new PublicKey(bytes).IsOnCurve);
                }
            }
        }
    }

    private static bool HasRoot(BigInteger y)
    {
        var d = P - (121665 * BigInteger.ModPow(121666, P - 2, P) % P);
        var y2 = y * y % P;
        var x2 = (y2 - 1 + P) * BigInteger.ModPow(((d * y2) + 1) % P, P - 2, P) % P;
        return x2.IsZero || BigInteger.ModPow(x2, (P - 1) / 2, P).IsOne;
    }
}
