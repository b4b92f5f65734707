using System.Buffers;
using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Stk.Cli.Api;
using Stk.Cli.Replay;
using Stk.Client.Sources;

namespace Stk.Cli.Sources;

/// <summary>The verb <c>sources import</c>.</summary>
internal static class ImportVerb
{
    /// <summary>Of one body. The API takes no more than 50,000 lines and 32 MiB.</summary>
    private const int MostLines = 20_000;

    private const int MostBytes = 16 << 20;

    public static Command Make(ApiVerbs verbs)
    {
        var name = Values.Text("name", "The source; the token is its own.");
        var paths = new Argument<string[]>("path")
        {
            Description = "Files of rows, one JSON object a line, plain, gzip or brotli (.br), or folders of such files.",
            Arity = ArgumentArity.OneOrMore,
        };
        return verbs.Reading(
            "import", "Takes in files that PostHog has exported. Sent again they add nothing.", ApiVerbs.Ingest, [name, paths],
            async call =>
            {
                var sum = await Send(call, call.Value(name), ExportFiles.Find(call.Value(paths)));
                await call.Show(sum, Fields);
            });
    }

    private static async Task<ImportSum> Send(ApiCall call, string name, ImmutableArray<string> files)
    {
        var sum = new ImportSum(files.Length, 0, ImmutableSortedDictionary<string, int>.Empty, 0, []);
        var body = new ArrayBufferWriter<byte>();
        var places = new List<string>();
        try
        {
            foreach (var line in EventLines.Read(files))
            {
                body.Write(line.Bytes.Span);
                body.Write("\n"u8);
                places.Add(line.Place);
                if (places.Count == MostLines || body.WrittenCount >= MostBytes)
                {
                    await Flush();
                }
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new VerbRefusal(string.Create(
                CultureInfo.InvariantCulture,
                $"{exception.Message.TrimEnd('.')}: {sum.Lines:N0} lines before it were sent. Import again: they add nothing."));
        }

        if (places.Count > 0)
        {
            await Flush();
        }

        return sum;

        async Task Flush()
        {
            var took = await call.Client.Sources.Import(name, body.WrittenMemory, call.Cancellation);
            sum = sum.With(took, places);
            body.ResetWrittenCount();
            places.Clear();
        }
    }

    private static Table Fields(ImportSum sum) => Table.OfFields(
    [
        ("files", TerminalText.Of(sum.Files)), ("lines", TerminalText.Of(sum.Lines)),
        .. sum.Outcomes.Select(outcome => (outcome.Key, (string?)TerminalText.Of(outcome.Value))),
        ("gave nothing", TerminalText.Of(sum.Nothing)),
        .. sum.Rejected.Select(line => (line.Place, (string?)$"{line.Field} {line.Rule}")),
    ]);
}

/// <summary>What became of all lines.</summary>
/// <param name="Rejected">The first; all are kept in quarantine.</param>
internal sealed record ImportSum(
    int Files, int Lines, ImmutableSortedDictionary<string, int> Outcomes, int Nothing,
    ImmutableArray<RejectedPlace> Rejected)
{
    private const int MostRejected = 100;

    /// <param name="places">File and line of each line of the body.</param>
    public ImportSum With(ImportedLines took, IReadOnlyList<string> places) => this with
    {
        Lines = Lines + took.Lines,
        Outcomes = Outcomes.SetItems(took.Outcomes.Select(outcome =>
            KeyValuePair.Create(outcome.Key, Outcomes.GetValueOrDefault(outcome.Key) + outcome.Value))),
        Nothing = Nothing + took.Nothing,
        Rejected =
        [
            .. Rejected,
            .. took.Rejected.Take(MostRejected - Rejected.Length)
                .Select(line => new RejectedPlace(places[line.Line - 1], line.Uuid, line.Field, line.Rule)),
        ],
    };
}

/// <param name="Place">File and line.</param>
internal sealed record RejectedPlace(string Place, Guid? Uuid, string Field, string Rule);
