using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Stk.GrainInterfaces.Emission;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.Money;
using Stk.Testing;
using Stk.Torture.Hosts;

namespace Stk.Torture.Checks;

/// <summary>What readers are shown against the book.</summary>
internal static class ReadChecks
{
    private const string BalancesSql = """
        SELECT participant.id,
            coalesce((SELECT balance_micro FROM ledger.accounts WHERE kind = 6 AND owner = participant.number), 0),
            coalesce((SELECT balance_micro FROM ledger.accounts WHERE kind = 7 AND owner = participant.number), 0)
        FROM activity.participants participant ORDER BY participant.id
        """;

    public static async Task<CheckResult> ActorsShowTheBook(NpgsqlDataSource database, IGrainFactory grains)
    {
        var problems = new List<string>();
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
                    TimeSpan.FromSeconds(10));
            }
            catch (TimeoutException exception)
            {
                problems.Add(exception.Message);
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
            var shown = await api.Get($"balance?participant={Uri.EscapeDataString(id)}");
            var text = shown?["total"]?.GetValue<string>();
            if (text is null || !Amount.TryParse(text, out var total) || total.Micro != available + frozen)
            {
                problems.Add($"{id} is shown {text ?? "nothing"} by the API, the book has {new Amount(available + frozen)}");
            }
        }

        var supply = await grains.GetGrain<IEmissionGrain>(0).GetSupply(CancellationToken.None);
        if (supply.Emitted != supply.Scheduled)
        {
            problems.Add($"{supply.Emitted} is emitted, the schedule has {supply.Scheduled}");
        }

        return new("the balances and the supply that the API shows are the book's", problems, book.Count);
    }

    /// <summary>The product's own check, as an operator runs it.</summary>
    public static async Task<CheckResult> Verb(string claim, TortureSettings settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { settings.Program("silo", "Stk.Silo.dll") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ConnectionStrings__Stk"] = settings.Owner },
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
