using System.Text;
using System.Text.Json;
using Stk.GrainInterfaces.Faults;
using Stk.GrainInterfaces.Statements;
using Stk.Grains.Statements;
using Stk.Grains.Tests.Economies;
using Stk.Grains.Weeks;
using Stk.Reports.Statements;
using Stk.Rules.Merkle;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Stk.Testing.Economies;
using Xunit;

namespace Stk.Grains.Tests.Statements;

[Collection(EconomyCollection.Name)]
public sealed class StatementsTests(EconomyServer server)
{
    [Fact]
    public async Task A_report_explains_a_statement_by_the_week_before_eight_weeks_and_advice()
    {
        var economy = await server.Shared();
        var first = await economy.BeginWeek();
        var week = first.Next.Next.Next;
        await economy.Live(Example("rita", first).Paid());
        var rita = economy.Grains.GetGrain<IStatementsGrain>("rita");

        var report = JsonDocument.Parse((await rita.GetReport(week, CancellationToken.None))!).RootElement;

        Assert.Equal(
            (await economy.Participant("rita").GetStatement(week, CancellationToken.None))!,
            Encoding.UTF8.GetBytes(report.GetProperty("statement").GetRawText()));
        Assert.Equal(
            $$"""{"week":"{{week.Previous}}","points":10,"reward":"15.75","activities":[{"type":"ClubLikeGiven","vestsDays":0,"counted":1,"points":10}]}""",
            report.GetProperty("before").GetRawText());
        Assert.Equal(
            """{"points":950,"reward":"1568.25","percent":9957}""", report.GetProperty("change").GetRawText());
        Assert.Equal(
            [
                (WeeksBefore(week, 7), "0"), (WeeksBefore(week, 6), "0"), (WeeksBefore(week, 5), "0"),
                (WeeksBefore(week, 4), "0"), (first.ToString(), "15"), (first.Next.ToString(), "15.3"),
                (week.Previous.ToString(), "15.75"), (week.ToString(), "1584"),
            ],
            report.GetProperty("history").EnumerateArray().Select(one =>
                (one.GetProperty("week").GetString()!, one.GetProperty("reward").GetString()!)));
        Assert.Equal(
            """
            [{"kind":"level","level":4,"coefficient":"1.8","brings":"316.8"},{"kind":"limit","type":"SectionCompleted","unused":2,"points":100,"brings":"165"},{"kind":"limit","type":"ExerciseSave","unused":1,"points":100,"brings":"165"},{"kind":"streak","weeks":5,"coefficient":"1.2","brings":"144"},{"kind":"limit","type":"ClubLikeGiven","unused":4,"points":40,"brings":"66"}]
            """.Trim(),
            report.GetProperty("advice").GetRawText());
    }

    [Fact]
    public async Task A_proof_leads_from_the_statement_as_it_was_first_to_the_weeks_root()
    {
        var economy = await server.Shared();
        var first = await economy.BeginWeek();
        var week = first.Next.Next.Next;
        await economy.Live(Example("mona", first).Paid());
        var mona = economy.Grains.GetGrain<IStatementsGrain>("mona");

        var proof = JsonDocument.Parse((await mona.GetProof(week, CancellationToken.None))!).RootElement;

        var statement = proof.GetProperty("statement").GetRawText();
        Assert.Equal(
            (await economy.Participant("mona").GetStatement(week, CancellationToken.None))!,
            Encoding.UTF8.GetBytes(statement));
        var root = await economy.Ask<byte[]>($"SELECT root FROM weeks.anchors WHERE week = {week.Number}");
        Assert.Equal(Convert.ToHexStringLower(root), proof.GetProperty("root").GetString());
        Assert.Equal(root, MerkleTree.Climb(
            StatementProofJson.Leaf(Bytes(proof.GetProperty("salt")), Encoding.UTF8.GetBytes(statement)),
            proof.GetProperty("path").EnumerateArray().Select(step => new MerkleStep(
                step.GetProperty("side").GetString() == "left", Bytes(step.GetProperty("hash"))))));
        Assert.Equal(JsonValueKind.Null, proof.GetProperty("signature").ValueKind);
        Assert.Null(await mona.GetProof(week.Next, CancellationToken.None));
        Assert.Null(await economy.Grains.GetGrain<IStatementsGrain>("no-such-mona").GetProof(week, CancellationToken.None));
        // Salts are in people's hands: whoever begins the stage again makes no other root.
        await economy.ServiceOf<WeekAnchor>(0).Make(week, CancellationToken.None);
        Assert.Equal(root, await economy.Ask<byte[]>($"SELECT root FROM weeks.anchors WHERE week = {week.Number}"));

        static byte[] Bytes(JsonElement hex) => Convert.FromHexString(hex.GetString()!);
    }

