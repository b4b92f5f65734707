using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Stk.GrainInterfaces.Emission;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.Money;
using Stk.Testing;
using Stk.Torture.Hosts;
using Stk.Torture.Operations;

namespace Stk.Torture.Checks;

/// <summary>What readers are shown against the book.</summary>
internal static class ReadChecks
{
    private const short AvailableKind = 6;
    private const short FrozenKind = 7;

    // Of several lines of one account in a commit the last is what the commit left.
    private const string StatesSql = """
        SELECT DISTINCT ON (participant.id, account.kind, posting.sequence)
            participant.id, account.kind, posting.sequence, posting.balance_after
        FROM ledger.postings posting
        JOIN ledger.accounts account ON account.id = posting.account_id AND account.kind IN (6, 7)
        JOIN activity.participants participant ON participant.number = account.owner
        ORDER BY participant.id, account.kind, posting.sequence, posting.position DESC, posting.line DESC
        """;

    private const string BalancesSql = """
        SELECT participant.id,
            coalesce((SELECT balance_micro FROM ledger.accounts WHERE kind = 6 AND owner = participant.number), 0),
            coalesce((SELECT balance_micro FROM ledger.accounts WHERE kind = 7 AND owner = participant.number), 0)
        FROM activity.participants participant ORDER BY participant.id
        """;

    /// <summary>
    /// What a reader is shown is, of each account, what the book had at the commit that the answer names or at a later one,
    /// and never what it had before the reader's last answer.
    /// </summary>
    public static async Task<CheckResult> NoReaderGoesBack(NpgsqlDataSource database, IReadOnlyList<Reading> readings)
    {
        var states = (await database.Read(StatesSql, row => (
                Account: (Participant: row.GetString(0), Kind: row.GetInt16(1)), Sequence: row.GetInt64(2),
                Balance: row.GetInt64(3))))
            .GroupBy(state => state.Account)
            .ToDictionary(group => group.Key, group => group.Select(state => (state.Sequence, state.Balance)).ToArray());
        var problems = new List<string>();
        var last = new Dictionary<(int Reader, string Participant, short Kind), int>();
        foreach (var reading in readings)
        {
            Look(reading, AvailableKind, reading.Available);
            Look(reading, FrozenKind, reading.Frozen);
        }

        return new("I12: No reader who names the newest commit they were shown is shown an older balance.", problems, readings.Count);

        void Look(Reading reading, short kind, Amount shown)
        {
            var of = states.GetValueOrDefault((reading.Participant, kind), []);
            var heard = Math.Max(reading.Asked, reading.Sequence);
            // -1 is the account before its first line.
            var from = Math.Max(
                last.GetValueOrDefault((reading.Reader, reading.Participant, kind), -1),
                Array.FindLastIndex(of, state => state.Sequence <= heard));
            var found = from < 0 && shown == Amount.Zero
                ? -1
                : Array.FindIndex(of, Math.Max(from, 0), state => state.Balance == shown.Micro);
            if (found < 0 && (from >= 0 || shown != Amount.Zero))
            {
                problems.Add($"{reading.Participant} was shown {shown} of kind {kind} as of commit {heard}, which the book did not have then or later");
                return;
            }

            last[(reading.Reader, reading.Participant, kind)] = found;
        }
    }

    public static async Task<CheckResult> ActorsShowTheBook(NpgsqlDataSource database, IGrainFactory grains)
    {
        var problems = new List<string>();
        var limit = HangLimit.Step;
        var book = await database.Read(
            BalancesSql, row => (Id: row.GetString(0), Available: row.GetInt64(1), Frozen: row.GetInt64(2)));
        foreach (var (id, available, frozen) in book)
        {
            try
            {
                // A moment is allowed for the journal to be heard; for ever is not.
                await Eventually.Get(
                    () => grains.GetGrain<IParticipantGrain>(id).GetBalance().AsTask(),
                    shown => shown.Available.Micro == available && shown.Frozen.Micro == frozen,
                    $"{id} is shown {available} available and {frozen} frozen",
                    limit);
            }
            catch (TimeoutException exception)
            {
                problems.Add(exception.Message);
                // Whoever is asked after that has been waited for already.
                limit = HangLimit.Call;
            }
        }

        return new("the balances that actors show are the book's", problems, book.Count);
    }

    public static async Task<CheckResult> RestShowsTheBook(NpgsqlDataSource database, RestApi api, IGrainFactory grains)
    {
        var problems = new List<string>();
        var book = await database.Read(
            BalancesSql, row => (Id: row.GetString(0), Available: row.GetInt64(1), Frozen: row.GetInt64(2)));
        foreach (var (id, available, frozen) in book)
        {
            var shown = await Eventually.Get(
                () => api.Get($"balance?participant={Uri.EscapeDataString(id)}"), answer => answer is not null,
                $"the API shows {id}'s balance");
            var text = shown?["total"]?.GetValue<string>();
            if (text is null || !Amount.TryParse(text, out var total) || total.Micro != available + frozen)
            {
                problems.Add($"{id} is shown {text ?? "nothing"} by the API, the book has {new Amount(available + frozen)}");
            }
        }

        var supply = await Eventually.Get(
            () => grains.GetGrain<IEmissionGrain>(0).GetSupply(CancellationToken.None), _ => true, "the supply is told");
        if (supply.Emitted != supply.Scheduled)
        {
            problems.Add($"{supply.Emitted} is emitted, the schedule has {supply.Scheduled}");
        }

        return new("the balances and the supply that the API shows are the book's", problems, book.Count);
    }

    /// <summary>The product's own check, as an operator runs it.</summary>
    public static Task<CheckResult> Verb(string claim, TortureSettings settings, params string[] arguments) =>
        Run(claim, settings, settings.Verifier, arguments);

    /// <summary>Brings the schema to the present build's, as its owner.</summary>
    public static Task<CheckResult> Migrate(string claim, TortureSettings settings) =>
        Run(claim, settings, settings.Owner, "migrate");

    private static async Task<CheckResult> Run(
        string claim, TortureSettings settings, string connection, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { settings.Program("silo", "Stk.Silo.dll") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ConnectionStrings__Stk"] = connection,
                ["Stk__Ledger__SigningPublicKeys"] = settings.CommitPublicKeys,
            },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var verb = Process.Start(start) ?? throw new InvalidOperationException("the silo's program did not start");
        var output = verb.StandardOutput.ReadToEndAsync();
        var error = await verb.StandardError.ReadToEndAsync();
        await output;
        await verb.WaitForExitAsync();
        return new(
            claim,
            verb.ExitCode == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"exit code {verb.ExitCode}: {error.Trim()}")],
            1);
    }
}
