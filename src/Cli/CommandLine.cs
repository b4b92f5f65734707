using System.CommandLine;
using System.CommandLine.Invocation;
using Stk.Cli.Api;
using Stk.Cli.Approvals;
using Stk.Cli.Authentication;
using Stk.Cli.Balances;
using Stk.Cli.Chain;
using Stk.Cli.Clocks;
using Stk.Cli.Completion;
using Stk.Cli.Deliveries;
using Stk.Cli.Demo;
using Stk.Cli.Endings;
using Stk.Cli.Identities;
using Stk.Cli.Inactivity;
using Stk.Cli.Notices;
using Stk.Cli.Operators;
using Stk.Cli.Participants;
using Stk.Cli.Replay;
using Stk.Cli.Revocations;
using Stk.Cli.Rewards;
using Stk.Cli.RuleBooks;
using Stk.Cli.Schedules;
using Stk.Cli.Services;
using Stk.Cli.Settling;
using Stk.Cli.Sources;
using Stk.Cli.Spending;
using Stk.Cli.Statistics;
using Stk.Cli.Treasury;
using Stk.Cli.Vesting;
using Stk.Cli.Wallets;
using Stk.Cli.Weeks;
using Stk.Client.Clocks;
using Stk.Client.Problems;

namespace Stk.Cli;

/// <summary>The whole program: its verbs, and how each ends.</summary>
internal static class CommandLine
{
    /// <summary>Refused or failed, with one sentence on standard error.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself cannot be read.</summary>
    public const int Usage = 2;

    /// <summary>Done, and what it says of it cannot be shown.</summary>
    public const int DoneNotShown = 3;

    private const string Description = """
        The command line of STK, over REST.

        Exit codes: 0 done; 1 refused or failed; 2 the command line cannot be read, or there is no token: nothing was sent;
        3 done, but standard output takes nothing, or the answer cannot be shown; 129, 130, 143 interrupted. All but 0 with
        a sentence on standard error. A write that may have been done all the same names its key there: the same command
        with --key KEY is done once.
        """;

    public static RootCommand Make(Surroundings around)
    {
        var verbs = new ApiVerbs(around);
        var root = new RootCommand(Description)
        {
            BalanceVerbs.Balance(verbs),
            BalanceVerbs.History(verbs),
            StatementVerb.Make(verbs),
            TransferVerb.Make(verbs),
            ServiceVerbs.Services(verbs),
            BuyVerbs.Buy(verbs),
            BuyVerbs.Entitlements(verbs),
            BuyVerbs.Renewal(verbs),
            WeekVerbs.Make(verbs),
            ParticipantVerbs.Make(verbs),
            IdentityVerbs.Make(verbs),
            TreasuryVerbs.Make(verbs),
            ApprovalVerbs.Make(verbs),
            OperatorVerbs.Make(verbs),
            VestingVerbs.Make(verbs),
            NoticeVerbs.Make(verbs),
            RedistributionVerbs.Make(verbs),
            WalletVerbs.Make(verbs),
            DeliveryVerbs.Make(verbs),
            SourceVerbs.Make(verbs, around),
            RuleBookVerbs.Make(verbs),
            ClockVerbs.Make(verbs),
            ScheduleVerbs.Make(verbs),
            SettlementVerbs.Make(verbs),
            StatisticsVerbs.Audit(verbs),
            StatisticsVerbs.Supply(verbs),
            StatisticsVerbs.Distribution(verbs),
            TokenCommands.Keys(around.Time),
            TokenCommands.Token(around.Time, RevokeVerb.Make(verbs)),
            TokenCommands.SignInLink(around.Time),
            ReplayCommand.Make(around),
            DemoCommand.Make(around),
            ChainCommand.Make(around.Time, verbs),
        };
        root.Add(CompletionVerb.Make(root));
        return root;
    }

    /// <returns>The exit code: 0 for done.</returns>
    public static async Task<int> Run(
        IReadOnlyList<string> arguments, Surroundings around, TextWriter output, TextWriter error)
    {
        await using var heeded = StandardStream.Output(output);
        await using var unheeded = StandardStream.Error(error);
        var (code, sentence) = await End(Make(around).Parse(arguments), around, heeded, unheeded);
        if (sentence is not null)
        {
            await unheeded.WriteLineAsync(TerminalText.Safe(sentence));
        }

        return code;
    }

    private static async Task<(int Code, string? Sentence)> End(
        ParseResult parsed, Surroundings around, TextWriter output, TextWriter error)
    {
        try
        {
            if (parsed.Action is ParseErrorAction refusal)
            {
                // The sentence that says what is wrong must not be lost above a page of help.
                refusal.ShowHelp = false;
            }

            // What goes wrong is one sentence; a stack trace tells an operator nothing. The signals are ours: the library
            // would end the process after two seconds, without a word, and does not hear of a terminal that has closed.
            var code = await parsed.InvokeAsync(
                new()
                {
                    Output = output,
                    Error = error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                },
                around.Interruption?.Token ?? CancellationToken.None);
            return (parsed.Errors.Count > 0 ? Usage : code, null);
        }
        catch (WriteInterruptedException exception)
        {
            return (around.InterruptedCode, $"Interrupted. It may have been done all the same: {WithKey(exception.IdempotencyKey)}");
        }
        catch (OperationCanceledException exception)
        {
            return (around.InterruptedCode, exception is VerbInterruptedException ? exception.Message : "Interrupted.");
        }
        catch (DoneNotShownException exception)
        {
            return (DoneNotShown, exception.Message);
        }
        catch (VerbRefusal exception)
        {
            return (exception.Code, exception.Message);
        }
        catch (ApiException exception)
        {
            return (Failed, Sentence(exception));
        }
        catch (Exception exception) when (exception
            is ReplayRefusal or ClockStoppedException or IOException or UnauthorizedAccessException or InvalidDataException
            || ChainCommand.IsSentence(exception))
        {
            return (Failed, exception.Message);
        }
    }

    private static string Sentence(ApiException exception) => exception.IsOutcomeUnknown
        ? $"{exception.Message} Whether it was done is not known: {WithKey(exception.IdempotencyKey!)}" // of a write alone
        : exception.Message;

    private static string WithKey(string key) => $"the same command with --key {key} is done once.";
}
