using System.Buffers;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Inputs;

/// <summary>
/// Counts what a JSON text holds while its bytes arrive, piece by piece, so that a text of too much is never kept, let alone
/// parsed: a document costs several times its bytes. It believes that the text is JSON; the parser finds out.
/// </summary>
/// <param name="elementsMax">Of the array that the text is. Unit: elements.</param>
/// <param name="tooMany">What to answer where it has more.</param>
internal sealed class JsonMeter(int elementsMax, ProblemType tooMany)
{
    /// <summary>Of a whole text. 10,000 events with 200 members each have as many. Unit: values.</summary>
    public const int MaxValues = 2_000_000;

    // A value's place in a document, its name's, and for one that holds others its end's.
    private const int BytesAValue = 3 * 12;

    private static readonly SearchValues<byte> Signs = SearchValues.Create("\"[]{},"u8);
    private static readonly SearchValues<byte> StringEnds = SearchValues.Create("\"\\"u8);

    private int _depth;
    private int _elements;
    private int _values;
    private bool _isArray;
    private bool _isInString;
    private bool _isEscaped;

    /// <summary>What to answer; null where the text, as far as it has come, is within its limits.</summary>
    public ProblemType? Excess => _elements > elementsMax ? tooMany
        : _values > MaxValues ? ProblemTypes.BodyTooLarge
        : null;

    /// <summary>What a document of the text takes. Unit: bytes.</summary>
    public long DocumentBytes => (long)_values * BytesAValue;

    /// <summary>Counts the next piece; false where there is too much by now.</summary>
    public bool Add(ReadOnlySpan<byte> piece)
    {
        for (var place = 0; place < piece.Length;)
        {
            if (_isEscaped)
            {
                _isEscaped = false;
                place++;
                continue;
            }

            var rest = piece[place..];
            var next = rest.IndexOfAny(_isInString ? StringEnds : Signs);
            if (next < 0)
            {
                return true;
            }

            Take(rest[next]);
            if (Excess is not null)
            {
                return false;
            }

            place += next + 1;
        }

        return true;
    }

    private void Take(byte sign)
    {
        switch (sign)
        {
            case (byte)'"':
                _isInString = !_isInString;
                break;
            case (byte)'\\':
                _isEscaped = true;
                break;
            case (byte)'[' or (byte)'{':
                if (_values == 0)
                {
                    // Commas stand between elements: the first has none. An empty array is taken for one of one.
                    _isArray = sign == '[';
                    _elements = _isArray ? 1 : 0;
                }

                _depth++;
                _values++;
                break;
            case (byte)']' or (byte)'}':
                _depth--;
                break;
            default:
                _values++;
                _elements += _isArray && _depth == 1 ? 1 : 0;
                break;
        }
    }
}
