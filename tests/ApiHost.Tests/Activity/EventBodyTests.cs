using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Activity;

/// <summary>Bodies as bytes: types, encodings, sizes.</summary>
[Collection(ApiCollection.Name)]
public sealed class EventBodyTests(ApiFixture fixture)
{
    private const int MaxBytes = 32 * 1024 * 1024;

    private static readonly byte[] Good = Encoding.UTF8.GetBytes(
        """[{"uuid":"0190c2f0-0000-7000-8000-000000000002","event":"ExerciseSave","distinct_id":"body-ann","timestamp":"2025-12-18T09:00:00Z"}]""");

    [Theory]
    [InlineData("text/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Only_JSON_in_UTF_8_is_taken(string type) =>
        (await Send(Good, type)).Problem(415, "unsupported-media-type");

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=UTF-8")]
    public async Task JSON_in_UTF_8_is_taken(string type) =>
        Assert.Equal(HttpStatusCode.OK, (await Send(Good, type)).Status);

    [Fact]
    public async Task A_body_that_is_no_UTF_8_is_malformed() =>
        (await Send([.. "[\""u8, 0xC3, 0x28, .. "\"]"u8])).Problem(400, "malformed-json");

    [Fact]
    public async Task Gzip_is_taken_once()
    {
        Assert.Equal(HttpStatusCode.OK, (await Send(Zip(Good), encodings: "gzip")).Status);
        (await Send(Zip(Zip(Good)), encodings: ["gzip", "gzip"])).Problem(415, "unsupported-encoding");
        (await Send(Good, encodings: "br")).Problem(415, "unsupported-encoding");
    }

    [Fact]
    public async Task What_is_not_the_gzip_it_says_is_malformed()
    {
        var zipped = Zip(Good);
        (await Send(Good, encodings: "gzip")).Problem(400, "malformed-encoding");
        (await Send([], encodings: "gzip")).Problem(400, "malformed-encoding");
        foreach (var bytes in new[] { 5, zipped.Length / 2, zipped.Length - 8, zipped.Length - 1 })
        {
            (await Send(zipped[..bytes], encodings: "gzip")).Problem(400, "malformed-encoding");
        }
    }

    [Fact]
    public async Task Gzip_may_have_several_members_also_empty_ones()
    {
        byte[] empty = Zip([]);
        byte[][] bodies =
        [
            [.. Zip(Good[..40]), .. Zip(Good[40..])],
            [.. Zip(Good), .. empty],
            [.. empty, .. empty, .. Zip(Good), .. empty],
            [.. Good.SelectMany(one => Zip([one]))],
            [.. Zip(Good[..40]), .. Named(Zip(Good[40..]))],
            Named(Zip(Good)),
        ];
        foreach (var body in bodies)
        {
            var answer = await Send(body, encodings: "gzip");
            Assert.Equal((HttpStatusCode.OK, 1), (answer.Status, answer.Json.GetArrayLength()));
        }
    }

    [Fact]
    public void Gzip_that_is_cut_inside_any_member_is_malformed_wherever_it_is_cut()
    {
        var first = Zip(Good[..40]);
        byte[] members = [.. first, .. Named(Zip(Good[40..])), .. Zip([])];
        var whole = new HashSet<int> { first.Length, members.Length - Zip([]).Length, members.Length };
        for (var bytes = 0; bytes <= members.Length; bytes++)
        {
            if (whole.Contains(bytes))
            {
                using var plain = GzipMembers.Decompress(members.AsMemory(0, bytes), MaxBytes);
                Assert.True(Good.AsSpan().StartsWith(plain!.Memory.Span));
            }
            else
            {
                Assert.Throws<InvalidDataException>(() => GzipMembers.Decompress(members.AsMemory(0, bytes), MaxBytes));
            }
        }
    }

    [Fact]
    public async Task Gzip_with_something_behind_it_or_with_a_byte_changed_is_malformed()
    {
        var zipped = Zip(Good);
        byte[][] bodies =
        [
            [.. zipped, 0], [.. zipped, .. "abc"u8], [.. zipped, 0x1F], [.. zipped, .. zipped[..9]], [.. zipped, .. Good],
            [.. zipped[..^5], (byte)(zipped[^5] ^ 1), .. zipped[^4..]],
            [.. zipped[..^1], (byte)(zipped[^1] ^ 1)],
        ];
        foreach (var body in bodies)
        {
            (await Send(body, encodings: "gzip")).Problem(400, "malformed-encoding");
        }
    }

    [Fact]
    public async Task Members_are_measured_together_and_counted()
    {
        var half = Zip(new byte[(MaxBytes / 2) + 1]);
        (await Send([.. half, .. half], encodings: "gzip")).Problem(413, "body-too-large");

        var many = Enumerable.Repeat(Zip([]), GzipMembers.MaxMembers + 1).SelectMany(member => member).ToArray();
        (await Send(many, encodings: "gzip")).Problem(400, "malformed-encoding");
    }

    [Fact]
    public void Large_members_of_any_shape_are_read_as_they_were_written()
    {
        var random = new Random(17);
        foreach (var length in new[] { 1, 8_191, 8_192, 8_193, 100_000, 300_000 })
        {
            var noise = new byte[length];
            random.NextBytes(noise);
            byte[] zeros = new byte[length];
            byte[] members = [.. Zip(noise), .. Zip(zeros), .. Zip(noise)];

            using var plain = GzipMembers.Decompress(members, MaxBytes);

            Assert.True(plain!.Memory.Span.SequenceEqual((byte[])[.. noise, .. zeros, .. noise]));
        }
    }

    [Fact]
    public async Task A_body_is_measured_after_decompression()
    {
        var bomb = Zip(new byte[MaxBytes + 1]);
        Assert.InRange(bomb.Length, 1, MaxBytes / 50);
        (await Send(bomb, encodings: "gzip")).Problem(413, "body-too-large");
    }

    // What follows is no JSON, and nobody sees it: 29 KB of gzip once made a document of half a gigabyte.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_array_is_left_at_its_10_001st_element_before_anything_is_parsed(bool isZipped)
    {
        byte[] many = [.. "["u8, .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{},", 10_001))), .. "nonsense"u8];

        var answer = isZipped ? await Send(Zip(many), encodings: "gzip") : await Send(many);

        answer.Problem(413, "batch-too-large");
    }

    [Fact]
    public async Task Ten_million_empty_objects_in_29_KB_are_left_at_once()
    {
        byte[] bomb = Zip([.. "["u8, .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{},", 10_000_000))), .. "{}]"u8]);

        (await Send(bomb, encodings: "gzip")).Problem(413, "batch-too-large");
    }

    [Fact]
    public async Task A_body_that_unpacks_to_more_than_a_hundred_times_is_not_read()
    {
        byte[] padded = [.. Good, .. Encoding.UTF8.GetBytes(new string(' ', 4 * 1024 * 1024))];
        Assert.Equal(HttpStatusCode.OK, (await Send(padded)).Status);

        (await Send(Zip(padded), encodings: "gzip")).Problem(413, "body-too-large");

        byte[] small = [.. Good, .. Encoding.UTF8.GetBytes(new string(' ', 900_000))];
        Assert.Equal(HttpStatusCode.OK, (await Send(Zip(small), encodings: "gzip")).Status);
    }

    [Fact]
    public async Task Values_are_counted_at_every_depth_and_not_in_strings()
    {
        var lists = string.Concat(Enumerable.Repeat("[],", JsonMeter.MaxValues / 2));
        byte[] deep = [.. Good[..^2], .. Encoding.UTF8.GetBytes($$""","other":[{{lists}}0]}]""")];
        byte[] text = [.. Good[..^2], .. Encoding.UTF8.GetBytes($$""","other":"{{lists}}\\\"{{lists}}"}]""")];

        (await Send(deep)).Problem(413, "body-too-large");
        Assert.Equal(HttpStatusCode.OK, (await Send(text)).Status);
    }

    [Fact]
    public async Task A_body_of_32_MiB_is_read_and_one_byte_more_is_not()
    {
        var padded = new byte[MaxBytes];
        padded.AsSpan().Fill((byte)' ');
        Good.CopyTo(padded, 0);
        Assert.Equal(HttpStatusCode.OK, (await Send(padded)).Status);

        var answer = await RawHttp.Send(fixture.Host.Address, $"""
            POST {ApiHostUnderTest.Root}/events HTTP/1.1
            Host: stk
            Connection: close
            Authorization: Bearer {fixture.Host.Keys.Token("ingest")}
            Content-Type: application/json
            Content-Length: {MaxBytes + 1}


            """.ReplaceLineEndings("\r\n"));
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("/problems/body-too-large", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_a_refused_body_reaches_a_participant()
    {
        var text = Encoding.UTF8.GetString(Good).Replace("body-ann", "body-eve", StringComparison.Ordinal);
        (await Send(Encoding.UTF8.GetBytes(text[..^1]))).Problem(400, "malformed-json");
        (await Send(Encoding.UTF8.GetBytes(text), "text/plain")).Problem(415, "unsupported-media-type");
        Assert.False(fixture.Host.Cluster.HasParticipant("body-eve"));

        await Send(Encoding.UTF8.GetBytes(text));
        Assert.True(fixture.Host.Cluster.HasParticipant("body-eve"));
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return zipped.ToArray();
    }

    // With everything that a header may have: extra bytes, a name, a comment, and a check of its own.
    private static byte[] Named(byte[] member) =>
        [.. member[..3], 0x1E, .. member[4..10], 3, 0, 7, 8, 9, .. "events\0"u8, .. "of a club\0"u8, 0xAB, 0xCD, .. member[10..]];

    private async Task<Answer> Send(byte[] body, string type = "application/json", params string[] encodings)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        foreach (var encoding in encodings)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return await fixture.Host.Send(
            HttpMethod.Post, ApiHostUnderTest.Root + "/events", fixture.Host.Keys.Token("ingest"), content);
    }
}
