using System.CommandLine;
using Stk.Client;
using Stk.Client.Connections;

namespace Stk.Cli.Api;

/// <summary>Makes the verbs that speak to the API: what they have in common is said here once.</summary>
internal sealed class ApiVerbs(Surroundings around)
{
    public const string Participant = "participant";
    public const string Operator = "operator";
    public const string Auditor = "auditor";
    public const string Ingest = "ingest";

    /// <summary>A verb that changes nothing.</summary>
    /// <param name="role">Whose token it is usually asked with.</param>
    /// <param name="symbols">Its own arguments and options.</param>
    public Command Reading(
        string name, string description, string role, IEnumerable<Symbol> symbols, Func<ApiCall, Task> act) =>
        Make(name, description, role, symbols, null, null, act);

    /// <summary>A verb that writes.</summary>
    /// <inheritdoc cref="Reading" path="/param"/>
    public Command Writing(
        string name, string description, string role, IEnumerable<Symbol> symbols, Func<ApiCall, Task> act) =>
        Make(name, description, role, symbols, Key(), null, act);

    /// <summary>A verb that writes what cannot be taken back: it asks first.</summary>
    /// <inheritdoc cref="Reading" path="/param"/>
    public Command Asking(
        string name, string description, string role, IEnumerable<Symbol> symbols, Func<ApiCall, Task> act) =>
        Make(name, description, role, symbols, Key(), new("--yes") { Description = "Do not ask." }, act);

    /// <summary>A verb that writes what is its own key, and cannot be taken back: it asks first.</summary>
    /// <inheritdoc cref="Reading" path="/param"/>
    public Command AskingOnce(
        string name, string description, string role, IEnumerable<Symbol> symbols, Func<ApiCall, Task> act) =>
        Make(name, description, role, symbols, null, new("--yes") { Description = "Do not ask." }, act);

    private Command Make(
        string name, string description, string role, IEnumerable<Symbol> symbols, Option<string?>? key, Option<bool>? yes,
        Func<ApiCall, Task> act)
    {
        var address = new Option<string>("--address")
        {
            Description = "The API host.",
            DefaultValueFactory = _ => $"http://127.0.0.1:{around.Variable("STK_PORT") ?? "8080"}",
        };
        address.Validators.Add(result =>
        {
            if (result.Tokens is [var given]
                && !(Uri.TryCreate(given.Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            {
                result.AddError("--address must be an http or https address.");
            }
        });
        var token = new Option<string?>("--token")
        {
            Description = "The bearer token; every user sees it in the list of processes (better: --token-file, or the environment's STK_TOKEN).",
        };
        var tokenFile = new Option<string?>("--token-file") { Description = "A file that holds the token." };
        var json = new Option<bool>("--json") { Description = "One JSON document for programs, instead of a table." };

        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            Add(command, symbol);
        }

        foreach (var option in new Option?[] { key, yes, json, address, token, tokenFile })
        {
            if (option is not null)
            {
                command.Add(option);
            }
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            var bearer = Token(parsed.GetValue(token), parsed.GetValue(tokenFile), role);
            using var client = new TokenomicsClient(
                new(parsed.GetRequiredValue(address)), bearer,
                new ClientSettings { Time = around.Time, Transport = around.Transport });
            await act(new ApiCall(
                parsed, around, client, parsed.GetValue(json), key is null ? null : parsed.GetValue(key),
                yes is not null && parsed.GetValue(yes), cancellation));
        });
        return command;
    }

    private static Option<string?> Key() => new("--key")
    {
        Description = "The Idempotency-Key: the same verb with the same key is done once. Without it each run is a new one.",
    };

    private static void Add(Command command, Symbol symbol)
    {
        switch (symbol)
        {
            case Argument argument:
                command.Add(argument);
                break;
            case Option option:
                command.Add(option);
                break;
            default:
                throw new ArgumentException($"{symbol.Name} is neither argument nor option");
        }
    }

    private string Token(string? given, string? file, string role)
    {
        if (given is not null && file is not null)
        {
            throw new VerbRefusal("--token and --token-file are both given: one is enough.", CommandLine.Usage);
        }

        var token = (given ?? (file is null ? around.Variable("STK_TOKEN") : TokenFile.Read(file)))?.Trim();
        if (string.IsNullOrEmpty(token))
        {
            throw new VerbRefusal(
                "No token: give --token-file FILE or the environment's STK_TOKEN; a local economy makes one by "
                + $"STK_TOKEN=$(./stk token --role {role} --sub NAME | tail -n 1).", CommandLine.Usage);
        }

        // Without the token: it is nobody's to read.
        return token.All(character => character is > ' ' and < '\x7f')
            ? token
            : throw new VerbRefusal("The token is none: it has characters that no token has.", CommandLine.Usage);
    }
}
