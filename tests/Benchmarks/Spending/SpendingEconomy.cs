using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Stk.Testing;

namespace Stk.Benchmarks.Spending;

/// <summary>
/// People who have earned by one week's activity, and a service with a split of three, on hosts that <c>up</c> started.
/// </summary>
internal sealed class SpendingEconomy(HttpClient http, string operatorToken, string ingestToken)
{
    public static readonly string[] Recipients = ["author", "mentor"];

    private const string Root = "/api/v1/tokenomics/";
    private const int EventsMax = 500;
    private const int EventsEach = 4;

    /// <summary>Does nothing where it was done before.</summary>
    /// <returns>The people's numbers.</returns>
    public async Task<IReadOnlyDictionary<string, long>> Begin(IReadOnlyList<string> people, NpgsqlDataSource database)
    {
        if ((await Numbers(database)).Count == 0)
        {
            await MoveClock("2026-01-11T23:59:59Z");
            foreach (var part in people.Concat(Recipients).SelectMany(Activity).Chunk(EventsMax))
            {
                await Send(HttpMethod.Post, "events", ingestToken, part);
            }

            await MoveClock("2026-01-12T08:00:00Z");
            await Send(HttpMethod.Put, $"admin/services/{SpendingCalls.Service}", operatorToken, new
            {
                name = "Course",
                price = "0.000010",
                split = new[]
                {
                    new { role = "author", shareBp = 5_000 }, new { role = "mentor", shareBp = 3_000 },
                    new { role = "treasury", shareBp = 2_000 },
                },
                term = new { days = 30 },
                recipients = new { author = "author", mentor = "mentor" },
            });
            await Send(HttpMethod.Post, $"admin/services/{SpendingCalls.Service}/admit", operatorToken, new { reason = "bench" });
        }

        return await Numbers(database);
    }

    private static IEnumerable<object> Activity(string person) => Enumerable.Range(0, EventsEach).Select(number => new
    {
        uuid = Guid.NewGuid(),
        @event = "ExerciseSave",
        distinct_id = person,
        timestamp = $"2026-01-0{5 + number}T10:00:00Z",
        properties = new { },
    });

    private static async Task<Dictionary<string, long>> Numbers(NpgsqlDataSource database)
    {
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var command = database.CreateCommand("SELECT id, number FROM activity.participants");
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            numbers.Add(row.GetString(0), row.GetInt64(1));
        }

        return numbers;
    }

    private async Task MoveClock(string to)
    {
        await Send(HttpMethod.Post, "admin/clock", operatorToken, new { now = to });
        var now = DateTimeOffset.Parse(to, CultureInfo.InvariantCulture);
        await Eventually.Get(
            async () => (await Send<object>(HttpMethod.Get, "admin/clock", operatorToken, null)).RootElement
                .GetProperty("reached").GetDateTimeOffset(),
            reached => reached >= now, $"the economy has reached {to}", TimeSpan.FromMinutes(2));
    }

    private async Task<JsonDocument> Send<T>(HttpMethod method, string path, string token, T? body)
    {
        using var request = new HttpRequestMessage(method, Root + path)
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonDocument.Parse(answer.Length == 0 ? "{}" : answer)
            : throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {answer}");
    }
}
