using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Stk.SignerCalls.Answers;
using Stk.SignerCalls.Asks;

namespace Stk.SignerCalls.Frames;

/// <summary>One question or one answer on the socket: its length in four bytes, highest first, and then JSON.</summary>
public static class Frame
{
    /// <summary>The longest of either. A full batch with its proofs is some 60,000. Unit: bytes.</summary>
    public const int Longest = 512 * 1024;

    private const int Header = sizeof(uint);

    public static Task Write(Stream stream, SignerAsk ask, CancellationToken cancellation) =>
        Write(stream, ask, SignerJson.Default.SignerAsk, cancellation);

    public static Task Write(Stream stream, SignerAnswer answer, CancellationToken cancellation) =>
        Write(stream, answer, SignerJson.Default.SignerAnswer, cancellation);

    /// <summary>Null where the other side has closed between two frames.</summary>
    /// <param name="begun">Called once the first bytes are there: from then on the other side has to go on.</param>
    /// <exception cref="FrameException">It is no question.</exception>
    /// <exception cref="EndOfStreamException">The other side has closed in the middle.</exception>
    public static Task<SignerAsk?> ReadAsk(Stream stream, Action begun, CancellationToken cancellation) =>
        Read(stream, SignerJson.Default.SignerAsk, begun, cancellation);

    /// <exception cref="FrameException">It is no answer.</exception>
    /// <exception cref="EndOfStreamException">The other side has closed before its answer was whole.</exception>
    public static async Task<SignerAnswer> ReadAnswer(Stream stream, CancellationToken cancellation) =>
        await Read(stream, SignerJson.Default.SignerAnswer, () => { }, cancellation)
            ?? throw new EndOfStreamException("The signer has closed without an answer.");

    private static async Task Write<T>(Stream stream, T what, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(what, type);
        if (body.Length > Longest)
        {
            throw new FrameException($"{body.Length} bytes, and a frame takes {Longest}");
        }

        var frame = new byte[Header + body.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)body.Length);
        body.CopyTo(frame, Header);
        await stream.WriteAsync(frame, cancellation);
    }

    private static async Task<T?> Read<T>(
        Stream stream, JsonTypeInfo<T> type, Action begun, CancellationToken cancellation)
        where T : class
    {
        var header = new byte[Header];
        var first = await stream.ReadAsync(header, cancellation);
        if (first == 0)
        {
            return null;
        }

        begun();
        await stream.ReadExactlyAsync(header.AsMemory(first), cancellation);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length is 0 or > Longest)
        {
            throw new FrameException($"a frame of {length} bytes; 1 to {Longest} are taken");
        }

        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellation);
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new FrameException("null in place of an object");
        }
        catch (Exception flaw) when (flaw is JsonException or NotSupportedException)
        {
            // Without the inner exception: its message can quote a proof.
            throw new FrameException($"it is not the JSON that is taken here ({(flaw as JsonException)?.Path ?? "$"})");
        }
    }
}
