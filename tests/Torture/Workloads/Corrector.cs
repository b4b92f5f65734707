using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Stk.Torture.Checks;
using Stk.Torture.Hosts;
using Stk.Torture.Operations;

namespace Stk.Torture.Workloads;

/// <summary>
/// An operator who corrects what closed weeks gave, over REST, beside all else: each is sent until it is answered for
/// certain, and some once more.
/// </summary>
internal sealed class Corrector(RestApi api, Tokens tokens, WeekCalendar calendar, int seed)
{
    /// <summary>Of their random numbers: others begin at the seed.</summary>
    private const int FarFromOthers = 3_000;

    private const int MostStk = 20;

    private static readonly string[] People = [.. Crowd.Names];

    private readonly ConcurrentQueue<Sending> _sendings = new();

    /// <summary>Under which the product keeps what was sent, whatever has become of it.</summary>
    public IReadOnlyCollection<Guid> Sent => [.. _sendings.Select(sending => sending.Id)];

    public async Task Run(CancellationToken stop)
    {
        var random = new Random(seed + FarFromOthers);
        while (!stop.IsCancellationRequested)
        {
            var sending = Next(random);
            _sendings.Enqueue(sending);
            while (!await Send(sending) && !stop.IsCancellationRequested)
            {
                await Pause(200, stop);
            }

            if (random.Next(6) == 0)
            {
                await Send(sending);
            }

            await Pause(random.Next(100, 400), stop);
        }
    }

    /// <summary>What got no answer is sent again, once.</summary>
    /// <returns>True where everything is answered.</returns>
    public async Task<bool> Resolve()
    {
        var isAll = true;
        foreach (var sending in _sendings.Where(sending => sending.Answers.IsEmpty))
        {
            isAll &= await Send(sending);
        }

        return isAll;
    }

    /// <summary>I6, I7 and I8, of what was corrected.</summary>
    public async Task<CheckResult> Check(NpgsqlDataSource database)
    {
        var stored = (await database.Read(
            """
            SELECT transaction_id, format('%s of %s by %s micro, revision %s, at %s', week, person.id,
                correction.amount_micro, revision, made.sequence)
            FROM weeks.corrections correction
            JOIN activity.participants person ON person.number = correction.participant
            JOIN ledger.transactions made ON made.id = transaction_id AND made.reference <> 'torture'
            """,
            row => (Id: row.GetGuid(0), Fact: row.GetString(1)))).ToDictionary(row => row.Id, row => row.Fact);
        var waiting = (await database.Read(
            "SELECT id FROM approvals.requests WHERE kind = 'week.correct'", row => row.GetGuid(0))).ToHashSet();
        var problems = new List<string>();
        foreach (var sending in _sendings)
        {
            // What was refused before money was looked at is kept nowhere: a copy is decided again.
            var done = sending.Answers.Where(answer => answer.Refusal is null).ToList();
            var told = done.FirstOrDefault() ?? sending.Answers.FirstOrDefault();
            if (done.FirstOrDefault(answer => answer.Text != done[0].Text) is { } other)
            {
                problems.Add($"{sending.Id}: told {done[0]}, then {other}");
            }

            var fact = done.Count > 0 && !IsWaiting(told) ? Fact(done[0]) : null;
            if (stored.GetValueOrDefault(sending.Id) != fact || waiting.Contains(sending.Id) != IsWaiting(told))
            {
                problems.Add($"{sending.Id}: told {told}; there is {stored.GetValueOrDefault(sending.Id) ?? "nothing"}");
            }
        }

        problems.AddRange(stored.Keys.Concat(waiting).Except(Sent).Select(id => $"{id} is kept and was never sent"));
        return new(
            "each acknowledged correction is there once, as it was told, each refused one has left nothing", problems,
            _sendings.Count(sending => !sending.Answers.IsEmpty));
    }

    private static bool IsWaiting(SpendingAnswer? answer) =>
        answer is { Refusal: null } && JsonNode.Parse(answer.Text)!["act"] is not null;

    private static string Fact(SpendingAnswer answer)
    {
        var view = JsonNode.Parse(answer.Text)!;
        var week = WeekId.TryParse(Said(view, "week"), out var id) ? id.Number : 0;
        var micro = Amount.TryParse(Said(view, "amount"), out var amount) ? amount.Micro : 0;
        return Text($"{week} of {Said(view, "participant")} by {micro} micro, revision {view["revision"]}, at {view["sequence"]}");
    }

    private static string Said(JsonNode view, string member) => view[member]!.GetValue<string>();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Task Pause(int milliseconds, CancellationToken stop) => Task.Delay(milliseconds, stop).ContinueWith(
        static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    // Of the last three weeks, one of which may not be closed; taken as often as given, and seldom more than there is.
    private Sending Next(Random random)
    {
        var week = WeekId.Of(calendar.Now.AddDays(-7 * random.Next(0, 4)));
        var size = random.Next(20) == 0 ? Amount.OfStk(2_000_000) : new(random.NextInt64(1, Amount.OfStk(MostStk).Micro));
        var sign = size < Amount.OfStk(MostStk) && random.Next(2) == 0 ? "" : "-";
        var body = new JsonObject
        {
            ["participant"] = People[random.Next(People.Length)],
            ["amount"] = $"{sign}{size}",
            ["reason"] = "looked at again",
        };
        var path = $"admin/weeks/{week}/corrections";
        var key = Text($"c-{random.NextInt64()}");
        return new(
            CauseId.Of("request", Market.SecondOperator, $"POST /{path}", key), path, key, body.ToJsonString(), []);
    }

    private async Task<bool> Send(Sending sending)
    {
        var token = tokens.Of("operator", Market.SecondOperator);
        var answer = await api.Write(HttpMethod.Post, sending.Path, token, sending.Key, sending.Body);
        if (SpendingAnswer.Of(answer, isRepeat: !sending.Answers.IsEmpty) is not { } final)
        {
            return false;
        }

        sending.Answers.Enqueue(final);
        return true;
    }

    /// <param name="Answers">That are certain, in the order they came.</param>
    private sealed record Sending(
        Guid Id, string Path, string Key, string Body, ConcurrentQueue<SpendingAnswer> Answers);
}
