using System.Globalization;
using CsvHelper;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Reports.Inactivity;

/// <summary>
/// What a quarter takes, and what is given back of it, as machines read it: UTF-8 without a mark, RFC 4180 quoting, lines
/// ended by CRLF; an id stands unchanged.
/// </summary>
public static class RedistributionCsv
{
    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.None };

    /// <summary>user_id,last_active,days,rate_bp,base,amount,outcome</summary>
    /// <param name="rows">Ascending by id, code point by code point.</param>
    public static Task<byte[]> Write(IEnumerable<RedistributionRow> rows, CancellationToken cancellation) => Write(
        ["user_id", "last_active", "days", "rate_bp", "base", "amount", "outcome"],
        rows.Select(row => (string[])
        [
            row.ParticipantId, row.LastActive.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Text(row.Days),
            Text(row.RateBp), row.Base.ToString(), row.Taken.ToString(), row.Outcome.WireName(),
        ]),
        cancellation);

    /// <summary>week,user_id,amount</summary>
    /// <param name="rows">Ascending by week, then by id, code point by code point.</param>
    public static Task<byte[]> WriteRestorations(
        IEnumerable<(WeekId Week, string ParticipantId, Amount Amount)> rows, CancellationToken cancellation) => Write(
        ["week", "user_id", "amount"],
        rows.Select(row => (string[])[row.Week.ToString(), row.ParticipantId, row.Amount.ToString()]),
        cancellation);

    private static async Task<byte[]> Write(
        string[] header, IEnumerable<string[]> rows, CancellationToken cancellation)
    {
        using var stream = new MemoryStream();
        var csv = CsvWriter.Create(stream, Options, leaveOpen: true);
        await using (csv)
        {
            await csv.WriteRecordAsync(header, cancellation);
            foreach (var row in rows)
            {
                await csv.WriteRecordAsync(row, cancellation);
            }

            await csv.FlushAsync(cancellation);
        }

        return stream.ToArray();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
