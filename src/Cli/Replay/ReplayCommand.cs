using System.CommandLine;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Stk.Cli.Api;
using Stk.Cli.Endings;
using Stk.Client;
using Stk.Client.Connections;
using Stk.Client.Problems;

namespace Stk.Cli.Replay;

/// <summary>The verb <c>replay</c>.</summary>
internal static class ReplayCommand
{
    public static Command Make(Surroundings around)
    {
        var files = new Argument<string[]>("files")
        {
            Description = "NDJSON files of events, plain or gzip, in the order they are sent.",
            Arity = ArgumentArity.OneOrMore,
        };
        var address = new Option<string>("--address")
        {
            Description = "The API host, as http://127.0.0.1:8080.",
            Required = true,
        };
        var ingest = Token("--ingest-token", "STK_INGEST_TOKEN", "with role ingest; its subject is the source");
        var operation = Token("--operator-token", "STK_OPERATOR_TOKEN", "with role operator");
        var progress = new Option<string?>("--progress")
        {
            Description = "Directory where the replay notes how far it is; without it, it cannot go on after an interruption.",
        };
        var skip = new Option<bool>("--skip-bad-lines")
        {
            Description = "Leaves out lines that cannot be read, and counts them (default: the first one stops it before anything is sent).",
        };

        var command = new Command("replay", "Runs files of events through the running service, on its manual clock.")
        {
            files, address, ingest, operation, progress, skip,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var source = SourceOf(parsed.GetRequiredValue(ingest));
            var lines = EventLines.Read(parsed.GetRequiredValue(files));
            var plan = LookThrough(parsed.GetRequiredValue(files), lines, parsed.GetValue(skip), cancellation);
            var host = new Uri(parsed.GetRequiredValue(address));
            var settings = ClientSettings.Patient with { Time = around.Time, Transport = around.Transport };
            using var client = new TokenomicsClient(host, parsed.GetRequiredValue(ingest), settings);
            using var operations = new TokenomicsClient(host, parsed.GetRequiredValue(operation), settings);
            var isTerminal = !Console.IsErrorRedirected;
            var display = new ReplayDisplay(
                plan, parsed.InvocationConfiguration.Error, isTerminal, around.Time,
                isTerminal ? TerminalWidth.Read() : null);
            var directory = parsed.GetValue(progress);
            await Send(
                new(client, operations, plan, lines, new(directory, plan.Fingerprint), display, source,
                    around.Variable("STK_HOME") ?? "not set"),
                display, parsed.InvocationConfiguration.Output, plan.FirstBad, goesOn: directory is not null, cancellation);
        });
        return command;
    }

    // Before the clock moves: what cannot be read would be missing from weeks that are closed and paid for ever.
    private static ReplayPlan LookThrough(
        string[] files, IEnumerable<EventLine> lines, bool skipBadLines, CancellationToken cancellation)
    {
        foreach (var file in files)
        {
            EventLines.Check(file);
        }

        try
        {
            var plan = ReplayPlan.Of(lines, skipBadLines, cancellation);
            return plan.Slices.IsEmpty
                ? throw new ReplayRefusal("The files hold no event with a time that can be read.")
                : plan;
        }
        catch (OperationCanceledException exception)
        {
            throw new VerbInterruptedException("Interrupted. Nothing was sent.", exception);
        }
    }

    private static async Task Send(
        ReplayRun run, ReplayDisplay display, TextWriter output, string? firstBad, bool goesOn,
        CancellationToken cancellation)
    {
        try
        {
            var (end, totals) = await run.Run(cancellation);
            foreach (var line in ReplayTable.Lines(end, totals, firstBad))
            {
                await output.WriteLineAsync(line);
            }
        }
        catch (OutputException exception)
        {
            throw new DoneNotShownException(
                "The replay is done",
                goesOn ? "The same command shows its table, and sends nothing." : "./stk supply shows what came of it.", exception);
        }
        catch (OperationCanceledException exception)
        {
            throw new VerbInterruptedException($"Interrupted. {Again(goesOn)}", exception);
        }
        catch (ApiException exception) when (exception is ApiUnreachableException || exception.IsOutcomeUnknown)
        {
            throw new ReplayRefusal($"{exception.Message} {Again(goesOn)}", exception);
        }
        finally
        {
            display.End();
        }
    }

    private static string Again(bool goesOn) => goesOn
        ? "Started again, it goes on where it was."
        : "What was sent may be stored; without --progress it cannot go on.";

    private static string SourceOf(string ingestToken)
    {
        try
        {
            return new JsonWebToken(ingestToken).Subject;
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenMalformedException)
        {
            throw new VerbRefusal(
                "The ingest token is no token: --ingest-token, or the environment's STK_INGEST_TOKEN.",
                CommandLine.Usage);
        }
    }

    private static Option<string> Token(string name, string variable, string what) => new(name)
    {
        Description = $"A token {what} (default: the environment's {variable}, which no process list shows).",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(variable) ?? "",
    };
}
