using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Stk.Cli.Api;
using Stk.Cli.Approvals;
using Stk.Client.Connections;
using Stk.Client.RuleBooks;
using Stk.Rules.RuleBooks;

namespace Stk.Cli.RuleBooks;

/// <summary>The verb <c>rules</c>.</summary>
internal static class RuleBookVerbs
{
    private static readonly JsonSerializerOptions Indented = new(TokenomicsJson.Options) { WriteIndented = true };

    public static Command Make(ApiVerbs verbs) =>
        new("rules", "The versions of the rule book.") { Show(verbs), Diff(verbs), Propose(verbs), Withdraw(verbs) };

    private static Command Show(ApiVerbs verbs)
    {
        var version = new Argument<int?>("version")
        {
            Description = "Prints this version's document, as JSON, with what its silence means (default: a list of all).",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => null,
        };
        return verbs.Reading("show", "The versions, or the document of one.", ApiVerbs.Auditor, [version], async call =>
        {
            var versions = await call.Client.RuleBooks.List(call.Cancellation);
            if (call.Value(version) is { } number)
            {
                await call.Print(Pretty(SpelledOut(Find(versions, number).Document)) + call.Output.NewLine);
                return;
            }

            await call.ShowAll(versions, items => Table.Of(
                [">version", "from", "announced", "by", "approved by", "withdrawn"], items, book =>
                    [
                        TerminalText.Of(book.Version),
                        book.EffectiveFrom.ToString(),
                        TerminalText.Of(book.AnnouncedAt),
                        book.By,
                        book.ApprovedBy,
                        book.WithdrawnAt is { } at ? TerminalText.Of(at) : null,
                    ]));
        });
    }

    private static Command Diff(ApiVerbs verbs)
    {
        var before = Values.Text("before", "A version's number, or a file.");
        var after = Values.Text("after", "A version's number, or a file.");
        return verbs.Reading("diff", "What differs between two rule books.", ApiVerbs.Auditor, [before, after], async call =>
        {
            var versions = await call.Client.RuleBooks.List(call.Cancellation);
            var changes = DocumentDiff.Of(Document(versions, call.Value(before)), Document(versions, call.Value(after)))
                .ToList();
            await call.ShowAll(changes, Changes);
        });
    }

    private static Command Propose(ApiVerbs verbs)
    {
        var file = Values.Text("file", "A whole rule book in JSON, as rules show VERSION prints it; its number may be left out.");
        var from = Values.WeekOption("--from", "The first week that it rules, a coming one.");
        var reason = new Option<string?>("--reason") { Description = "Why, for who approves it: 1 to 280 characters." };
        return verbs.Asking(
            "propose", "Asks for a version from a coming week on.", ApiVerbs.Operator, [file, from, reason], async call =>
        {
            var document = Read(call.Value(file));
            var newest = (await call.Client.RuleBooks.List(call.Cancellation))[^1];
            var changes = Changes([.. DocumentDiff.Of(SpelledOut(newest.Document), SpelledOut(document))]);
            await call.Confirm(
                [.. changes.Lines(), $"Ask for this, beside version {newest.Version}, from {call.Required(from)} on?"]);
            await call.Write(
                key => call.Client.RuleBooks.Propose(
                    call.Required(from), document, call.Value(reason), key, call.Cancellation),
                ApprovalVerbs.Done, ApprovalVerbs.Fields);
        });
    }

    private static Command Withdraw(ApiVerbs verbs)
    {
        var version = new Argument<int>("version") { Description = "One that does not rule yet." };
        var reason = Values.Reason();
        return verbs.Asking(
            "withdraw", "Asks that a version which does not rule yet is taken back.", ApiVerbs.Operator, [version, reason],
            async call =>
            {
                await call.Confirm($"Withdraw version {TerminalText.Of(call.Value(version))} of the rule book?");
                await call.Write(
                    key => call.Client.RuleBooks.Withdraw(
                        call.Value(version), call.Required(reason), key, call.Cancellation),
                    ApprovalVerbs.Done, ApprovalVerbs.Fields);
            });
    }

    private static Table Changes(IReadOnlyList<DocumentChange> changes) => Table.Of(
        ["where", "before", "after"], changes, change => [change.Path, change.Before ?? "-", change.After ?? "-"]);

    private static JsonElement Document(IEnumerable<RuleBookVersion> versions, string numberOrFile) =>
        int.TryParse(numberOrFile, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? SpelledOut(Find(versions, number).Document)
            : SpelledOut(Read(numberOrFile));

    // A section that a version is silent about rules all the same.
    private static JsonElement SpelledOut(JsonElement document)
    {
        using var spelledOut = JsonDocument.Parse(RuleBookJson.SpelledOut(document));
        return spelledOut.RootElement.Clone();
    }

    private static RuleBookVersion Find(IEnumerable<RuleBookVersion> versions, int number) =>
        versions.FirstOrDefault(version => version.Version == number)
        ?? throw new VerbRefusal(string.Create(CultureInfo.InvariantCulture, $"There is no version {number} of the rule book."));

    private static JsonElement Read(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new VerbRefusal($"{file} is no rule book: it must be a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new VerbRefusal($"{file} is no JSON: {exception.Message}");
        }
    }

    private static string Pretty(JsonElement document) => JsonSerializer.Serialize(document, Indented);
}
