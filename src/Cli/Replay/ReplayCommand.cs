using System.CommandLine;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Stk.Client;
using Stk.Client.Connections;
using Stk.Client.Problems;

namespace Stk.Cli.Replay;

/// <summary>The verb <c>replay</c>.</summary>
internal static class ReplayCommand
{
    public static Command Make(TimeProvider time)
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

        var command = new Command("replay", "Runs files of events through the running service, on its manual clock.")
        {
            files, address, ingest, operation, progress,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var host = new Uri(parsed.GetRequiredValue(address));
            var settings = ClientSettings.Patient with { Time = time };
            using var client = new TokenomicsClient(host, parsed.GetRequiredValue(ingest), settings);
            using var operations = new TokenomicsClient(host, parsed.GetRequiredValue(operation), settings);
            var output = parsed.InvocationConfiguration.Output;
            var error = parsed.InvocationConfiguration.Error;
            var lines = EventLines.Read(parsed.GetRequiredValue(files));
            var plan = ReplayPlan.Of(lines);
            if (plan.Slices.IsEmpty)
            {
                throw new ReplayRefusal("The files hold no event with a time that can be read.");
            }

            var display = new ReplayDisplay(plan, error, !Console.IsErrorRedirected, time);
            var run = new ReplayRun(
                client, operations, plan, lines, new(parsed.GetValue(progress), plan.Fingerprint), display,
                SourceOf(parsed.GetRequiredValue(ingest)), Environment.GetEnvironmentVariable("STK_HOME") ?? "not set");
            try
            {
                var (end, totals) = await run.Run(cancellation);
                foreach (var line in ReplayTable.Lines(end, totals))
                {
                    await output.WriteLineAsync(line);
                }
            }
            catch (ApiUnreachableException exception)
            {
                throw new ReplayRefusal(
                    $"{exception.Message} Start the replay again when it is back: it goes on where it was.", exception);
            }
            finally
            {
                display.End();
            }
        });
        return command;
    }

    private static string SourceOf(string ingestToken)
    {
        try
        {
            return new JsonWebToken(ingestToken).Subject;
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenMalformedException)
        {
            throw new ReplayRefusal("The ingest token is no token: --ingest-token, or the environment's STK_INGEST_TOKEN.", exception);
        }
    }

    private static Option<string> Token(string name, string variable, string what) => new(name)
    {
        Description = $"A token {what} (default: the environment's {variable}, which no process list shows).",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(variable) ?? "",
    };
}
