namespace Stk.ApiHost.Sessions;

/// <summary>Where a browser may be sent: a path of this host, whoever has written it.</summary>
internal static class LocalPath
{
    private const int CharactersMax = 3_500;
    private const string Home = "/";

    /// <summary>
    /// The path itself where it is one of ours and not about signing in or out; else the first page.
    /// </summary>
    public static string Of(string? text) =>
        Back(text) is var path && path.StartsWith("/sign-", StringComparison.OrdinalIgnoreCase) ? Home : path;

    /// <summary>The path itself where it is one of ours, whatever it is about; else the first page.</summary>
    public static string Back(string? text) => text is { Length: <= CharactersMax } && IsLocal(text) ? text : Home;

    // "//host" and "/\host" are another host's to a browser; a control character can hide either.
    private static bool IsLocal(string text) =>
        text is ['/'] or ['/', not ('/' or '\\'), ..] && !text.Any(one => char.IsControl(one) || one == '\\');
}
