namespace Stk.ApiHost.Tests.Inputs;

/// <summary>One line of the table: what is sent, how it is refused, and the nearest that is not.</summary>
/// <param name="Field">The field at fault; null where the answer names none.</param>
/// <param name="Never">Part of the value, which the answer must not repeat.</param>
public sealed record BadInput(
    string Method, string Path, string? Body, int Status, string Slug, string? Field, string? Never, string GoodPath,
    string? GoodBody)
{
    public string[] OtherFields { get; init; } = [];

    public static BadInput Get(string path, int status, string slug, string? field, string? never, string good) =>
        new("GET", path, null, status, slug, field, never, good, null);

    public static BadInput Event(string body, int status, string slug, string? field, string? never = null) =>
        new("POST", "/events", body, status, slug, field, never, "/events", null);

    public static BadInput Admin(
        string method, string path, string body, string field, string? never, string good, string? goodPath = null) =>
        new(method, path, body, 400, "invalid-request", field, never, goodPath ?? path, good);

    public override string ToString() => $"{Method} {Path} {(Body?.Length > 60 ? Body[..60] : Body)} -> {Slug} {Field}";
}