    [Fact]
    public async Task A_statement_is_shown_as_the_bytes_that_it_has_always_been_and_as_lines()
    {
        var economy = await server.Shared();
        var first = await economy.BeginWeek();
        await economy.Live(Example("sven", first).Paid());
        var week = first.Next.Next.Next;
        var sven = economy.Grains.GetGrain<IStatementsGrain>("sven");

        var json = await sven.Show(Ask(week, StatementForm.Json), CancellationToken.None);
        var csv = await sven.Show(Ask(week, StatementForm.Csv), CancellationToken.None);
        var known = await sven.Show(Ask(week, StatementForm.Json, "other", json!.Tag), CancellationToken.None);
        var other = await sven.Show(Ask(week, StatementForm.Csv, json.Tag), CancellationToken.None);

        Assert.Equal(await economy.Participant("sven").GetStatement(week, CancellationToken.None), json.Content);
        Assert.Equal(
            "type,vests_days,received,counted,over_limit,weight,points,reward\r\n"
            + "SectionCompleted,0,3,3,0,50,150,247.5\r\n"
            + "ExerciseSave,0,4,4,0,100,400,660\r\n"
            + "ClubPostCreated,0,2,2,0,200,400,660\r\n"
            + "ClubLikeGiven,0,1,1,0,10,10,16.5\r\n",
            Encoding.UTF8.GetString(csv!.Content!));
        Assert.Equal((json.Tag, null), (known!.Tag, known.Content));
        Assert.NotEqual(json.Tag, csv.Tag);
        Assert.Equal(csv.Content, other!.Content);
    }

