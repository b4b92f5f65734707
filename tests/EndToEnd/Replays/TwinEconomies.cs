namespace Stk.EndToEnd.Replays;

/// <summary>
/// The same file of 19 weeks, past a quarter's run and what it gives back, for two economies: one of one silo that nobody
/// disturbs, which has replayed it, and one of two silos, which is empty yet.
/// </summary>
#pragma warning disable CA1001 // xunit calls DisposeAsync of IAsyncLifetime, which disposes it.
public sealed class TwinEconomies : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly ReplayFile _files = new();
    private Economy? _undisturbed;
    private Economy? _disturbed;

    public IReadOnlyList<string> Lines { get; } = [.. Weeks()];

    public string GzipFile { get; private set; } = "";

    public string PlainFile { get; private set; } = "";

    public Economy Undisturbed => _undisturbed ?? throw new InvalidOperationException("not started");

    public Economy Disturbed => _disturbed ?? throw new InvalidOperationException("not started");

    /// <summary>What the undisturbed replay printed.</summary>
    public StkResult Replayed { get; private set; } = new(0, [], "");

    public async Task InitializeAsync()
    {
        GzipFile = _files.Gzip("club.jsonl.gz", Lines);
        PlainFile = _files.Plain("club.jsonl", Lines);
        var disturbed = Economy.Up("--silos", "2");
        try
        {
            _undisturbed = await Economy.Up();
            Replayed = (await Undisturbed.Stk("replay", GzipFile)).Done();
            _disturbed = await disturbed;
        }
        catch
        {
            // xunit disposes no fixture that did not come to be.
            await DisposeAsync();
            if (_disturbed is null)
            {
                await (await disturbed).DisposeAsync();
            }

            throw;
        }
    }

    // A generated year's first weeks, and a small community beside it in the second to fourth.
    private static IEnumerable<string> Weeks()
    {
        var community = Events.Weeks(weeks: 3, participants: 60, aWeek: 400)
            .ToLookup(one => one.Week + 1, one => one.Line);
        return EvidenceYear.Of(EvidenceYear.ShortWeeks).GroupBy(EvidenceYear.WeekOf)
            .SelectMany(week => week.Select(one => one.Line).Concat(community[week.Key]));
    }

    public async Task DisposeAsync()
    {
        _files.Dispose();
        foreach (var economy in new[] { _undisturbed, _disturbed }.OfType<Economy>())
        {
            await economy.DisposeAsync();
        }
    }
}

[CollectionDefinition(Name)]
public sealed class TwinCollection : ICollectionFixture<TwinEconomies>
{
    public const string Name = "Twins";
}
