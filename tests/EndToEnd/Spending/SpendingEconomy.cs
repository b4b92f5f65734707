using System.Collections.Immutable;
using Stk.Client;
using Stk.Client.Services;
using Stk.Rules.Money;

namespace Stk.EndToEnd.Spending;

/// <summary>
/// Two silos, two API hosts, and people who have earned: each of <see cref="People"/> has more than 3,000 STK. The source's
/// services have their recipients. The clock stands at Monday 2026-01-12 08:00.
/// </summary>
#pragma warning disable CA1001 // xunit calls DisposeAsync of IAsyncLifetime, which disposes it.
public sealed class SpendingEconomy : IAsyncLifetime
#pragma warning restore CA1001
{
    public static readonly string[] People =
    [
        "ann", "bob", "author", "mentor", "developer", "reader-1", "reader-2", "reader-3", "reader-4", "reader-5", "reader-6",
        "buyer", "sender", "clerk",
    ];

    private Economy? _economy;
    private SecondApiHost? _second;

    public Economy Economy => _economy ?? throw new InvalidOperationException("not started");

    /// <summary>The API host that <c>up</c> has not started.</summary>
    public Uri SecondAddress => _second?.Address ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync()
    {
        _economy = await Economy.Up("--silos", "2");
        try
        {
            await Economy.Live(Earned(People));
            using var operations = await Economy.Typed("operator", "olga");
            foreach (var (service, role) in new[] { ("course_basic", "author"), ("ai_agent_premium", "developer") })
            {
                var offer = await operations.Services.Get(service);
                await operations.Services.Put(service, new ServiceDraft(
                    offer.Name, offer.Price, offer.Split, offer.Description, offer.Term,
                    new Dictionary<string, string> { [role] = role }.ToImmutableSortedDictionary()), offer.Version);
            }

            _second = await SecondApiHost.Start(Economy);
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
        if (_second is not null)
        {
            await _second.DisposeAsync();
        }

        if (_economy is not null)
        {
            await _economy.DisposeAsync();
        }
    }

    /// <summary>A full week of each, closed and paid.</summary>
    public static EconomyPlan Earned(params string[] people) =>
        EconomyPlan.Empty.FullWeek(new(2026, 1, 5), people).Paid();

    /// <summary>What somebody has, to the micro-STK.</summary>
    public async Task<Amount> Available(string person)
    {
        using var client = await Economy.Typed("participant", person);
        return (await client.Balances.Get()).Available;
    }

    public Task<TokenomicsClient> Client(string person, Uri? address = null) =>
        Economy.Typed("participant", person, address);
}

[CollectionDefinition(Name)]
public sealed class SpendingCollection : ICollectionFixture<SpendingEconomy>
{
    public const string Name = "Spending";
}
