using System.CommandLine;
using System.Text;
using System.Text.Json;
using Stk.Cli.Endings;
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

    public CancellationToken Cancellation { get; } = cancellation;

    public TextWriter Output => parsed.InvocationConfiguration.Output;

    public T Value<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

    /// <summary>Of an argument that may be left out.</summary>
    public T? OptionalValue<T>(Argument<T> argument) => parsed.GetValue(argument);

    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    public T Required<T>(Option<T> option) => parsed.GetRequiredValue(option);

    /// <summary>Carries out the verb's one write, and prints its answer.</summary>
    /// <param name="act">Sends it with the Idempotency-Key that it is given.</param>
    /// <param name="done">What was done, a sentence without its stop, with the id that finds it.</param>
    /// <exception cref="DoneNotShownException">It is done, and the answer cannot be printed.</exception>
    public async Task Write<T>(Func<string, Task<T>> act, Func<T, string> done, Func<T, Table> table)
    {
        // Before anything is sent: whatever becomes of the answer, the key is known.
        var known = key ?? Guid.CreateVersion7().ToString();
        var answer = await act(known);
        try
        {
            await Show(answer, table);
        }
        catch (Exception exception)
        {
            // Whatever it is: it happened after the deed, and is no failure of it.
            throw new DoneNotShownException(
                $"Done: {done(answer)}, with the key {known}",
                $"The same command with --key {known} shows it, and does nothing twice.", exception);
        }
    }

    /// <summary>Prints the answer: as it came for programs, as a table for people.</summary>
    public async Task Show<T>(T answer, Func<T, Table> table)
    {
        var text = new StringBuilder();
        if (isJson)
        {
            text.Append(JsonSerializer.Serialize(answer, TokenomicsJson.Options)).Append(Output.NewLine);
        }
        else
        {
            foreach (var line in table(answer).Lines(around.Columns))
            {
                text.Append(line).Append(Output.NewLine);
            }
        }

        await Print(text.ToString());
    }

    /// <summary>
    /// Prints the whole of it at once: half a table says something else. Whoever does not read can be left.
    /// </summary>
    public async Task Print(string text) => await Task.Run(
        () =>
        {
            Output.Write(text);
            Output.Flush();
        },
        CancellationToken.None).WaitAsync(Cancellation);

    /// <summary>Prints a list: <c>{"items":[...]}</c>, or a table.</summary>
    public Task ShowAll<T>(IReadOnlyList<T> items, Func<IReadOnlyList<T>, Table> table) =>
        Show(new { items }, answer => table(answer.items));

    /// <summary>Prints what comes as it comes. Ends by its interruption, or once nobody reads.</summary>
    /// <exception cref="OutputException">Nobody does.</exception>
    public async Task ShowEach<T>(Func<CancellationToken, IAsyncEnumerable<T>> items, Func<T, Table> table)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var shown = ShowAll(items(stop.Token), table);
        if (around.WhenUnread is { } whenUnread && await Task.WhenAny(shown, whenUnread()) != shown)
        {
            // Without this it would be found out at the next print, and nothing may be printed for days.
            await stop.CancelAsync();
            await shown.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new OutputException("nobody reads it any more");
        }

        await shown;
    }

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
        var answer = await Answer(error);
        if (answer?.Trim().ToUpperInvariant() is not ("Y" or "YES"))
        {
            throw new VerbRefusal("Nothing was done.");
        }
    }

    private async Task ShowAll<T>(IAsyncEnumerable<T> items, Func<T, Table> table)
    {
        await foreach (var item in items)
        {
            await Show(item, table);
        }
    }

    private async Task<string?> Answer(TextWriter error)
    {
        try
        {
            // A console's own reading cannot be given up: it is left to wait.
            return await Task.Run(around.Input.ReadLine, CancellationToken.None).WaitAsync(Cancellation);
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync();
            throw;
        }
    }
}
