using System.Buffers.Binary;

namespace Stk.Solana.Keys;

/// <summary>
/// Whether 32 bytes decompress to a point of ed25519, as Solana's runtime decides it (curve25519-dalek,
/// <c>CompressedEdwardsY::decompress</c>): y is taken modulo p, and the sign bit alone refuses nothing.
/// </summary>
/// <remarks>libsodium's check is stricter (subgroup, canonical form) and would derive other addresses.</remarks>
internal static class CurvePoint
{
    // Numbers modulo p = 2^255 - 19 in five limbs of 51 bits, as in the reference code "ref10" for 64-bit machines.
    private const ulong Mask = (1UL << 51) - 1;

    public static bool IsPoint(ReadOnlySpan<byte> bytes)
    {
        // -x^2 + y^2 = 1 + d x^2 y^2, so x^2 = u / v with u = y^2 - 1 and v = d y^2 + 1. As v is never 0 and
        // u / v = u v / v^2, a root exists exactly where u v is a square.
        var y = Limbs.From(bytes);
        var ySquared = Square(y);
        var u = SubtractOne(ySquared);
        var v = Multiply(ySquared, CurveD);
        v.A++;
        return IsSquare(Multiply(u, v));
    }

    // d = -121665/121666.
    private static Limbs CurveD => new()
    {
        A = 0x34dca135978a3,
        B = 0x1a8283b156ebd,
        C = 0x5e7a26001c029,
        D = 0x739c663a03cbb,
        E = 0x52036cee2b6ff,
    };

    // Euler: z^((p-1)/2) is 1 for a square, 0 for 0, -1 otherwise; (p-1)/2 = 2^254 - 10 = 4 (2^252 - 3) + 2.
    private static bool IsSquare(in Limbs z)
    {
        var z2 = Square(z);
        var z9 = Multiply(Square(Square(z2)), z);
        var z11 = Multiply(z9, z2);
        var to5 = Multiply(Square(z11), z9);
        var to10 = Multiply(Square(to5, 5), to5);
        var to20 = Multiply(Square(to10, 10), to10);
        var to40 = Multiply(Square(to20, 20), to20);
        var to50 = Multiply(Square(to40, 10), to10);
        var to100 = Multiply(Square(to50, 50), to50);
        var to200 = Multiply(Square(to100, 100), to100);
        var to250 = Multiply(Square(to200, 50), to50);
        var to252 = Multiply(Square(to250, 2), z);
        var euler = Reduce(Multiply(Square(to252, 2), z2));
        return euler is { A: 0 or 1, B: 0, C: 0, D: 0, E: 0 };
    }

    private static Limbs SubtractOne(Limbs value)
    {
        // 2p is added first, so that no limb falls below zero.
        value.A += 0xFFFFFFFFFFFDA - 1;
        value.B += 0xFFFFFFFFFFFFE;
        value.C += 0xFFFFFFFFFFFFE;
        value.D += 0xFFFFFFFFFFFFE;
        value.E += 0xFFFFFFFFFFFFE;
        return value;
    }

    private static Limbs Square(Limbs value, int times)
    {
        for (var time = 0; time < times; time++)
        {
            value = Square(value);
        }

        return value;
    }

    private static Limbs Square(in Limbs f)
    {
        var (a2, b2, d19, e19) = (2 * f.A, 2 * f.B, 19 * f.D, 19 * f.E);
        return Carry(
            Product(f.A, f.A) + Product(b2, e19) + Product(2 * f.C, d19),
            Product(a2, f.B) + Product(2 * f.C, e19) + Product(f.D, d19),
            Product(a2, f.C) + Product(f.B, f.B) + Product(2 * f.D, e19),
            Product(a2, f.D) + Product(b2, f.C) + Product(f.E, e19),
            Product(a2, f.E) + Product(b2, f.D) + Product(f.C, f.C));
    }

    private static Limbs Multiply(in Limbs f, in Limbs g)
    {
        var (b19, c19, d19, e19) = (19 * g.B, 19 * g.C, 19 * g.D, 19 * g.E);
        return Carry(
            Product(f.A, g.A) + Product(f.B, e19) + Product(f.C, d19) + Product(f.D, c19) + Product(f.E, b19),
            Product(f.A, g.B) + Product(f.B, g.A) + Product(f.C, e19) + Product(f.D, d19) + Product(f.E, c19),
            Product(f.A, g.C) + Product(f.B, g.B) + Product(f.C, g.A) + Product(f.D, e19) + Product(f.E, d19),
            Product(f.A, g.D) + Product(f.B, g.C) + Product(f.C, g.B) + Product(f.D, g.A) + Product(f.E, e19),
            Product(f.A, g.E) + Product(f.B, g.D) + Product(f.C, g.C) + Product(f.D, g.B) + Product(f.E, g.A));
    }

    private static UInt128 Product(ulong left, ulong right) => Math.BigMul(left, right);

    private static Limbs Carry(UInt128 a, UInt128 b, UInt128 c, UInt128 d, UInt128 e)
    {
        b += (ulong)(a >> 51);
        c += (ulong)(b >> 51);
        d += (ulong)(c >> 51);
        e += (ulong)(d >> 51);
        var low = ((ulong)a & Mask) + 19 * (ulong)(e >> 51);
        return new()
        {
            A = low & Mask,
            B = ((ulong)b & Mask) + (low >> 51),
            C = (ulong)c & Mask,
            D = (ulong)d & Mask,
            E = (ulong)e & Mask,
        };
    }

    /// <summary>The one representative below p.</summary>
    private static Limbs Reduce(Limbs value)
    {
        // Twice, for the first carry can leave the lowest limb one bit too long.
        value = Carry(value.A, value.B, value.C, value.D, value.E);
        value = Carry(value.A, value.B, value.C, value.D, value.E);
        // At or above p exactly where adding 19 carries out of bit 255; then the sum without that bit is the answer.
        var plus19 = value;
        plus19.A += 19;
        plus19.B += plus19.A >> 51;
        plus19.C += plus19.B >> 51;
        plus19.D += plus19.C >> 51;
        plus19.E += plus19.D >> 51;
        return plus19.E >> 51 == 0
            ? value
            : new()
            {
                A = plus19.A & Mask,
                B = plus19.B & Mask,
                C = plus19.C & Mask,
                D = plus19.D & Mask,
                E = plus19.E & Mask,
            };
    }

    private record struct Limbs
    {
        public ulong A;
        public ulong B;
        public ulong C;
        public ulong D;
        public ulong E;

        public static Limbs From(ReadOnlySpan<byte> bytes)
        {
            var first = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            var second = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
            var third = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
            var fourth = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
            return new()
            {
                A = first & Mask,
                B = ((first >> 51) | (second << 13)) & Mask,
                C = ((second >> 38) | (third << 26)) & Mask,
                D = ((third >> 25) | (fourth << 39)) & Mask,
                // The mask drops the sign bit too.
                E = (fourth >> 12) & Mask,
            };
        }
    }
}
