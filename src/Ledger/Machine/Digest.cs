namespace Stk.Ledger.Machine;

/// <summary>A SHA-256: 32 bytes, compared by value. In text: lower-case hexadecimal.</summary>
public readonly struct Digest : IEquatable<Digest>
{
    public const int Length = 32;

    /// <summary>The hash before the first commit.</summary>
    public static readonly Digest Zero = new(new byte[Length]);

    private readonly byte[] _bytes;

    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public Digest(byte[] bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"{bytes.Length} bytes are no SHA-256: it has {Length}", nameof(bytes));
        }

        _bytes = bytes;
    }

    public ReadOnlySpan<byte> Bytes => _bytes;

    public static bool operator ==(Digest left, Digest right) => left.Equals(right);
    public static bool operator !=(Digest left, Digest right) => !left.Equals(right);

    public static bool TryParse(string text, out Digest digest)
    {
        digest = default;
        if (text.Length != Length * 2 || !text.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        digest = new(Convert.FromHexString(text));
        return true;
    }

    public byte[] ToArray() => [.. _bytes];

    public bool Equals(Digest other) => Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is Digest other && Equals(other);

    public override int GetHashCode() => BitConverter.ToInt32(Bytes);

    public override string ToString() => Convert.ToHexStringLower(Bytes);
}
