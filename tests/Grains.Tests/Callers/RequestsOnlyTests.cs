using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Stk.Hosting.Callers;
using Xunit;

namespace Stk.Grains.Tests.Callers;

/// <summary>A gateway reads requests, however they come, and the first of anything else ends the connection.</summary>
public sealed class RequestsOnlyTests
{
    private const int Request = 1;
    private const int Response = 2;
    private const int OneWay = 3;

    [Theory, InlineData(1), InlineData(7), InlineData(4_096)]
    public async Task Requests_pass_in_pieces_of_any_size(int piece)
    {
        byte[] sent = [.. Greeting(30), .. Message(Request, 40, 0), .. Message(OneWay, 4, 900), .. Message(Request, 8, 1)];

        var (received, breach) = await Through(sent, piece);

        Assert.Equal(sent, received);
        Assert.Null(breach);
    }

    [Theory]
    [InlineData(Response, 1)]
    [InlineData(Response, 4_096)]
    [InlineData(0, 4_096)]
    [InlineData(4, 4_096)]
    public async Task What_is_no_request_is_the_last_that_is_read(int direction, int piece)
    {
        byte[] sent = [.. Greeting(30), .. Message(Request, 40, 10), .. Message(direction, 40, 10)];

        var (_, breach) = await Through(sent, piece);

        Assert.Equal($"a message of direction {direction}", breach);
    }

    [Fact]
    public async Task A_header_without_its_first_word_is_none()
    {
        byte[] sent = [.. Greeting(0), .. Message(Request, 3, 10)];

        var (_, breach) = await Through(sent, 4_096);

        Assert.NotNull(breach);
    }

    private static async Task<(byte[] Received, string? Breach)> Through(byte[] sent, int piece)
    {
        string? breach = null;
        var pipe = new Pipe();
        var reader = new RequestsOnly(pipe.Reader, what => breach = what);
        var received = new ArrayBufferWriter<byte>();
        foreach (var part in sent.Chunk(piece))
        {
            await pipe.Writer.WriteAsync(part);
            try
            {
                Take(await reader.ReadAsync(), reader, received);
            }
            catch (InvalidDataException)
            {
                return (received.WrittenSpan.ToArray(), breach);
            }
        }

        await pipe.Writer.CompleteAsync();
        Take(await reader.ReadAsync(), reader, received);
        return (received.WrittenSpan.ToArray(), breach);
    }

    // As Orleans does: whole frames are taken, the rest is looked at.
    private static void Take(ReadResult read, RequestsOnly reader, ArrayBufferWriter<byte> received)
    {
        var buffer = read.Buffer;
        while (FrameLength(buffer, isFirst: received.WrittenCount == 0) is { } length && buffer.Length >= length)
        {
            received.Write(buffer.Slice(0, length).ToArray());
            buffer = buffer.Slice(length);
        }

        reader.AdvanceTo(buffer.Start, buffer.End);
    }

    private static long? FrameLength(ReadOnlySequence<byte> buffer, bool isFirst)
    {
        if (buffer.Length < (isFirst ? 4 : 8))
        {
            return null;
        }

        var lengths = buffer.Slice(0, isFirst ? 4 : 8).ToArray();
        var first = BinaryPrimitives.ReadInt32LittleEndian(lengths);
        return isFirst ? 4 + first : 8 + first + BinaryPrimitives.ReadInt32LittleEndian(lengths.AsSpan(4));
    }

    private static byte[] Greeting(int length)
    {
        var bytes = new byte[4 + length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        return bytes;
    }

    private static byte[] Message(int direction, int header, int body)
    {
        var bytes = new byte[8 + header + body];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, header);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), body);
        if (bytes.Length >= 12)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), ((uint)direction << 16) | 0x0150);
        }

        return bytes;
    }
}
