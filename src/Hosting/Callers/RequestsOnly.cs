using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace Stk.Hosting.Callers;

/// <summary>
/// What a client sends, read past: after the greeting each message must be a request. An answer is told by its number alone,
/// and numbers can be guessed: it would be taken for the answer of whomever an actor waits for.
/// </summary>
/// <remarks>
/// Of a message only the length, the length of its header and the header's first word are looked at: Orleans' own framing,
/// which a newer version may change, so that nothing connects any more.
/// </remarks>
/// <param name="breach">Told why, before the reading fails.</param>
public sealed class RequestsOnly(PipeReader inner, Action<string> breach) : PipeReader
{
    private const int LengthBytes = 4;
    private const int Framing = 3 * LengthBytes;

    // In the first word of a header.
    private const int DirectionShift = 16;
    private const uint DirectionMask = 0xF;
    private const uint Request = 1;
    private const uint OneWay = 3;

    private ReadOnlySequence<byte> _read;

    // Of the next message, from the beginning of what is read. Unit: bytes.
    private long _next;
    private bool _isGreeted;

    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out result))
        {
            return false;
        }

        Look(result);
        return true;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var reading = inner.ReadAsync(cancellationToken);
        return reading.IsCompletedSuccessfully ? new(Look(reading.Result)) : Wait(reading);
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _next -= _read.Slice(_read.Start, consumed).Length;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    private async ValueTask<ReadResult> Wait(ValueTask<ReadResult> reading) => Look(await reading);

    private ReadResult Look(ReadResult result)
    {
        _read = result.Buffer;
        while (_read.Length - _next >= (_isGreeted ? Framing : LengthBytes))
        {
            _next += _isGreeted ? Message(_read.Slice(_next, Framing)) : Greeting(_read.Slice(_next, LengthBytes));
            _isGreeted = true;
        }

        return result;
    }

    private long Greeting(ReadOnlySequence<byte> bytes)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        bytes.CopyTo(length);
        return LengthBytes + (long)Length(length);
    }

    private long Message(ReadOnlySequence<byte> bytes)
    {
        Span<byte> framing = stackalloc byte[Framing];
        bytes.CopyTo(framing);
        var header = Length(framing);
        var body = Length(framing[LengthBytes..]);
        var word = BinaryPrimitives.ReadUInt32LittleEndian(framing[(2 * LengthBytes)..]);
        var direction = (word >> DirectionShift) & DirectionMask;
        return header >= LengthBytes && direction is Request or OneWay
            ? (2L * LengthBytes) + header + body
            : throw Breach($"a message of direction {direction}");
    }

    private int Length(ReadOnlySpan<byte> bytes)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return length >= 0 ? length : throw Breach($"a length of {length}");
    }

    private InvalidDataException Breach(string what)
    {
        breach(what);
        return new($"a client has sent {what}");
    }
}
