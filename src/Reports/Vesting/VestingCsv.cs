using System.Globalization;
using CsvHelper;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Reports.Vesting;

/// <summary>
/// What was decided of frozen rewards: UTF-8 without a mark, RFC 4180 quoting, lines ended by CRLF. Machines read it, as
/// <see cref="Weekly.WeeklyCsv"/>.
/// </summary>
public static class VestingCsv
{
    public const string ContentType = "text/csv; charset=utf-8; header=present";

    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.None };

    /// <summary>Writes the header line. The stream stays open.</summary>
    public static Task WriteHeader(Stream stream, CancellationToken cancellation) => Write(
        stream,
        async csv => await csv.WriteRecordAsync(
            ["decided_on", "user_id", "week", "type", "vests_days", "amount", "released", "cancelled"], cancellation),
        cancellation);

    /// <summary>Writes a line a row. The stream stays open.</summary>
    /// <param name="rows">In order.</param>
    public static Task WriteRows(Stream stream, IEnumerable<VestingRow> rows, CancellationToken cancellation) => Write(
        stream,
        async csv =>
        {
            foreach (var row in rows)
            {
                await csv.WriteRecordAsync(
                    [
                        row.DecidedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row.ParticipantId,
                        row.Week?.ToString() ?? "", row.Type ?? "", row.VestsDays.ToString(CultureInfo.InvariantCulture),
                        (row.Released + row.Cancelled).ToString(), row.Released.ToString(), row.Cancelled.ToString(),
                    ],
                    cancellation);
            }
        },
        cancellation);

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

/// <param name="Week">Null for what a fund's spending had frozen, as the type is.</param>
public readonly record struct VestingRow(
    DateOnly DecidedOn, string ParticipantId, WeekId? Week, string? Type, int VestsDays, Amount Released, Amount Cancelled);
