using System.Text;
using CsvHelper;

namespace Stk.Reports.Weekly;

/// <summary>
/// The same rows for a person who opens them in a spreadsheet: UTF-8 with a byte-order mark, cells parted by <c>;</c>, lines
/// ended by CRLF, and a <c>'</c> before a cell that would be run as a formula. The file for machines stays what it is.
/// </summary>
public static class SpreadsheetCsv
{
    private static readonly CsvReaderOptions Machines = new() { HasHeader = false };

    // Cells that begin with = + - @, a tab or CR are disarmed, wherever they come from.
    private static readonly CsvWriterOptions People = new() { Separator = ';', Injection = CsvInjection.Escape };

    /// <summary>Comes once, before the first part: a spreadsheet knows by it that the text is UTF-8.</summary>
    public static ReadOnlyMemory<byte> Mark { get; } = Encoding.UTF8.Preamble.ToArray();

    /// <summary>Writes a part of a file for machines as people open it.</summary>
    /// <param name="csv">Whole lines, as <see cref="WeeklyCsv"/> writes them.</param>
    public static byte[] Rewritten(ReadOnlyMemory<byte> csv)
    {
        using var rewritten = new MemoryStream(csv.Length + (csv.Length / 8) + 16);
        using (var reader = CsvReader.Create(csv, Machines))
        using (var writer = CsvWriter.Create(rewritten, People, leaveOpen: true))
        {
            while (reader.Read())
            {
                for (var field = 0; field < reader.FieldCount; field++)
                {
                    writer.WriteField(reader.GetString(field));
                }

                writer.EndRecord();
            }

            writer.Flush();
        }

        return rewritten.ToArray();
    }
}
