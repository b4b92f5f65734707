using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Security.Cryptography;
using Stk.Cli.Endings;
using Stk.Rules.Revocations;
using Stk.Rules.Texts;

namespace Stk.Cli.Authentication;

/// <summary>The verbs <c>keys new</c>, <c>token</c> and <c>sign-in-link</c>. What they make is the last line.</summary>
internal static class TokenCommands
{
    // A year.
    private const int OldestSeconds = 31_536_000;

    public static Command Keys(TimeProvider time)
    {
        var directory = new Option<string>("--directory")
        {
            Description = "Where the pair is made; the hosts read the public half there.",
            Required = true,
        };
        var name = new Option<string?>("--name")
        {
            Description = "The key's id; no host in Production accepts one that begins with development-.",
        };
        name.Validators.Add(result => Refuse(
            result, text => text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'),
            "--name may hold letters, digits, - and _ only."));

        var make = new Command("new", "Makes an ES256 key pair, and prints the private key's file.") { directory, name };
        make.SetAction(parsed =>
        {
            var id = parsed.GetValue(name)
                ?? $"stk-{time.GetUtcNow():yyyyMMdd}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
            var file = SigningKey.Make(parsed.GetRequiredValue(directory), id);
            try
            {
                Print(parsed, file);
            }
            catch (OutputException exception)
            {
                throw new DoneNotShownException(
                    $"The pair is made, its private key in {file}", "Made again, it is another pair.", exception);
            }
        });
        return new("keys", "Keys that sign tokens.") { make };
    }

    /// <param name="verbs">What else is done with tokens, over the API.</param>
    public static Command Token(TimeProvider time, params IEnumerable<Command> verbs)
    {
        var key = Key();
        var subject = Subject();
        var role = new Option<string>("--role") { Description = string.Join(", ", Role.All) + ".", Required = true };
        role.Validators.Add(result => Refuse(
            result, text => Role.All.Contains(text), $"--role must be one of {string.Join(", ", Role.All)}."));
        var lifetime = new Option<TimeSpan?>("--ttl")
        {
            Description = "How long it is good for: 90s, 15m, 12h (an operator's and an auditor's longest), 30d (the others' default).",
            CustomParser = result =>
            {
                if (!Lifetime.TryParse(result.Tokens[0].Value, out var parsed))
                {
                    result.AddError("--ttl must be a number with s, m, h or d, such as 12h, and at most 3660d.");
                }

                return parsed;
            },
        };

        var age = Age();
        var command = new Command("token", "Signs a token, and prints it.") { key, role, subject, lifetime, age };
        foreach (var verb in verbs)
        {
            command.Add(verb);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(role) is "operator" or "auditor")
            {
                RefuseTwin(result, subject);
            }

            // Hosts refuse what says more.
            if (result.GetValue(role) is { } name && TokenLife.Longest(name) is { } longest
                && result.GetResult(lifetime)?.Tokens is [{ Value: var text }]
                && Lifetime.TryParse(text, out var asked) && asked > longest)
            {
                result.AddError($"--ttl is at most {longest.TotalHours:0}h for an {name}.");
            }
        });
        command.SetAction(parsed =>
        {
            using var signing = SigningKey.Read(parsed.GetRequiredValue(key));
            var name = parsed.GetRequiredValue(role);
            Print(parsed, TokenIssuer.Token(
                signing, name, parsed.GetRequiredValue(subject), time.GetUtcNow(),
                parsed.GetValue(lifetime) ?? TokenIssuer.LifetimeOf(name),
                TimeSpan.FromSeconds(parsed.GetValue(age))));
        });
        return command;
    }

    public static Command SignInLink(TimeProvider time)
    {
        var key = Key();
        var subject = Subject();
        var address = new Option<string>("--address")
        {
            Description = "The API host, as http://127.0.0.1:8080.",
            Required = true,
        };
        address.Validators.Add(result => Refuse(
            result, text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https",
            "--address must be an http or https address."));

        var role = new Option<string>("--role")
        {
            Description = "As whom: participant, to the pages, or operator, to the dashboard.",
            DefaultValueFactory = _ => Role.Operator,
        };
        role.AcceptOnlyFromAmong(Role.Participant, Role.Operator);

        var command = new Command("sign-in-link", "Prints a link that signs somebody in once, within 10 minutes.")
        {
            key, address, role, subject,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(role) is not Role.Participant)
            {
                RefuseTwin(result, subject);
            }
        });
        command.SetAction(parsed =>
        {
            using var signing = SigningKey.Read(parsed.GetRequiredValue(key));
            var (host, whose, now) = (
                new Uri(parsed.GetRequiredValue(address)), parsed.GetRequiredValue(subject), time.GetUtcNow());
            Print(parsed, parsed.GetRequiredValue(role) == Role.Participant
                ? TokenIssuer.PagesLink(signing, host, whose, now)
                : TokenIssuer.SignInLink(signing, host, whose, now));
        });
        return command;
    }

    private static Option<int> Age()
    {
        var age = new Option<int>("--age")
        {
            Description = "How many seconds ago its subject has signed in (0); what needs a fresh login takes up to 300.",
        };
        age.Validators.Add(result =>
        {
            if (result.Tokens is [var given]
                && !(int.TryParse(given.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                    && seconds <= OldestSeconds))
            {
                result.AddError($"--age must be a number of seconds, 0 to {OldestSeconds}.");
            }
        });
        return age;
    }

    private static Option<string> Key() => new("--key")
    {
        Description = $"The private key, a file *{SigningKey.PrivateSuffix}.",
        Required = true,
    };

    private static Option<string> Subject()
    {
        var subject = new Option<string>("--sub")
        {
            Description = "Whom it is for: a participant's id, an operator's name, the source's name.",
            Required = true,
        };
        subject.Validators.Add(result => Refuse(
            result, text => OutsideName.Malformed(text) is null,
            "--sub must have 1 to 200 characters, not be blank, and hold no control character."));
        return subject;
    }

    // Participants and sources from before the rule keep their names, and only the silos know them.
    private static void RefuseTwin(CommandResult result, Option<string> subject)
    {
        if (result.GetValue(subject) is { } name && OutsideName.Broken(name) is { } rule)
        {
            result.AddError($"--sub {rule}.");
        }
    }

    private static void Refuse(OptionResult result, Func<string, bool> isGood, string message)
    {
        if (result.Tokens is [var token] && !isGood(token.Value))
        {
            result.AddError(message);
        }
    }

    private static void Print(ParseResult parsed, string line) => parsed.InvocationConfiguration.Output.WriteLine(line);
}
