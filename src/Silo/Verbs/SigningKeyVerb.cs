using System.CommandLine;
using Stk.Ledger.Signing;

namespace Stk.Silo.Verbs;

/// <summary><c>signing-key FILE PUBLIC-FILE</c>: makes a key that silos sign with. Needs no database.</summary>
internal static class SigningKeyVerb
{
    public static Command Command()
    {
        var file = new Argument<string>("FILE") { Description = "The private key: a new file, of mode 400." };
        var publicFile = new Argument<string>("PUBLIC-FILE")
        {
            Description = "The public keys: the new one is added at the end.",
        };
        var command = new Command("signing-key", "Makes a key that silos sign commits with.") { file, publicFile };
        command.SetAction(parsed => ChainSigner.Write(parsed.GetRequiredValue(file), parsed.GetRequiredValue(publicFile)));
        return command;
    }
}
