namespace Stk.EndToEnd.Requests;

/// <summary>
/// The list of bad input against the whole program: each is refused by name, says nothing of the value, and stores nothing;
/// the nearest good one is taken. Finer shades of each stand beside the API host.
/// </summary>
[Collection(AskedCollection.Name)]
public sealed class BadInputTests(AskedEconomy asked)
{
    private const int Rows = 123;

    // What a rule has refused is kept on purpose, so that a copy on its way is refused too.
    private const string RowsSql =
        """
        SELECT coalesce(string_agg(format('%s.%s %s', schemaname, tablename, (xpath('/row/c/text()',
            query_to_xml(format('SELECT count(*) AS c FROM %I.%I', schemaname, tablename), false, true, '')))[1]::text),
            ', ' ORDER BY schemaname, tablename), '')
        FROM pg_tables
        WHERE schemaname IN ('ledger', 'activity', 'weeks', 'economy') AND tablename <> 'refusals'
        """;

    public static TheoryData<int, string> Lines()
    {
        var lines = new TheoryData<int, string>();
        foreach (var (row, what) in Described)
        {
            lines.Add(row, what);
        }

        return lines;
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_bad_input_is_refused_by_name_stores_nothing_and_the_nearest_good_one_passes(int row, string what)
    {
        var input = BadInputs.Of(asked.Rules, asked.Cursor, asked.ComingWeek)
            .Single(input => (input.Row, input.What) == (row, what));
        var before = await CountRows();

        var answer = await input.Bad.Send(asked.Economy);

        Assert.Equal(before, await CountRows());
        if (input.IsBare)
        {
            Assert.Equal((input.Status, ""), ((int)answer.Status, answer.Text));
            Assert.Equal("close", answer.Headers["Connection"]);
        }
        else
        {
            Assert.Equal(input.Field is null ? [] : [input.Field], answer.Problem((HttpStatusCode)input.Status, input.Slug));
            Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
            Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        }

        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
        if (input.Never is { } never)
        {
            Assert.DoesNotContain(never, answer.TextWithoutTrace, StringComparison.OrdinalIgnoreCase);
        }

        var good = await input.Good.Send(asked.Economy);
        Assert.True((int)good.Status is >= 200 and < 300, $"{good.Status}: {good.Text}");
        Assert.DoesNotContain("\"rejected\"", good.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_row_of_the_list_is_tested() => Assert.Equal(
        Enumerable.Range(1, Rows),
        Described.Select(line => line.Row).Concat(Others).Concat(BadInputs.Elsewhere.Keys).Distinct().Order());

    [Fact]
    public async Task Row_27_an_unknown_type_is_ignored_and_said_to_be()
    {
        var club = await asked.Economy.Source();
        Assert.Equal(["ignored"], await club.SendEvents(Events.Of("row 27", "PageView", "ann", "2025-12-22T07:00:00Z")));
    }

    [Fact]
    public async Task Row_37_points_that_are_sent_are_not_believed()
    {
        var club = await asked.Economy.Source();
        var believed = Events.Of("row 37", "ExerciseSave", "dora", "2025-12-22T07:00:00Z", new { points = 1_000_000, weight = 7 });

        Assert.Equal(["counted"], await club.SendEvents(believed));

        var limits = (await (await asked.Economy.Participant("dora")).Get("limits")).Text;
        Assert.DoesNotContain("1000000", limits, StringComparison.Ordinal);
        Assert.DoesNotContain("1000000", (await asked.Economy.Psql("SELECT * FROM activity.events")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_40_the_same_event_twice_in_one_array_counts_once()
    {
        var club = await asked.Economy.Source();
        var one = Events.Of("row 40", "ExerciseSave", "emma", "2025-12-22T07:00:00Z");
        Assert.Equal(["counted", "duplicate"], await club.SendEvents(one, one));
    }

    [Fact]
    public async Task Row_41_a_type_that_its_source_may_not_send_is_refused_before_anything_else()
    {
        await (await asked.Economy.Operator()).Put(
            "admin/sources/pages", new { types = new[] { "PageView" }, mayRegister = true });
        var pages = await asked.Economy.Source("pages");
        var save = Events.Of("row 41", "ExerciseSave", "nobody yet", "2025-12-22T07:00:00Z");
        var before = await CountRows();

        Assert.Equal(
            ["event"], (await pages.Post("events", save)).Problem(HttpStatusCode.Forbidden, "event-type-not-allowed"));
        Assert.Equal(["rejected"], await pages.SendEvents(save));
        Assert.Equal(before, await CountRows());
        Assert.Equal(["ignored"], await pages.SendEvents(Events.Of("row 41", "PageView", "ann", "2025-12-22T07:00:00Z")));
    }

    [Fact]
    public async Task Row_74_a_key_that_was_used_for_another_body_is_refused()
    {
        var first = Asking.Spend("transfer", """{"to":"bob","amount":"0.000001"}""") with { Key = $"{Guid.NewGuid()}" };
        var other = Asking.Spend("transfer", """{"to":"bob","amount":"0.000002"}""") with { Key = first.Key };
        Assert.Equal(HttpStatusCode.Created, (await first.Send(asked.Economy)).Status);
        var before = await CountRows();

        (await other.Send(asked.Economy)).Problem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");

        Assert.Equal(before, await CountRows());
        Assert.Equal(HttpStatusCode.Created, (await first.Send(asked.Economy)).Status);
        Assert.Equal(before, await CountRows());
    }

    [Fact]
    public async Task Row_91_a_week_closed_twice_is_the_same_run()
    {
        var operators = await asked.Economy.Operator();
        var first = (await operators.Post("admin/weeks/2025-W51/close", new { })).Json.GetRawText();
        var before = await CountRows();
        Assert.Equal(first, (await operators.Post("admin/weeks/2025-W51/close", new { })).Json.GetRawText());
        Assert.Equal(before, await CountRows());
    }

    [Fact]
    public async Task One_bad_event_in_an_array_is_rejected_and_the_others_go_on()
    {
        var source = await asked.Economy.Source();
        var good = Events.Of("eve", "ExerciseSave", "eve", "2025-12-22T07:00:00Z");

        var answers = (await source.Post("events", new[] { good, new { uuid = "no uuid" } })).Json;

        Assert.Equal("counted", answers[0].GetProperty("outcome").GetString());
        Assert.Equal(("rejected", "uuid"), (answers[1].GetProperty("outcome").GetString(), answers[1].GetProperty("field").GetString()));
    }

    // Facts of their own: they are no refusals.
    private static readonly int[] Others = [27, 37, 40, 41, 74, 91];

    private static readonly (int Row, string What)[] Described = [.. BadInputs.Names];

    private Task<string> CountRows() => asked.Economy.Value(RowsSql);
}
