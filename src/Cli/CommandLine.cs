using System.CommandLine;
using System.CommandLine.Invocation;
using Stk.Cli.Api;
using Stk.Cli.Balances;
using Stk.Cli.Chain;
using Stk.Cli.Completion;
using Stk.Cli.Demo;
using Stk.Cli.Participants;
using Stk.Cli.Replay;
using Stk.Cli.RuleBooks;
using Stk.Cli.Services;
using Stk.Cli.Spending;
using Stk.Cli.Statistics;
using Stk.Cli.Tokens;
using Stk.Cli.Treasury;
using Stk.Cli.Weeks;
using Stk.Client.Problems;

namespace Stk.Cli;

/// <summary>The whole program: its verbs, and how each ends.</summary>
internal static class CommandLine
{
    /// <summary>Refused or failed, with one sentence on standard error.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself cannot be read.</summary>
    public const int Usage = 2;

    // As a shell has it for a program that an interrupt has ended.
    private const int Interrupted = 130;

    public static RootCommand Make(Surroundings around)
    {
        var verbs = new ApiVerbs(around);
        var root = new RootCommand("The command line of STK, over REST.")
        {
            BalanceVerbs.Balance(verbs),
            BalanceVerbs.History(verbs),
            TransferVerb.Make(verbs),
            ServiceVerbs.Services(verbs),
            BuyVerbs.Buy(verbs),
            BuyVerbs.Entitlements(verbs),
            WeekVerbs.Make(verbs),
            ParticipantVerbs.Make(verbs),
            TreasuryVerbs.Make(verbs),
            RuleBookVerbs.Make(verbs),
            StatisticsVerbs.Audit(verbs),
            StatisticsVerbs.Supply(verbs),
            StatisticsVerbs.Distribution(verbs),
            TokenCommands.Keys(around.Time),
            TokenCommands.Token(around.Time),
            TokenCommands.SignInLink(around.Time),
            ReplayCommand.Make(around.Time),
            DemoCommand.Make(around),
            ChainCommand.Make(around.Time),
        };
        root.Add(CompletionVerb.Make(root));
        return root;
    }

    /// <returns>The exit code: 0 for done.</returns>
    public static async Task<int> Run(
        IReadOnlyList<string> arguments, Surroundings around, TextWriter output, TextWriter error)
    {
        var parsed = Make(around).Parse(arguments);
        try
        {
            if (parsed.Action is ParseErrorAction refusal)
            {
                // The sentence that says what is wrong must not be lost above a page of help.
                refusal.ShowHelp = false;
            }

            // What goes wrong is one sentence; a stack trace tells an operator nothing.
            var code = await parsed.InvokeAsync(
                new() { Output = output, Error = error, EnableDefaultExceptionHandler = false });
            return parsed.Errors.Count > 0 ? Usage : code;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync(
                GoesOn(parsed) ? "Interrupted. Started again, it goes on where it was." : "Interrupted.");
            return Interrupted;
        }
        catch (VerbRefusal exception)
        {
            await error.WriteLineAsync(exception.Message);
            return exception.Code;
        }
        catch (ApiException exception)
        {
            await error.WriteLineAsync(Sentence(exception));
            return Failed;
        }
        catch (Exception exception) when (exception
            is ReplayRefusal or IOException or UnauthorizedAccessException or InvalidDataException
            || ChainCommand.IsSentence(exception))
        {
            await error.WriteLineAsync(exception.Message);
            return Failed;
        }
    }

    private static bool GoesOn(ParseResult parsed) => parsed.CommandResult.Command.Name is "replay" or "demo";

    private static string Sentence(ApiException exception) => TerminalText.Safe(exception.IsOutcomeUnknown
        ? $"{exception.Message} Whether it was done is not known: the same with --key {exception.IdempotencyKey} is done once."
        : exception.Message);
}
