using System.Buffers;
using System.Globalization;
using System.Text;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Rules.Statements;

/// <summary>
/// Lines of the weekly export <c>date,user_id,points</c>: UTF-8, RFC 4180 quoting, ended by CRLF. Machines read it: an id
/// stands unchanged, and one that begins with <c>=</c> is not disarmed for spreadsheets.
/// </summary>
/// <remarks>Source document, "Процесс недельного начисления": CSV: (дата, user_id, баллы).</remarks>
public static class WeeklyCsvRow
{
    public const string Header = "date,user_id,points\r\n";

    public static void WriteHeader(IBufferWriter<byte> output) => Encoding.UTF8.GetBytes(Header, output);

    /// <param name="reward">The whole reward, available and frozen, after the fund's factor.</param>
    public static void Write(IBufferWriter<byte> output, WeekId week, string participantId, Amount reward) =>
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture, $"{week.Sunday:yyyy-MM-dd},{Field(participantId)},{reward}\r\n"),
            output);

    private static string Field(string text) =>
        text.AsSpan().ContainsAny("\",\r\n") || text is [' ', ..] or [.., ' ']
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
}
