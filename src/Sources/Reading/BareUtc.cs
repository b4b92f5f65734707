using Stk.Rules.Time;

namespace Stk.Sources.Reading;

/// <summary>Times as ClickHouse writes them, <c>2026-03-03 08:00:01.500000</c>: without an offset, in UTC.</summary>
internal static class BareUtc
{
    private const int SecondsLength = 19;

    /// <summary>Null where it is another form: with an offset, or no time.</summary>
    public static DateTimeOffset? TryRead(string text) =>
        text.Length >= SecondsLength && text[10] == ' ' && (text.Length == SecondsLength || text[SecondsLength] == '.')
        && char.IsAsciiDigit(text[^1]) && !text.AsSpan(SecondsLength).ContainsAny('+', '-')
        && InstantText.TryParse($"{text}Z", out var at)
            ? at
            : null;
}
