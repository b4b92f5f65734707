using System.CommandLine;
using System.Text.Json;
using Stk.Client;
using Stk.Client.Connections;

namespace Stk.Cli.Api;

/// <summary>One run of a verb.</summary>
/// <param name="key">The Idempotency-Key; null where none was given.</param>
/// <param name="isAnswered">True where nothing is to be asked.</param>
internal sealed class ApiCall(
    ParseResult parsed, Surroundings around, TokenomicsClient client, bool isJson, string? key, bool isAnswered,
    CancellationToken cancellation)
{
    public TokenomicsClient Client { get; } = client;

    public string? Key { get; } = key;

    public CancellationToken Cancellation { get; } = cancellation;

    public TextWriter Output => parsed.InvocationConfiguration.Output;

    public T Value<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    public T Required<T>(Option<T> option) => parsed.GetRequiredValue(option);

    /// <summary>Prints the answer: as it came for programs, as a table for people.</summary>
    public async Task Show<T>(T answer, Func<T, Table> table)
    {
        if (isJson)
        {
            await Output.WriteLineAsync(JsonSerializer.Serialize(answer, TokenomicsJson.Options));
            return;
        }

        foreach (var line in table(answer).Lines())
        {
            await Output.WriteLineAsync(line);
        }
    }

    /// <summary>Prints a list: <c>{"items":[...]}</c>, or a table.</summary>
    public Task ShowAll<T>(IReadOnlyList<T> items, Func<IReadOnlyList<T>, Table> table) =>
        Show(new { items }, answer => table(answer.items));

    /// <summary>Goes on where a person, or --yes, says so.</summary>
    /// <exception cref="VerbRefusal">Nobody has.</exception>
    public async Task Confirm(params IEnumerable<string> lines)
    {
        if (isAnswered)
        {
            return;
        }

        var name = parsed.CommandResult.Command.Name;
        if (!around.IsTerminal)
        {
            throw new VerbRefusal($"{name} asks before it acts, and nobody is there to answer: give --yes.");
        }

        var error = parsed.InvocationConfiguration.Error;
        var question = string.Join('\n', lines.Select(TerminalText.Safe));
        await error.WriteAsync($"{question} [y/N] ");
        await error.FlushAsync(Cancellation);
        var answer = await around.Input.ReadLineAsync(Cancellation);
        if (answer?.Trim().ToUpperInvariant() is not ("Y" or "YES"))
        {
            throw new VerbRefusal("Nothing was done.");
        }
    }
}
