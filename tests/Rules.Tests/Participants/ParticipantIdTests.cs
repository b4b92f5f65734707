using System.Text;
using CsCheck;
using Stk.Rules.Participants;

namespace Stk.Rules.Tests.Participants;

public class ParticipantIdTests
{
    private static readonly Gen<string> Words =
        Gen.OneOf(Gen.Int[0x20, 0x7E], Gen.Int[0x400, 0x44F], Gen.Int[0xD7F0, 0xD7FF], Gen.Int[0xE000, 0xFFFD],
                Gen.Int[0x1F600, 0x1F64F])
            .Array[0, 6]
            .Select(points => string.Concat(points.Select(char.ConvertFromUtf32)));

    [Theory]
    [InlineData("ann")]
    [InlineData(" ann")]
    [InlineData("Анна Ковалёва")]
    [InlineData("a/b?c=\"d\",'e'")]
    [InlineData("=1+1")]
    [InlineData("😀")]
    [InlineData("../../etc/passwd")]
    public void An_id_is_opaque(string id) => Assert.True(ParticipantId.IsValid(id));

    [Theory]
    [InlineData("")]
    [InlineData("a\0")]
    [InlineData("a\n")]
    [InlineData("\ta")]
    [InlineData("a\u007F")]
    [InlineData("a\u0085b")]
    [InlineData("a\u00ADb")]
    [InlineData("a\u200Bb")]
    [InlineData("a\u202Eb")]
    [InlineData("\uFEFFa")]
    [InlineData("a\u2028b")]
    [InlineData("a\u2029b")]
    [InlineData(" ")]
    [InlineData("\u00A0\u3000")]
    public void What_cannot_be_seen_is_in_no_id(string id)
    {
        var objection = ParticipantId.Check(id, "distinct_id");
        Assert.Equal("distinct_id", objection!.Value.Field);
    }

    // Not in attributes: their strings are kept as UTF-8, which has no half pairs.
    [Fact]
    public void Half_a_surrogate_pair_is_in_no_id() =>
        Assert.All(["a\uD83D", "\uDE00a", "\uDE00\uD83D"], id => Assert.False(ParticipantId.IsValid(id)));

    [Fact]
    public void An_id_has_at_most_200_characters_as_the_database_counts()
    {
        Assert.True(ParticipantId.IsValid(new string('я', 200)));
        Assert.False(ParticipantId.IsValid(new string('я', 201)));
        Assert.True(ParticipantId.IsValid(string.Concat(Enumerable.Repeat("😀", 200))));
        Assert.False(ParticipantId.IsValid(string.Concat(Enumerable.Repeat("😀", 201))));
    }

    [Theory]
    [InlineData("", 56)] // e3b0c442...: 0xe3 >> 2
    [InlineData("abc", 46)] // ba7816bf...: 0xba >> 2
    public void A_shard_is_the_first_six_bits_of_the_hash(string id, int shard) =>
        Assert.Equal(shard, ParticipantId.Shard(id));

    [Fact]
    public void Shards_are_spread_evenly()
    {
        var counts = Enumerable.Range(0, 6_400).CountBy(i => ParticipantId.Shard($"s{i}")).ToDictionary();
        Assert.Equal(ParticipantId.Shards, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 50, 160));
    }

    [Fact]
    public void Ids_are_ordered_as_their_utf8_bytes() =>
        Gen.Select(Words, Words).Sample((left, right) =>
        {
            var bytes = Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
            return Math.Sign(CodePointComparer.Instance.Compare(left, right)) == Math.Sign(bytes);
        });

    [Fact]
    public void A_pair_of_surrogates_comes_after_the_end_of_the_plane()
    {
        Assert.True(CodePointComparer.Instance.Compare("\uFFFD", "\U00010000") < 0);
        Assert.True(string.CompareOrdinal("\uFFFD", "\U00010000") > 0);
    }
}
