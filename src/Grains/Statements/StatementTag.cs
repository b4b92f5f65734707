using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Stk.GrainInterfaces.Statements;
using Stk.Rules.Statements;

namespace Stk.Grains.Statements;

/// <summary>Names what is shown of a report without drawing it: the renderer's number stands in the report.</summary>
internal static class StatementTag
{
    private const int Bytes = 16;

    /// <param name="cabinet">To which what is drawn has a link.</param>
    /// <param name="unlocks">Which are drawn, and known once the week is posted.</param>
    public static string Of(
        byte[] report, StatementForm form, StatementLanguage language, Uri? cabinet, ImmutableArray<UnlockDay> unlocks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Only what is drawn has words and a link.
        hash.AppendData(Encoding.UTF8.GetBytes(
            form == StatementForm.Pdf
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{form} {language} {cabinet?.AbsoluteUri} {string.Join(' ', unlocks.Select(unlock => unlock.Day.DayNumber))}\n")
                : $"{form}\n"));
        hash.AppendData(report);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, Bytes));
    }
}
