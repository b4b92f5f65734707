using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Solana.Keys;
using Stk.Testing;
using Stk.Torture.Checks;
using Stk.Torture.Hosts;
using Stk.Torture.Operations;

namespace Stk.Torture.Workloads;

/// <summary>
/// People with a wallet who take STK there, over REST, beside all else: each withdrawal is sent until it is answered for
/// certain, some once more, and some are called off as soon as they are answered. Every second one has chosen that each week
/// goes there.
/// </summary>
internal sealed class Withdrawers : IDisposable
{
    /// <summary>Of their random numbers: others begin at the seed.</summary>
    private const int FarFromOthers = 4_000;

    private const int People = 8;
    private const int MostStk = 3;

    private readonly RestApi _api;
    private readonly Tokens _tokens;
    private readonly ChainUnderTest _chain;
    private readonly int _seed;
    private readonly (string Name, Account Wallet)[] _people;
    private readonly ConcurrentQueue<Withdrawal> _withdrawals = new();
    private readonly ConcurrentQueue<Guid> _others = new();

    public Withdrawers(RestApi api, Tokens tokens, ChainUnderTest chain, int seed)
    {
        (_api, _tokens, _chain, _seed) = (api, tokens, chain, seed);
        _people = [.. Crowd.Names.Take(People).Select(name => (name, Account.FromSeed(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{name} {seed.ToString(CultureInfo.InvariantCulture)}")))))];
    }

    /// <summary>Under which the product keeps what was sent, whatever has become of it.</summary>
    public IReadOnlyCollection<Guid> Sent => [.. _withdrawals.Select(withdrawal => withdrawal.Id), .. _others];

    public async Task Run(CancellationToken stop)
    {
        var random = new Random(_seed + FarFromOthers);
        foreach (var (name, wallet) in _people)
        {
            while (!stop.IsCancellationRequested && !await Link(random, name, wallet))
            {
                await Pause(200, stop);
            }
        }

        for (var place = 0; place < People && !stop.IsCancellationRequested; place += 2)
        {
            await Write(random, HttpMethod.Put, "wallet/mode", _people[place].Name, new() { ["mode"] = "weekly" });
        }

        while (!stop.IsCancellationRequested)
        {
            await Withdraw(random, stop);
            await Pause(random.Next(20, 200), stop);
        }
    }

    /// <summary>What got no answer is sent again, once.</summary>
    /// <returns>True where everything is answered.</returns>
    public async Task<bool> Resolve()
    {
        var isAll = true;
        foreach (var withdrawal in _withdrawals.Where(withdrawal => withdrawal.Answers.IsEmpty))
        {
            isAll &= await Send(withdrawal);
        }

        return isAll;
    }

    /// <summary>Until each payout is paid or has gone back: chain, signer and whoever settles are well again.</summary>
    public static Task AwaitQuiet(NpgsqlDataSource database) => Eventually.True(
        async () => await database.Count("""
            SELECT (SELECT count(*) FROM settlement.payouts WHERE state IN (1, 2))
                + (SELECT count(*) FROM settlement.acts WHERE NOT is_closed)
            """) == 0,
        "every payout has come to its end");

    /// <summary>I6, I7 and I8, of what leaves.</summary>
    public async Task<CheckResult> Asked(NpgsqlDataSource database)
    {
        var stored = (await database.Read(
            """
            SELECT payout.id, format('%s takes %s micro', person.id, amount_micro)
            FROM settlement.payouts payout JOIN activity.participants person ON person.number = payout.participant
            WHERE week IS NULL
            """,
            row => (Id: row.GetGuid(0), Fact: row.GetString(1)))).ToDictionary(row => row.Id, row => row.Fact);
        var problems = new List<string>();
        foreach (var withdrawal in _withdrawals)
        {
            var done = withdrawal.Answers.Where(answer => answer.Refusal is null).ToList();
            var fact = done.Count > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{withdrawal.By} takes {withdrawal.Amount.Micro} micro")
                : null;
            if (stored.GetValueOrDefault(withdrawal.Id) != fact
                || done.Any(answer => IdOf(answer) != withdrawal.Id))
            {
                problems.Add($"{withdrawal.Id}: told {withdrawal.Answers.FirstOrDefault()}; there is {stored.GetValueOrDefault(withdrawal.Id) ?? "nothing"}");
            }
        }

        problems.AddRange(stored.Keys.Except(_withdrawals.Select(withdrawal => withdrawal.Id))
            .Select(id => $"payout {id} is kept and was never asked for"));
        return new(
            "each acknowledged withdrawal is there once, as it was told, each refused one has left nothing", problems,
            _withdrawals.Count(withdrawal => !withdrawal.Answers.IsEmpty));
    }

    /// <summary>The chain holds in each wallet what the ledger says was paid there.</summary>
    public async Task<CheckResult> Paid(NpgsqlDataSource database)
    {
        var paid = (await database.Read(
            "SELECT address, sum(amount_micro)::bigint FROM settlement.payouts WHERE state = 3 GROUP BY address",
            row => (Address: row.GetString(0), Micro: row.GetInt64(1)))).ToDictionary(row => row.Address, row => row.Micro);
        var problems = new List<string>();
        foreach (var (name, wallet) in _people)
        {
            var held = (await _chain.Held(wallet.PublicKey)).Micro;
            var said = paid.GetValueOrDefault(wallet.PublicKey.ToString());
            if (held != said)
            {
                problems.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{name}: {held} micro are in the wallet, and {said} were paid there"));
            }
        }

        problems.AddRange(paid.Keys.Except(_people.Select(person => person.Wallet.PublicKey.ToString()))
            .Select(address => $"something was paid to {address}, which nobody has linked"));
        return new(
            "each wallet holds what was paid there, to the micro-STK", problems,
            (int)await database.Count("SELECT count(*) FROM settlement.payouts WHERE state = 3"));
    }

    public void Dispose()
    {
        foreach (var (_, wallet) in _people)
        {
            wallet.Dispose();
        }
    }

    private static Guid IdOf(SpendingAnswer answer) => JsonNode.Parse(answer.Text)!["id"]!.GetValue<Guid>();

    private static Task Pause(int milliseconds, CancellationToken stop) => Task.Delay(milliseconds, stop).ContinueWith(
        static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private async Task<bool> Link(Random random, string name, Account wallet)
    {
        var asked = await _api.Write(
            HttpMethod.Post, "wallet/challenge", _tokens.Fresh("participant", name), key: null,
            new JsonObject { ["address"] = wallet.PublicKey.ToString(), ["form"] = "message" }.ToJsonString());
        if (asked is not { IsSuccess: true } || JsonNode.Parse(asked.Text) is not { } challenge)
        {
            return false;
        }

        var text = challenge["message"]!.GetValue<string>();
        var linked = await Write(random, HttpMethod.Post, "wallet/link", name, new()
        {
            ["challenge"] = challenge["challenge"]!.GetValue<string>(),
            ["signature"] = wallet.Sign(Encoding.UTF8.GetBytes(text)).ToString(),
        });
        // One whose answer was lost is linked, or is asked again: the other time it is said to be linked already.
        return linked is { IsSuccess: true }
            || await _api.Get($"wallet?participant={name}") is { } shown && shown["address"] is not null;
    }

    private async Task Withdraw(Random random, CancellationToken stop)
    {
        var (name, _) = _people[random.Next(People)];
        var amount = new Amount(random.NextInt64(Amount.OfStk(1).Micro, Amount.OfStk(MostStk).Micro));
        var key = NextKey(random);
        var withdrawal = new Withdrawal(
            CauseId.Of("request", name, "POST /wallet/withdraw", key), name, amount, key, []);
        _withdrawals.Enqueue(withdrawal);
        while (!await Send(withdrawal) && !stop.IsCancellationRequested)
        {
            await Pause(200, stop);
        }

        if (random.Next(6) == 0)
        {
            await Send(withdrawal);
        }

        if (random.Next(5) == 0)
        {
            await Write(random, HttpMethod.Delete, $"wallet/payouts/{withdrawal.Id}", name, body: null);
        }
    }

    private async Task<bool> Send(Withdrawal withdrawal)
    {
        var answer = await _api.Write(
            HttpMethod.Post, "wallet/withdraw", _tokens.Fresh("participant", withdrawal.By), withdrawal.Key,
            new JsonObject { ["amount"] = $"{withdrawal.Amount}" }.ToJsonString());
        if (SpendingAnswer.Of(answer, isRepeat: !withdrawal.Answers.IsEmpty) is not { } final)
        {
            return false;
        }

        withdrawal.Answers.Enqueue(final);
        return true;
    }

    // Once: whatever becomes of it is no half.
    private async Task<RestAnswer?> Write(Random random, HttpMethod method, string path, string by, JsonObject? body)
    {
        var key = NextKey(random);
        _others.Enqueue(CauseId.Of("request", by, $"{method} /{path}", key));
        return await _api.Write(method, path, _tokens.Fresh("participant", by), key, body?.ToJsonString() ?? "");
    }

    private static string NextKey(Random random) =>
        string.Create(CultureInfo.InvariantCulture, $"w-{random.NextInt64()}");

    /// <param name="Answers">That are certain, in the order they came.</param>
    private sealed record Withdrawal(
        Guid Id, string By, Amount Amount, string Key, ConcurrentQueue<SpendingAnswer> Answers);
}
