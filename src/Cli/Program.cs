using System.CommandLine;
using System.CommandLine.Invocation;
using Stk.Cli.Chain;
using Stk.Cli.Replay;
using Stk.Cli.Tokens;
using Stk.Solana.Keys;
using Stk.Solana.Rpc;
using Stk.Solana.Vaults;

// As a shell has it for a program that an interrupt has ended.
const int Interrupted = 130;

var root = new RootCommand("The operator's command line of STK, over REST.")
{
    TokenCommands.Keys(TimeProvider.System),
    TokenCommands.Token(TimeProvider.System),
    TokenCommands.SignInLink(TimeProvider.System),
    ReplayCommand.Make(TimeProvider.System),
    ChainCommand.Make(TimeProvider.System),
};

try
{
    var parsed = root.Parse(args);
    if (parsed.Action is ParseErrorAction refusal)
    {
        // The sentence that says what is wrong must not be lost above a page of help.
        refusal.ShowHelp = false;
    }

    // What goes wrong is one sentence; a stack trace tells an operator nothing.
    return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Interrupted. Started again, it goes on where it was.");
    return Interrupted;
}
catch (Exception exception) when (exception
    is ReplayRefusal or IOException or UnauthorizedAccessException or InvalidDataException
    or KeyFileException or RpcException or VaultSetupException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
