using System.IO.Compression;
using System.Text.Json;

namespace Stk.EndToEnd.Economies;

/// <summary>
/// Four weeks of a club that have been lived, closed and paid: ann's end in the source document's example, bob's reward
/// vests, carl goes over a limit. The clock stands at Monday 2025-12-22 08:00.
/// </summary>
public sealed class ClubEconomy : IAsyncLifetime
{
    public const string LastWeek = "2025-W51";

    private static readonly EconomyPlan Plan = EconomyPlan.Empty
        .Week(Ann("2025-11-30T10:00:00Z")).Level("ann", 3)
        .Week(Ann("2025-12-07T10:00:00Z"))
        .Week(Ann("2025-12-14T10:00:00Z"))
        .Paid();

    private Economy? _economy;

    public Economy Economy => _economy ?? throw new InvalidOperationException("not started");

    /// <summary>Outcomes of one event sent alone, of an array, and of a gzip'd array.</summary>
    public string[][] Outcomes { get; private set; } = [];

    /// <summary>What <c>verify</c> printed before the last week was paid.</summary>
    public string EarlierHead { get; private set; } = "";

    /// <summary>What the first <c>up</c> printed.</summary>
    public StkResult FirstUp { get; private set; } = new(0, [], "");

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
        _economy = Economy.Make();
        FirstUp = (await Economy.Stk("up")).Done();
        var operators = await Economy.Operator();
        var club = await Economy.Source();
        await Economy.Live(Plan);
        EarlierHead = (await Economy.Stk("verify")).Done().Lines[^1];
        await operators.MoveClock("2025-12-21T23:59:59Z");
        Outcomes =
        [
            ApiClient.Outcomes(await SendAlone(club, Event("ann post", "ClubPostCreated", "ann", "2025-12-16T10:00:00Z"))),
            await club.SendEvents(
            [
                .. Enumerable.Range(0, 5).Select(n => Event($"ann e{n}", "ExerciseSave", "ann", $"2025-12-17T10:0{n}:00+03:00")),
                .. Enumerable.Range(0, 5).Select(n => Event($"ann s{n}", "SectionCompleted", "ann", $"2025-12-18T10:0{n}:00Z")),
                Event("ann like", "ClubLikeGiven", "ann", "2025-12-19T10:00:00Z"),
                Event("ann like", "ClubLikeGiven", "ann", "2025-12-19T10:00:00Z"),
                Event("ann page", "PageView", "ann", "2025-12-19T10:00:00Z"),
            ]),
            ApiClient.Outcomes(await club.Send(HttpMethod.Post, "events", Gzip(
            [
                Event("bob", "MentoringSessionCompleted", "bob", "2025-12-20T10:00:00Z"),
                Event("carl 1", "ClubPostCreated", "carl", "2025-12-20T11:00:00Z"),
                Event("carl 2", "ClubPostCreated", "carl", "2025-12-20T12:00:00Z"),
                Event("carl old", "ClubPostCreated", "carl", "2025-12-10T12:00:00Z"),
            ]))),
        ];
        await operators.MoveClock("2025-12-22T08:00:00Z");
    }

    private static PlannedEvent Ann(string at) => PlannedEvent.Of($"ann {at}", "SectionCompleted", "ann", at);

    private static object Event(string key, string type, string participant, string timestamp) =>
        Events.Of(key, type, participant, timestamp);

    private static async Task<Answer> SendAlone(ApiClient club, object one) => await club.Post("events", one);

    private static ByteArrayContent Gzip(object[] events) => ApiClient.Json(JsonSerializer.Serialize(events), "gzip", plain =>
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    });
}

/// <summary>Tests that share the club. Each leaves it as it found it, or adds participants of its own.</summary>
[CollectionDefinition(Name)]
public sealed class ClubCollection : ICollectionFixture<ClubEconomy>
{
    public const string Name = "Club";
}
