using System.Globalization;
using Npgsql;
using Stk.Testing.Economies;

namespace Stk.Benchmarks.Spending;

/// <summary>
/// People who have earned by one week's activity, and a service with a split of three, on hosts that <c>up</c> started.
/// </summary>
internal static class SpendingEconomy
{
    public static readonly string[] Recipients = ["author", "mentor"];

    private const int EventsEach = 4;

    /// <summary>Does nothing where it was done before.</summary>
    /// <returns>The people's numbers.</returns>
    public static async Task<IReadOnlyDictionary<string, long>> Begin(
        IEconomyEnd end, IReadOnlyList<string> people, NpgsqlDataSource database)
    {
        if ((await Numbers(database)).Count == 0)
        {
            await Plan(people).Live(end);
        }

        return await Numbers(database);
    }

    private static EconomyPlan Plan(IReadOnlyList<string> people) => EconomyPlan.Empty
        .Week(people.Concat(Recipients).SelectMany(Activity))
        .Paid()
        .Service(new(
            SpendingCalls.Service, "0.000010", [("author", 5_000), ("mentor", 3_000), ("treasury", 2_000)], Days: 30,
            Recipients.ToDictionary(role => role)));

    private static IEnumerable<PlannedEvent> Activity(string person) => Enumerable.Range(0, EventsEach).Select(number =>
        new PlannedEvent(
            string.Create(CultureInfo.InvariantCulture, $"{person} {number}"), "ExerciseSave", person,
            new(2026, 1, 5 + number, 10, 0, 0, TimeSpan.Zero)));

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
}
