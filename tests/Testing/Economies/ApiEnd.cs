using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Stk.Testing.Economies;

/// <summary>An economy over its REST API.</summary>
/// <param name="http">Its address is the API host's.</param>
public sealed class ApiEnd(HttpClient http, string operatorToken, string ingestToken) : IEconomyEnd
{
    private const string Root = "/api/v1/tokenomics/";

    public async Task Reach(DateTimeOffset instant)
    {
        var now = instant.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        await Ask(HttpMethod.Post, "admin/clock", operatorToken, new { now });
        await Eventually.Get(
            async () => (await Ask(HttpMethod.Get, "admin/clock", operatorToken)).GetProperty("reached").GetDateTimeOffset(),
            reached => reached >= instant, $"the economy has reached {now}");
    }

    public async Task Send(IReadOnlyList<PlannedEvent> events)
    {
        var answers = await Ask(HttpMethod.Post, "events", ingestToken, events.Select(sent => new
        {
            uuid = sent.Uuid,
            @event = sent.Type,
            distinct_id = sent.Participant,
            timestamp = sent.At.UtcDateTime,
            properties = new { },
        }));
        foreach (var answer in answers.EnumerateArray())
        {
            if (answer.GetProperty("outcome").GetString() == "rejected")
            {
                throw new InvalidOperationException($"an event was rejected: {answer}");
            }
        }
    }

    public Task Promote(string participant, int level) => Ask(
        HttpMethod.Put, $"admin/participants?id={Uri.EscapeDataString(participant)}", operatorToken,
        new { level, reason = "passed the exam" });

    // An operator's stands at once.
    public Task Offer(PlannedService service) => Ask(
        HttpMethod.Put, $"admin/services/{Uri.EscapeDataString(service.Id)}", operatorToken, new
        {
            name = service.Id,
            price = service.Price,
            split = service.Split.Select(share => new { role = share.Role, shareBp = share.ShareBp }),
            term = service.Days is { } days ? new { days } : null,
            recipients = service.Recipients,
        });

    private async Task<JsonElement> Ask(HttpMethod method, string path, string token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, Root + path)
        {
            // Absent members, not null ones: they say the same, and some rules want an object or nothing.
            Content = body is null ? null : JsonContent.Create(body, options: Json),
        };
        request.Headers.Authorization = new("Bearer", token);
        if (method != HttpMethod.Get)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.NewGuid().ToString("N"));
        }

        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonElement.Parse(answer)
            : throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {answer}");
    }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };
}
