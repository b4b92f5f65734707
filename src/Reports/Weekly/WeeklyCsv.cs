using System.Globalization;
using CsvHelper;
using Stk.Rules.Weeks;

namespace Stk.Reports.Weekly;

/// <summary>
/// The weekly export <c>date,user_id,points</c>: UTF-8 without a mark, RFC 4180 quoting, lines ended by CRLF. Machines read
/// it: an id stands unchanged, and one that begins with <c>=</c> is not disarmed for spreadsheets.
/// </summary>
/// <remarks>Source document, "Процесс недельного начисления": CSV: (дата, user_id, баллы).</remarks>
public static class WeeklyCsv
{
    public const string ContentType = "text/csv; charset=utf-8; header=present";

    /// <summary>Writes header and rows, holding one row at a time. The stream stays open.</summary>
    /// <param name="rows">Ascending by id, code point by code point. None: the header alone.</param>
    public static async Task Write(
        Stream stream, WeekId week, IAsyncEnumerable<WeeklyRow> rows, CancellationToken cancellation)
    {
        var sunday = week.Sunday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        // Its defaults are RFC 4180, UTF-8 and CRLF; the id is asked to stay as it is in so many words.
        var options = new CsvWriterOptions { Injection = CsvInjection.None };
        var csv = CsvWriter.Create(stream, options, leaveOpen: true);
        await using (csv)
        {
            await csv.WriteRecordAsync(["date", "user_id", "points"], cancellation);
            await foreach (var row in rows.WithCancellation(cancellation))
            {
                await csv.WriteRecordAsync([sunday, row.ParticipantId, row.Reward.ToString()], cancellation);
            }

            await csv.FlushAsync(cancellation);
        }
    }
}
