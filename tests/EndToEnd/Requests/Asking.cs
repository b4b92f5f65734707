using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace Stk.EndToEnd.Requests;

/// <summary>One request of the table of bad input.</summary>
/// <param name="Role">Whose token is sent; null for none.</param>
/// <param name="Path">Under the API's root.</param>
public sealed record Asking(string Method, string Path, string? Role, string Subject = "ann")
{
    /// <summary>Made when it is sent: some are large.</summary>
    public Func<byte[]>? Body { get; init; }

    public string Type { get; init; } = "application/json";

    public string[] Encodings { get; init; } = [];

    /// <summary>The Idempotency-Key; empty for one of its own, null for none.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// The whole request as it goes on the wire, where no client would send it; TOKEN stands for the token.
    /// </summary>
    public string? Raw { get; init; }

    public static Asking Events(string json) => Events(() => Encoding.UTF8.GetBytes(json));

    public static Asking Events(Func<byte[]> body) => new("POST", "events", "ingest", "club") { Body = body };

    public static Asking Operator(string method, string path, string? json = null) =>
        new(method, path, "operator", "operator") { Body = json is null ? null : () => Encoding.UTF8.GetBytes(json) };

    /// <summary>A write of ann's, each time under a key of its own.</summary>
    public static Asking Spend(string path, string json) =>
        new("POST", path, "participant") { Body = () => Encoding.UTF8.GetBytes(json), Key = "" };

    public static Asking Ann(string path) => new("GET", path, "participant");

    public static byte[] Gzip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return zipped.ToArray();
    }

    public async Task<Answer> Send(Economy economy)
    {
        if (Raw is not null)
        {
            var token = Role is null ? "" : await economy.Token(Role, Subject);
            return Read(
                await RawHttp.Send(
                    economy.Address, Raw.Replace("TOKEN", token, StringComparison.Ordinal).ReplaceLineEndings("\r\n")));
        }

        var client = Role is null ? economy.Anonymous : await economy.Client(Role, Subject);
        if (Body is null)
        {
            return await client.Send(new(Method), Path);
        }

        using var content = new ByteArrayContent(Body());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(Type);
        if (Key is not null)
        {
            content.Headers.TryAddWithoutValidation("Idempotency-Key", Key.Length == 0 ? $"{Guid.NewGuid()}" : Key);
        }

        foreach (var encoding in Encodings)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return await client.Send(new(Method), Path, content);
    }

    private static Answer Read(string answer)
    {
        var parts = answer.Split("\r\n\r\n", 2);
        var lines = parts[0].Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.OrdinalIgnoreCase);
        return new(
            (HttpStatusCode)int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture),
            headers.GetValueOrDefault("Content-Type")?.Split(';')[0], Encoding.UTF8.GetBytes(parts[^1]), headers);
    }
}
