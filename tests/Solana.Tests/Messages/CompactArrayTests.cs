using Stk.Solana.Messages;

namespace Stk.Solana.Tests.Messages;

public class CompactArrayTests
{
    // solana-short-vec's own table.
    [Theory]
    [InlineData(0x0000, "00")]
    [InlineData(0x0005, "05")]
    [InlineData(0x007f, "7f")]
    [InlineData(0x0080, "8001")]
    [InlineData(0x00ff, "ff01")]
    [InlineData(0x0100, "8002")]
    [InlineData(0x3fff, "ff7f")]
    [InlineData(0x4000, "808001")]
    [InlineData(0x7fff, "ffff01")]
    [InlineData(0xffff, "ffff03")]
    public void The_specifications_table_comes_out(int count, string expected)
    {
        var bytes = new byte[CompactArray.MostBytes];
        var size = CompactArray.Write(bytes, count);
        Assert.Equal(expected, Convert.ToHexStringLower(bytes.AsSpan(0, size)));
        Assert.Equal(size, CompactArray.SizeOf(count));
    }

    [Fact]
    public void Every_length_comes_back()
    {
        Span<byte> bytes = stackalloc byte[CompactArray.MostBytes];
        for (var count = 0; count <= ushort.MaxValue; count++)
        {
            var written = CompactArray.Write(bytes, count);
            Assert.True(CompactArray.TryRead(bytes, out var read, out var size));
            Assert.Equal((count, written), (read, size));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("8080")]
    [InlineData("8000")]
    [InlineData("ff00")]
    [InlineData("808000")]
    [InlineData("808004")]
    [InlineData("ffff07")]
    [InlineData("80808001")]
    public void Second_forms_cut_ends_and_more_than_16_bits_are_refused(string bytes) =>
        Assert.False(CompactArray.TryRead(Convert.FromHexString(bytes), out _, out _));
}
