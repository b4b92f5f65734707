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

    // Its defaults are RFC 4180, UTF-8 and CRLF; the id is asked to stay as it is in so many words.
    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.None };

    /// <summary>Writes the header line. The stream stays open.</summary>
    public static Task WriteHeader(Stream stream, CancellationToken cancellation) => Write(
        stream, async csv => await csv.WriteRecordAsync(["date", "user_id", "points"], cancellation), cancellation);

    /// <summary>Writes a line a row, so that a week can be written in parts. The stream stays open.</summary>
    /// <param name="rows">Ascending by id, code point by code point.</param>
    public static Task WriteRows(
        Stream stream, WeekId week, IEnumerable<WeeklyRow> rows, CancellationToken cancellation)
    {
        var sunday = week.Sunday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Write(
            stream,
            async csv =>
            {
                foreach (var row in rows)
                {
                    await csv.WriteRecordAsync([sunday, row.ParticipantId, row.Reward.ToString()], cancellation);
                }
            },
            cancellation);
    }

    private static async Task Write(Stream stream, Func<CsvWriter, Task> write, CancellationToken cancellation)
    {
        var csv = CsvWriter.Create(stream, Options, leaveOpen: true);
        await using (csv)
        {
            await write(csv);
            await csv.FlushAsync(cancellation);
        }
    }
}
