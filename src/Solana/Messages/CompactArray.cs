namespace Stk.Solana.Messages;

/// <summary>
/// The length before each array of a message: 16 bits in one to three bytes, seven bits each, lowest first
/// ("compact-u16", <c>short_vec</c>). Each number has exactly one form; others are refused, as the chain does.
/// </summary>
public static class CompactArray
{
    public const int MostBytes = 3;

    /// <summary>How many bytes the length takes.</summary>
    public static int SizeOf(int count) => count switch
    {
        < 0 or > ushort.MaxValue => throw new ArgumentOutOfRangeException(nameof(count), count, "0 to 65,535."),
        < 0x80 => 1,
        < 0x4000 => 2,
        _ => 3,
    };

    /// <summary>Writes the length. Returns the number of bytes.</summary>
    public static int Write(Span<byte> destination, int count)
    {
        var size = SizeOf(count);
        for (var place = 0; place < size; place++)
        {
            var more = place + 1 < size ? 0x80 : 0;
            destination[place] = (byte)(((count >> (7 * place)) & 0x7F) | more);
        }

        return size;
    }

    /// <summary>Reads a length from the front. False where it is cut off, too large or not in its one form.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out int count, out int size)
    {
        (count, size) = (0, 0);
        while (size < MostBytes && size < source.Length)
        {
            var next = source[size];
            count |= (next & 0x7F) << (7 * size);
            size++;
            if ((next & 0x80) == 0)
            {
                // A last byte of zero says the same as no byte at all: a second form of one number.
                return (next != 0 || size == 1) && count <= ushort.MaxValue;
            }
        }

        return false;
    }
}
