using System.Text;
using CsCheck;
using Stk.Sources.Aisystant;
using Stk.Sources.Discourse;
using Stk.Sources.PostHog;
using Stk.Sources.Reading;
using Stk.Sources.Tests.Samples;

namespace Stk.Sources.Tests.Reading;

/// <summary>Whatever the bytes are, each reader has a verdict and throws nothing.</summary>
public sealed class FuzzTests
{
    private const int Mebibyte = 1_048_576;

    private static readonly byte[][] Samples =
    [
        .. SampleCases.All.EnumerateArray().Select(item => Encoding.UTF8.GetBytes(item.GetProperty("body").GetString()!)),
        Encoding.UTF8.GetBytes(SampleCases.Named("like").GetProperty("user_actions").GetRawText()),
        SampleCases.Bytes("posthog-query-response.json"),
        .. Encoding.UTF8.GetString(SampleCases.Bytes("posthog-export.jsonl")).TrimEnd().Split('\n').Select(Encoding.UTF8.GetBytes),
        """{"items": [{"id": "u", "level": 1, "levelSince": "2026-03-01T00:00:00Z", "paid": {"active": true, "until": null}, "identities": [{"system": "telegram", "id": "1"}], "updatedAt": "2026-03-01T00:00:00Z"}], "next": "c"}"""u8.ToArray(),
        """{"items": [{"uuid": "0197a3c2-5a10-7b43-9d3a-2f6b1c0e55a2", "event": "ExerciseSave", "participant": "u", "timestamp": "2026-03-01T00:00:00Z"}], "next": null, "completeTo": "2026-03-01T00:00:00Z"}"""u8.ToArray(),
        """{"topic": {"id": 7, "archetype": "regular", "created_by": {"id": 11}}}"""u8.ToArray(),
    ];

    // What breaks readers: halves of characters, names twice, numbers that are none, depth, bytes that are no UTF-8.
    private static readonly string[] Splices =
    [
        "\\ud800", "\"\\udc00\":1,", "NaN", "1e999", "-0", "[[[[", "}}", "null", "\"\"", "{\"id\":1,\"id\":2}", "\\u0000", "\0", "\ufeff",
        "\"post\":", "\"event\":", "\"columns\":", "9223372036854775808", "\\", "\"", ",",
    ];

    private static readonly Gen<byte[]> Mutated =
        Gen.Select(
            Gen.Int[0, Samples.Length - 1], Gen.Int[0, 100_000], Gen.Int[0, Splices.Length - 1], Gen.Int[0, 4],
            Gen.Byte, Gen.Int[0, 40])
        .Select((sample, place, splice, kind, value, length) =>
            Mutate(
                Samples[sample], place % Samples[sample].Length, Encoding.UTF8.GetBytes(Splices[splice]), kind, value,
                length));

    [Fact]
    public void Bytes_at_random() => Gen.Byte.Array.Sample(ReadAll);

    [Fact]
    public void Samples_that_are_spoilt() =>
        Gen.Select(Mutated, Mutated).Sample((one, other) =>
        {
            ReadAll(one);
            ReadAll(other);
        });

    [Theory]
    [InlineData("[", "]", "")]
    [InlineData("{\"a\":", "}", "1")]
    [InlineData("{\"post\":", "}", "1")]
    [InlineData("[{\"event\":", "}]", "1")]
    public void A_mebibyte_of_depth(string open, string close, string middle)
    {
        var times = Mebibyte / (open.Length + close.Length);
        ReadAll(Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Repeat(open, times)) + middle + string.Concat(Enumerable.Repeat(close, times))));
    }

    [Fact]
    public void A_mebibyte_of_one_text_of_many_members_and_of_many_items()
    {
        ReadAll(Encoding.UTF8.GetBytes($"{{\"post\": \"{new string('x', Mebibyte)}\"}}"));
        ReadAll(Encoding.UTF8.GetBytes(
            $"{{{string.Join(',', Enumerable.Range(0, 80_000).Select(number => $"\"n{number}\":1"))}}}"));
        ReadAll(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("{}", 300_000))}]"));
    }

    [Fact]
    public void A_mebibyte_of_properties_is_one_events_fault()
    {
        var body = Encoding.UTF8.GetBytes(
            $$$"""{"uuid": "0197a3c2-5a10-7b43-9d3a-2f6b1c0e55a2", "event": "section_completed", "distinct_id": "u", "timestamp": "2026-03-02T10:20:30Z", "properties": {"a": "{{{new string('x', Mebibyte)}}}"}}""");

        var read = Assert.IsType<ForeignBody.Read>(PostHogEvents.ReadWebhook(body, Settings.PostHog));

        Assert.Equal("properties", Assert.IsType<ForeignItem.Rejected>(Assert.Single(read.Items)).Objection.Field);
    }

    private static void ReadAll(byte[] bytes)
    {
        Assert.NotNull(ClubWebhook.Read(bytes, Settings.Club));
        Said(ClubAnswers.Posts(bytes, Settings.Club, before: null));
        Said(ClubAnswers.Post(bytes, Settings.Club, 701));
        Said(ClubAnswers.Topic(bytes, 7));
        Said(ClubAnswers.User(bytes));
        Said(ClubAnswers.Likes(bytes));
        Assert.NotNull(PostHogEvents.ReadWebhook(bytes, Settings.PostHog));
        _ = PostHogEvents.ReadExportLine(bytes, Settings.PostHog);
        Assert.NotNull(PostHogQuery.Read(bytes, Settings.PostHog, after: null));
        Assert.NotNull(PlatformReading.ReadWebhook(bytes, Settings.Platform));
        Assert.NotNull(PlatformReading.ReadEvents(bytes, Settings.Platform, cursor: null));
        Assert.NotNull(PlatformReading.ReadProfiles(bytes, cursor: null));
        _ = PlatformReading.ReadProfile(bytes, "u", out _);
    }

    // A verdict is a value or an objection that says something.
    private static void Said<T>(ClubRead<T> read)
        where T : class => Assert.True(read.Value is not null || read.Broken.Rule.Length > 0);

    private static byte[] Mutate(byte[] sample, int place, byte[] splice, int kind, byte value, int length) => kind switch
    {
        0 => [.. sample.AsSpan(0, place), .. splice, .. sample.AsSpan(place)],
        1 => [.. sample.AsSpan(0, place), .. splice, .. sample.AsSpan(Math.Min(sample.Length, place + length))],
        2 => [.. sample.AsSpan(0, place), value, .. sample.AsSpan(place + 1)],
        3 => sample[..place],
        _ => [.. sample.AsSpan(0, place), .. sample.AsSpan(Math.Max(0, place - length))],
    };
}
