using System.Buffers;

namespace Stk.Rules.Deliveries;

/// <summary>
/// What can be seen of a webhook's address as it is written. Where its name leads is looked at when it is connected to.
/// </summary>
public static class WebhookUrl
{
    public const int LengthMax = 2_000;

    private const int Https = 443;
    private const int FirstOfUsers = 1024;

    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789abcdefxABCDEFX");

    /// <summary>The rule that an address breaks; null where nothing speaks against it.</summary>
    /// <param name="mayBeNear">Development alone: also addresses by number and of this machine.</param>
    public static string? Broken(string text, bool mayBeNear = false)
    {
        if (text.Length > LengthMax || !IsPlain(text) || !Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            return "must be an address such as https://example.org/hook, of at most 2,000 characters";
        }

        if (url.Scheme != Uri.UriSchemeHttps)
        {
            return "must begin with https://";
        }

        if (url.UserInfo.Length > 0 || Authority(text).Contains('@', StringComparison.Ordinal))
        {
            return "must have no name and no password in it: the signature says who sends";
        }

        if (url.Fragment.Length > 0)
        {
            return "must have no # part: it is never sent";
        }

        if (url.Port != Https && url.Port < FirstOfUsers)
        {
            return "must have port 443, or 1024 and above";
        }

        return mayBeNear || IsName(url) ? null : "must have a name of the internet in it, no address by number";
    }

    // Uri takes 0x7f.1, 2130706433 and 127.1 for what they are: addresses by number.
    private static bool IsName(Uri url)
    {
        var host = url.IdnHost.TrimEnd('.');
        return url.HostNameType == UriHostNameType.Dns
            && host.Contains('.', StringComparison.Ordinal)
            && !host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            && !host.EndsWith(".local", StringComparison.OrdinalIgnoreCase)
            && !host.EndsWith(".internal", StringComparison.OrdinalIgnoreCase)
            && !host.EndsWith(".home.arpa", StringComparison.OrdinalIgnoreCase)
            && !IsNumeric(host.AsSpan(host.LastIndexOf('.') + 1));
    }

    // No name of the internet ends in a number: what looks so, a resolver may read as an address.
    private static bool IsNumeric(ReadOnlySpan<char> label) =>
        label.Length == 0 || (char.IsAsciiDigit(label[0]) && !label.ContainsAnyExcept(OfNumbers));

    // Blanks and backslashes are read differently by different readers.
    private static bool IsPlain(string text)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character) || char.IsWhiteSpace(character) || character == '\\')
            {
                return false;
            }
        }

        return true;
    }

    private static string Authority(string text)
    {
        var begin = text.IndexOf("//", StringComparison.Ordinal) + 2;
        var end = text.AsSpan(begin).IndexOfAny('/', '?', '#');
        return end < 0 ? text[begin..] : text.Substring(begin, end);
    }
}