    [Fact]
    public async Task A_drawn_statement_is_the_same_bytes_again_and_has_a_tag_a_language()
    {
        var economy = await server.Shared();
        var first = await economy.BeginWeek();
        await economy.Live(Example("ulla", first).Paid());
        var week = first.Next.Next.Next;
        var ulla = economy.Grains.GetGrain<IStatementsGrain>("ulla");

        var pdf = await ulla.Show(Ask(week, StatementForm.Pdf), CancellationToken.None);
        var again = await ulla.Show(Ask(week, StatementForm.Pdf), CancellationToken.None);
        var english = await ulla.Show(
            Ask(week, StatementForm.Pdf) with { Language = StatementLanguage.English }, CancellationToken.None);

        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(pdf!.Content!), StringComparison.Ordinal);
        Assert.Equal((pdf.Tag, Convert.ToHexString(pdf.Content!)), (again!.Tag, Convert.ToHexString(again.Content!)));
        Assert.NotEqual(pdf.Tag, english!.Tag);
        Assert.NotEqual(pdf.Content, english.Content);
    }

    [Fact]
    public async Task Two_silos_draw_the_same_bytes_and_a_hundred_at_once_are_told_busy_and_delay_no_balance()
    {
        await using var economy = await server.NewEconomy(new(Silos: 2));
        await economy.Begin(TestEconomy.FirstWeek);
        var week = TestEconomy.FirstWeek.Next.Next.Next;
        await economy.Live(Example("vera", TestEconomy.FirstWeek).Paid());
        var vera = economy.Grains.GetGrain<IStatementsGrain>("vera");
        var drawn = (await vera.Show(Ask(week, StatementForm.Pdf), CancellationToken.None))!.Content!;
        var onEach = await Task.WhenAll(new[] { 0, 1 }.Select(async silo =>
        {
            var read = await economy.ServiceOf<StatementReports>(silo).Read("vera", week, null, CancellationToken.None);
            return StatementPdf.Draw(read!.Report, read.Book, "vera", StatementWords.Russian);
        }));
        Assert.All(onEach, bytes => Assert.Equal(drawn, bytes));

        // All that may be drawn at once is being drawn, and goes on.
        using var hand = new ManualResetEventSlim();
        using var begun = new SemaphoreSlim(0);
        var atOnce = Math.Max(1, Environment.ProcessorCount / 2);
        var held = new[] { 0, 1 }.SelectMany(silo => Enumerable.Repeat(silo, atOnce)).Select(silo => Task.Run(
            () => economy.ServiceOf<Drawings>(silo).Draw(
                () =>
                {
                    begun.Release();
                    hand.Wait();
                    return [];
                },
                CancellationToken.None))).ToList();
        foreach (var _ in held)
        {
            await begun.WaitAsync();
        }

        var asked = Enumerable.Range(0, 200)
            .Select(_ => vera.Show(Ask(week, StatementForm.Pdf), CancellationToken.None)).ToList();
        var first = await Task.WhenAny(asked);
        await Assert.ThrowsAsync<ClusterBusyException>(() => first);

        var balance = await economy.Participant("vera").GetBalance();

        Assert.True(balance.Available > Amount.Zero);
        Assert.Contains(asked, one => !one.IsCompleted);
        hand.Set();
        await Task.WhenAll(held);
        var ends = await Task.WhenAll(asked.Select(async one =>
        {
            try
            {
                return Convert.ToHexString((await one)!.Content!);
            }
            catch (ClusterBusyException)
            {
                return null;
            }
        }));
        Assert.Equal([Convert.ToHexString(drawn)], ends.OfType<string>().Distinct());
        Assert.Contains(ends, end => end is null);
    }

    [Fact]
    public async Task A_week_without_a_statement_and_nobodys_id_have_none()
    {
        var economy = await server.Shared();
        var first = await economy.BeginWeek();
        await economy.Live(Example("tess", first).Paid());

        Assert.Null(await economy.Grains.GetGrain<IStatementsGrain>("tess")
            .GetReport(first.Previous, CancellationToken.None));
        Assert.Null(await economy.Grains.GetGrain<IStatementsGrain>("nobody at all")
            .GetReport(first, CancellationToken.None));
        Assert.Null(await economy.Grains.GetGrain<IStatementsGrain>("nobody at all")
            .Show(Ask(first, StatementForm.Json), CancellationToken.None));
    }

    private static ShowStatement Ask(WeekId week, StatementForm form, params string[] known) =>
        new(week, form, StatementLanguage.Russian, [.. known]);

    // 400 + 400 + 150 + 10 = 960 points, in the fourth week in a row.
    private static EconomyPlan Example(string who, WeekId first)
    {
        var week = first.Next.Next.Next;
        return EconomyPlan.Empty
            .Level(who, 3)
            .Week(Event(who, "ClubLikeGiven", first.Start.AddHours(9)))
            .Week(Event(who, "ClubLikeGiven", first.Next.Start))
            .Week(Event(who, "ClubLikeGiven", first.Next.Next.Start))
            .Week([
                Event(who, "ClubPostCreated", week.Start.AddHours(1)),
                .. Enumerable.Range(0, 4).Select(i => Event(who, "ExerciseSave", week.Start.AddHours(2 + i))),
                .. Enumerable.Range(0, 3).Select(i => Event(who, "SectionCompleted", week.Start.AddHours(3 + i))),
                Event(who, "ClubLikeGiven", week.Start.AddHours(7)),
                Event(who, "ClubPostCreated", week.Start.AddDays(1)),
            ]);
    }

    private static PlannedEvent Event(string who, string type, DateTimeOffset at) =>
        new($"statements {who} {type} {at:O}", type, who, at);

    private static string WeeksBefore(WeekId week, int weeks) => WeekId.Of(week.Monday.AddDays(-7 * weeks)).ToString();
}
