using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
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
    public async Task A_body_is_measured_after_decompression()
    {
        var bomb = Zip(new byte[MaxBytes + 1]);
        Assert.InRange(bomb.Length, 1, MaxBytes / 50);
        (await Send(bomb, encodings: "gzip")).Problem(413, "body-too-large");
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
