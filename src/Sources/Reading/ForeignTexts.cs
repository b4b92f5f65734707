using System.Collections.Immutable;

namespace Stk.Sources.Reading;

/// <summary>The items of a body as the texts that they are, to be kept whole.</summary>
public static class ForeignTexts
{
    /// <summary>One an item, in the order of the body.</summary>
    /// <param name="body">One that a reader has read.</param>
    /// <param name="isSingle">Whether it is one item, not a list of them.</param>
    public static ImmutableArray<string> Of(ReadOnlyMemory<byte> body, bool isSingle)
    {
        using var document = ForeignJson.TryParseEvents(body)
            ?? throw new ArgumentException("a body that was read is JSON", nameof(body));
        return isSingle
            ? [document.RootElement.GetRawText()]
            : [.. document.RootElement.EnumerateArray().Select(item => item.GetRawText())];
    }
}
