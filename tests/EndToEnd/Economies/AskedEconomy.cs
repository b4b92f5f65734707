using System.Globalization;

namespace Stk.EndToEnd.Economies;

/// <summary>
/// One week of ann and bob that has been lived, closed and paid; requests of every kind are sent to it. The clock stands
/// at Monday 2025-12-22 08:00.
/// </summary>
public sealed class AskedEconomy : IAsyncLifetime
{
    /// <summary>Of a point that counted for ann, sent by the source club.</summary>
    public static readonly Guid Counted = new("0190c2f0-0000-7000-8000-00000000c0de");

    /// <summary>Costs a millionth, all of it the treasury's.</summary>
    public const string Service = "asked_service";

    /// <summary>Costs the same, half of it whoever the buyer names as mentor.</summary>
    public const string Mentored = "asked_mentor";

    public const string Withdrawn = "asked_withdrawn";

    private static readonly EconomyPlan Plan = EconomyPlan.Empty
        .Week(PlannedEvent.Of("asked 1", "ExerciseSave", "ann", "2025-12-14T10:00:00Z"))
        .Week(
            PlannedEvent.Of("asked 2", "ExerciseSave", "ann", "2025-12-18T10:00:00Z"),
            PlannedEvent.Of("asked 3", "ExerciseSave", "bob", "2025-12-18T10:00:00Z"))
        .Paid()
        .Service(Offer(Service, "treasury")).Service(Offer(Withdrawn, "treasury")).Service(Offer(Mentored, "mentor"));

    private Economy? _economy;
    private int _comingWeek = 9;

    public Economy Economy => _economy ?? throw new InvalidOperationException("not started");

    /// <summary>The cursor of ann's second page of one.</summary>
    public string Cursor { get; private set; } = "";

    /// <summary>The rule book in force, as JSON.</summary>
    public string Rules { get; private set; } = "";

    /// <summary>A week of 2026 that no rules were announced for, each time a later one: they only go forward.</summary>
    public string ComingWeek() => string.Create(CultureInfo.InvariantCulture, $"2026-W{++_comingWeek:00}");

    public async Task InitializeAsync()
    {
        try
        {
            await Live();
        }
        catch
        {
            // xunit disposes no fixture that did not come to be.
            await DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        if (_economy is { } economy)
        {
            await economy.DisposeAsync();
        }
    }

    private async Task Live()
    {
        _economy = await Economy.Up();
        var operators = await Economy.Operator();
        var club = await Economy.Source();
        await Economy.Live(Plan);
        _ = await club.SendEvents(new
        {
            uuid = Counted,
            @event = "SectionCompleted",
            distinct_id = "ann",
            timestamp = "2025-12-22T07:00:00Z",
        });
        var ann = await Economy.Participant("ann");
        Cursor = (await ann.Get("balance/history?limit=1")).Json.GetProperty("next").GetString()!;
        // The version is counted by who announces it.
        Rules = (await operators.Get("admin/rules")).Json.GetProperty("versions")[0].GetProperty("document").GetRawText()
            .Replace("\"version\":1,", "", StringComparison.Ordinal);
        // A source is noted at its first request, whatever becomes of it.
        await (await Economy.Source("forum")).SendEvents(Events.Of("asked 4", "PageView", "ann", "2025-12-22T07:00:00Z"));
        await Decide(operators, Withdrawn, "withdraw");
    }

    private static PlannedService Offer(string id, string role) => new(id, "0.000001", [(role, 10_000)]);

    private static async Task Decide(ApiClient operators, string id, string what)
    {
        using var body = ApiClient.Json("""{"reason":"asked"}""");
        body.Headers.TryAddWithoutValidation("Idempotency-Key", $"{Guid.NewGuid()}");
        _ = (await operators.Send(HttpMethod.Post, $"admin/services/{id}/{what}", body)).Json;
    }
}

[CollectionDefinition(Name)]
public sealed class AskedCollection : ICollectionFixture<AskedEconomy>
{
    public const string Name = "Asked";
}
