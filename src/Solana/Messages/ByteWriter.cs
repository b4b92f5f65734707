namespace Stk.Solana.Messages;

/// <summary>Fills a span from the front.</summary>
internal ref struct ByteWriter(Span<byte> destination)
{
    private Span<byte> _left = destination;

    public void Byte(byte value) => Next(1)[0] = value;

    public void Count(int count) => _left = _left[CompactArray.Write(_left, count)..];

    public void Array(ReadOnlySpan<byte> bytes)
    {
        Count(bytes.Length);
        bytes.CopyTo(Next(bytes.Length));
    }

    public Span<byte> Next(int length)
    {
        var next = _left[..length];
        _left = _left[length..];
        return next;
    }
}
