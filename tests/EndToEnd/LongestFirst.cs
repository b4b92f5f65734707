using Stk.EndToEnd.Replays;
using Stk.EndToEnd.Spending;
using Stk.EndToEnd.Torture;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Stk.EndToEnd.LongestFirst", "Stk.EndToEnd")]

namespace Stk.EndToEnd;

/// <summary>
/// xunit begins collections in an order of chance: the longest one, begun last, ran minutes alone. Those that are not named
/// here are short.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        TortureTests.Alone, TwinCollection.Name, ClubCollection.Name, SpendingCollection.Name, AskedCollection.Name,
        Own<DemoTests>(), Own<KilledSiloTests>(),
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => Place(collection.DisplayName));

    private static int Place(string collection)
    {
        var place = Array.IndexOf(Longest, collection);
        return place < 0 ? Longest.Length : place;
    }

    // As xunit names the collection of a class that is in no other.
    private static string Own<T>() => $"Test collection for {typeof(T).FullName}";
}
