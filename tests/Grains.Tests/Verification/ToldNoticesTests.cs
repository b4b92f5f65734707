using Stk.GrainInterfaces.Suspensions;
using Stk.Grains.Tests.Economies;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Verification;

[Collection(EconomyCollection.Name)]
public sealed class ToldNoticesTests(EconomyServer server)
{
    private const string Back =
        "INSERT INTO notices.notices SELECT * FROM public.told WHERE id NOT IN (SELECT id FROM notices.notices)";

    private static readonly (string Table, string Sql, string Back)[] Faults =
    [
        ("notices.notices", "DELETE FROM notices.notices WHERE kind = 'weekly' AND participant = $a", Back),
        ("notices.notices", Again("weekly"), "DELETE FROM notices.notices WHERE id NOT IN (SELECT id FROM public.told)"),
        ("notices.notices", OtherPoints("points", "pints"), OtherPoints("pints", "points")),
        ("notices.notices", "UPDATE notices.notices SET participant = participant + 1000 WHERE kind = 'weekly'",
            "UPDATE notices.notices SET participant = participant - 1000 WHERE kind = 'weekly'"),
        ("notices.notices", "UPDATE notices.notices SET at = at - interval '10 hours' WHERE kind = 'weekly'",
            "UPDATE notices.notices SET at = at + interval '10 hours' WHERE kind = 'weekly'"),
        ("notices.weeks", "UPDATE notices.weeks SET people = people + 1", "UPDATE notices.weeks SET people = people - 1"),
        ("notices.notices", "DELETE FROM notices.notices WHERE kind = 'suspended'", Back),
        ("notices.notices", Again("suspended"), "DELETE FROM notices.notices WHERE id NOT IN (SELECT id FROM public.told)"),
        ("notices.notices", "UPDATE notices.notices SET participant = $a WHERE kind = 'suspended'",
            "UPDATE notices.notices SET participant = $s WHERE kind = 'suspended'"),
        ("notices.notices", "UPDATE notices.notices SET at = at + interval '1 s' WHERE kind = 'suspended'",
            "UPDATE notices.notices SET at = at - interval '1 s' WHERE kind = 'suspended'"),
        ("notices.notices", """UPDATE notices.notices SET "values" = '{"a":1}' WHERE kind = 'suspended'""",
            """UPDATE notices.notices SET "values" = '{}' WHERE kind = 'suspended'"""),
    ];

    [Fact]
    public async Task Each_statement_of_a_told_week_and_each_suspension_has_one_notice_and_any_other_number_is_named()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var week = await economy.BeginWeek();
        await economy.Record("club", [
            Sent.Of("tn-ann", "ClubPostCreated", week.Start.AddHours(1)),
            Sent.Of("tn-sue", "ClubPostCreated", week.Start.AddHours(2)),
        ]);
        await economy.RunTo(week.End.AddHours(8));
        await economy.Grains.GetGrain<ISuspensionsGrain>(0).Suspend(
            new(NewKey(), "tn-sue", "stolen phone", "operator"), CancellationToken.None);
        var (ann, sue) = (await economy.NumberOf("tn-ann"), await economy.NumberOf("tn-sue"));
        await economy.Execute("CREATE TABLE public.told AS SELECT * FROM notices.notices");
        Assert.Equal(["suspended 1", "weekly 2"], await economy.Rows(
            "SELECT kind, count(*) FROM notices.notices WHERE kind IN ('weekly', 'suspended') GROUP BY kind ORDER BY kind"));
        Assert.Empty(await Broken(economy));

        foreach (var (table, sql, back) in Faults)
        {
            await economy.Execute(Of(sql, ann, sue));
            var broken = await Broken(economy);
            Assert.True(broken.Contains(("I38", table)), $"after {sql}: {string.Join(", ", broken)}");
            await economy.Execute(Of(back, ann, sue));
        }

        Assert.Empty(await Broken(economy));
    }

    // What an earlier build did, or was skipped, was told to nobody.
    [Fact]
    public async Task A_suspension_that_was_not_told_and_a_week_that_was_skipped_break_nothing()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var week = await economy.BeginWeek();
        await economy.Record("club", [Sent.Of("tn-ann", "ClubPostCreated", week.Start.AddHours(1))]);
        await economy.RunTo(week.End.AddHours(8));
        await economy.Grains.GetGrain<ISuspensionsGrain>(0).Suspend(
            new(NewKey(), "tn-ann", "stolen phone", "operator"), CancellationToken.None);

        await economy.Execute("""
            DELETE FROM notices.notices WHERE kind IN ('weekly', 'suspended');
            UPDATE notices.weeks SET people = 0;
            UPDATE suspensions.changes SET told = false
            """);

        Assert.Empty(await Broken(economy));
    }

    private static string OtherPoints(string before, string after) => $"""
        UPDATE notices.notices SET "values" = replace("values"::text, '{before}', '{after}')::json WHERE kind = 'weekly'
        """;

    private static string Again(string kind) => $"""
        INSERT INTO notices.notices (id, participant, kind, at, "values", is_planned)
        SELECT gen_random_uuid(), participant, kind, at, "values", true FROM notices.notices WHERE kind = '{kind}'
        """;

    private static string Of(string sql, long ann, long sue) => sql
        .Replace("$a", $"{ann}", StringComparison.Ordinal).Replace("$s", $"{sue}", StringComparison.Ordinal);

    private static async Task<List<(string Name, string Table)>> Broken(TestEconomy economy) =>
        await new InvariantsCheck(economy.Database, keys: TestEconomy.Keys, isHarness: true).Run()
            .SelectMany(finding => finding.Violations.Select(violation => (finding.Invariant.Name, violation.Table))
                .ToAsyncEnumerable())
            .Distinct().ToListAsync();
}
