using System.Globalization;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Inputs;

/// <summary>Numbers of the journal in headers: what a client has seen, and what it is shown.</summary>
internal static class Sequences
{
    public const string Header = "Stk-Sequence";
    public const string Rule = "must be a commit's number as an answer has shown it, such as 42";

    /// <summary>The number in a header; null where the header is not there.</summary>
    public static Reading<long?> SequenceHeader(this HttpRequest request, string header)
    {
        var values = request.Headers[header];
        if (values.Count == 0)
        {
            return new Reading<long?>.Read(null);
        }

        return values.Count == 1 && TryParse(values[0], out var sequence)
            ? new Reading<long?>.Read(sequence)
            : Problem.Invalid(header, Rule);
    }

    /// <summary>
    /// Digits alone. A number too large to be one is as large as one can be: it was never given out either.
    /// </summary>
    public static bool TryParse(string? text, out long sequence)
    {
        sequence = long.MaxValue;
        return !string.IsNullOrEmpty(text) && text.All(char.IsAsciiDigit)
            && (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out sequence)
                || (sequence = long.MaxValue) > 0);
    }

    public static void ShowSequence(this HttpResponse response, long sequence) =>
        response.Headers[Header] = sequence.ToString(CultureInfo.InvariantCulture);
}
