using System.CommandLine;
using System.Text;
using System.Text.Json;
using Stk.Cli.Api;
using Stk.Cli.Endings;
using Stk.Client.Sources;
using Stk.Rules.Sources;

namespace Stk.Cli.Sources;

/// <summary>The verb <c>sources</c>.</summary>
internal static class SourceVerbs
{
    public static Command Make(ApiVerbs verbs, Surroundings around) =>
        new("sources", "Sources of events: up to when each is complete, and what it may send.")
        {
            List(verbs), Show(verbs), Set(verbs), ImportVerb.Make(verbs), QuarantineVerbs.Make(verbs), VoidVerbs.Make(verbs),
            PullVerbs.Pull(verbs), PullVerbs.Backfill(verbs), PullVerbs.Reconcile(verbs), Secret(around),
        };

    private static Command List(ApiVerbs verbs) => verbs.Reading(
        "list", "All sources.", ApiVerbs.Auditor, [], async call =>
            await call.ShowAll(await call.Client.Sources.List(call.Cancellation), items => Table.Of(
                ["name", "kind", "state", "complete to", "required", "types", "namespace"], items, source =>
                [
                    source.Name, source.Kind, source.State, At(source.CompleteTo), source.Required ? "yes" : "no",
                    Types(source), source.Namespace.Length == 0 ? "-" : source.Namespace,
                ])));

    private static Command Show(ApiVerbs verbs)
    {
        var name = Values.Text("name", "The source.");
        return verbs.Reading("show", "One source, with all its settings.", ApiVerbs.Auditor, [name], async call =>
            await call.Show(await call.Client.Sources.Get(call.Value(name), call.Cancellation), Fields));
    }

    private static Command Set(ApiVerbs verbs)
    {
        var name = Values.Text("name", "The source; made where it is new.");
        var file = new Option<string?>("--settings")
        {
            Description = "A file with the JSON of all settings, as the API takes them; - reads standard input.",
        };
        var completeTo = Values.Instant("--complete-to", "Every event before this instant has been sent.");
        var required = new Option<bool?>("--required") { Description = "Whether weeks wait until it is complete." };
        var reason = new Option<string?>("--reason")
        {
            Description = "Why; needed for the watermark of a source that is pulled, and for a higher budget.",
        };
        return verbs.Writing(
            "set", "Sets what is named, and leaves the rest as it is.", ApiVerbs.Operator,
            [name, file, completeTo, required, reason], async call =>
            {
                var before = call.Value(file) is null && (call.Value(required) is null || call.Value(completeTo) is null)
                    ? await call.Client.Sources.Get(call.Value(name), call.Cancellation)
                    : null;
                var body = Body(
                    call.Value(file), call.Value(completeTo) ?? before?.CompleteTo,
                    call.Value(required) ?? before?.Required, call.Value(reason));
                await call.Write(
                    key => call.Client.Sources.Put(call.Value(name), body, key, call.Cancellation),
                    source => $"source {source.Name} is {source.State}", Fields);
            });
    }

    // The file's members, and beside them what the command line says.
    private static JsonElement Body(string? file, DateTimeOffset? completeTo, bool? required, string? reason)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (file is not null)
        {
            var text = file == "-" ? Console.In.ReadToEnd() : ReadFile(file);
            try
            {
                foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text) ?? [])
                {
                    members[name] = value;
                }
            }
            catch (JsonException)
            {
                throw new VerbRefusal("The settings are not one JSON object.");
            }
        }

        Add("completeTo", completeTo);
        Add("required", required);
        Add("reason", reason);
        return JsonSerializer.SerializeToElement(members);

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                members[name] = value;
            }
        }
    }

    private static string ReadFile(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new VerbRefusal($"{file} cannot be read.");
        }
    }

    // No call: secrets go over no network, and are the silos' files.
    private static Command Secret(Surroundings around)
    {
        var name = Values.Text("name", "The source.");
        var kind = Values.Text("kind", "webhook: proves what it delivers; api: with which it is asked.")
            .AcceptOnlyFromAmong("webhook", "api");
        var directory = new Option<string?>("--directory")
        {
            Description = "Where the silos read secrets (default: secrets/sources in STK_HOME).",
        };
        var command = new Command(
            "secret", "Stores a source's secret, one a line of standard input; two lines while it is changed.")
        {
            name, kind, directory,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var source = parsed.GetRequiredValue(name);
            var target = parsed.GetValue(directory)
                ?? (around.Variable("STK_HOME") is { Length: > 0 } home ? Path.Combine(home, "secrets", "sources")
                    : throw new VerbRefusal("Name --directory, or set STK_HOME."));
            if (SourceSettingsRules.BrokenFileName(source) is { } broken)
            {
                throw new VerbRefusal($"The source's name {broken}.");
            }

            var lines = SecretText.Lines(await around.Input.ReadToEndAsync(cancellation));
            if (SecretText.Broken(lines) is { } rule)
            {
                throw new VerbRefusal($"Standard input {rule}.");
            }

            Store(target, $"{source}.{parsed.GetRequiredValue(kind)}", string.Join('\n', lines) + "\n");
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"{source}.{parsed.GetRequiredValue(kind)} is stored");
        });
        return command;
    }

    private static void Store(string directory, string file, string text)
    {
        try
        {
            Directory.CreateDirectory(directory);
            PrivateFile.Replace(Path.Combine(directory, file), Encoding.ASCII.GetBytes(text));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new VerbRefusal($"{file} cannot be written in {directory}.");
        }
    }

    private static Table Fields(Source source) => Table.OfFields(
        ("name", source.Name), ("kind", source.Kind), ("state", source.State), ("complete to", At(source.CompleteTo)),
        ("required", source.Required ? "yes" : "no"), ("address", source.Address ?? "-"),
        ("project", source.Project is { } project ? TerminalText.Of(project) : "-"),
        ("namespace", source.Namespace.Length == 0 ? "-" : source.Namespace), ("types", Types(source)),
        ("duties", string.Join(", ", source.Duties)), ("may level", source.MayLevel ? "yes" : "no"),
        ("may register", source.MayRegister ? "yes" : "no"),
        ("held after hours", source.HeldAfterHours is { } hours ? TerminalText.Of(hours) : "-"),
        ("budget a day", source.BudgetPerDay is { } points ? TerminalText.Of(points) : "-"),
        ("points today", source.PointsToday is { } today ? TerminalText.Of(today) : "-"),
        ("pulled every", source.Pull is { } pull ? $"{pull.EverySeconds} s" : "never"),
        ("map", source.Map.Count == 0 ? "-" : string.Join(", ", source.Map.Select(entry => $"{entry.Key}: {entry.Value}"))),
        ("held", TerminalText.Of(source.Held)), ("in quarantine", TerminalText.Of(source.Quarantined)),
        ("last event", At(source.LastEventAt)), ("last pull", At(source.LastPullAt)), ("last error", source.LastError ?? "-"),
        ("reads that differed", TerminalText.Of(source.Differences)),
        ("left out", source.LeaveOutCategories.IsEmpty ? "-" : string.Join(", ", source.LeaveOutCategories)));

    private static string Types(Source source) =>
        source.Types is not { } types ? "all" : types.IsEmpty ? "none" : string.Join(", ", types);

    private static string At(DateTimeOffset? instant) => instant is { } at ? TerminalText.Of(at) : "-";
}
