using System.Net;
using System.Text.Json;
using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Balances;

public sealed class BalanceVerbTests : IDisposable
{
    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task A_balance_is_a_table_for_people_and_the_answer_itself_for_programs()
    {
        _api.On("GET balance", """{"available":"1814.25","frozen":"300","settling":"0","total":"2114.25","sequence":7}""");

        var (code, table, _) = await new ProgramRun(_api).Run("balance");
        Assert.Equal(0, code);
        Assert.Equal(
            """
            available  1814.25
            frozen         300
            settling         0
            total      2114.25

            """, table);

        var (_, json, _) = await new ProgramRun(_api).Run("balance", "--json", "--participant", "Анна & co");
        Assert.Equal(
            """{"available":"1814.25","frozen":"300","settling":"0","total":"2114.25","sequence":7}""" + "\n", json);
        Assert.Equal("?participant=%D0%90%D0%BD%D0%BD%D0%B0%20%26%20co", _api.Requests[^1].Query);
    }

    [Fact]
    public async Task History_asks_page_after_page_and_no_more_than_its_limit_needs()
    {
        _api.On("GET balance/history", Page("c1", 1, 2)).On("GET balance/history", Page("c2", 3, 4)).On("GET balance/history", Page(null, 5));

        var (code, output, _) = await new ProgramRun(_api).Run(
            "history", "--limit", "3", "--kind", "transfer", "--from", "2025-12-18", "--to", "2025-12-19T03:00:00+03:00", "--json");

        Assert.Equal(0, code);
        Assert.Equal(2, _api.Requests.Count);
        Assert.Equal(
            "?kind=transfer&from=2025-12-18T00%3A00%3A00Z&to=2025-12-19T00%3A00%3A00Z&limit=100&cursor=c1",
            _api.Requests[1].Query);
        using var document = JsonDocument.Parse(output);
        Assert.Equal(
            [1, 2, 3],
            document.RootElement.GetProperty("items").EnumerateArray()
                .Select(item => item.GetProperty("sequence").GetInt64()));
    }

    [Theory]
    [InlineData("2025-12-18", "2025-12-18T00%3A00%3A00Z")]
    [InlineData("2025-12-18T09:30Z", "2025-12-18T09%3A30%3A00Z")]
    [InlineData("2025-12-18 12:30:00+03", "2025-12-18T09%3A30%3A00Z")]
    [InlineData("2025-12-18T09:30:00.000Z", "2025-12-18T09%3A30%3A00Z")]
    public async Task History_takes_every_form_of_an_instant_that_the_API_takes(string given, string sent)
    {
        _api.On("GET balance/history", Page(null, 1));

        var (code, _, _) = await new ProgramRun(_api).Run("history", "--from", given);

        Assert.Equal(0, code);
        Assert.Contains($"from={sent}", _api.Requests[0].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_cannot_move_the_cursor_of_whoever_reads_it()
    {
        _api.On("GET balance/history", Page(null, 1).Replace("for lunch", @"\u001b[2J\u202eevil", StringComparison.Ordinal));
        var (_, output, _) = await new ProgramRun(_api).Run("history");
        Assert.Contains("bob", output, StringComparison.Ordinal);
        Assert.Contains("?[2J?evil", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', output);
    }

    [Fact]
    public async Task A_watched_balance_goes_on_after_a_lost_connection_from_what_it_has_seen()
    {
        _api.On("GET balance/stream", () => FakeApi.Answer(HttpStatusCode.OK, "text/event-stream", Event(3, "1") + Event(4, "2")))
            .On("GET balance/stream", () => FakeApi.Answer(HttpStatusCode.OK, "text/event-stream", ": still here\n\n" + Event(4, "2") + Event(9, "5")))
            .Refuses("GET balance/stream", HttpStatusCode.Forbidden, "forbidden", "No more.");

        var (code, output, error) = await new ProgramRun(_api).Run("balance", "--watch", "--json");

        Assert.Equal((1, "forbidden: No more.\n"), (code, error));
        Assert.Equal(["1", "2", "5"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.GetProperty("available").GetString();
        }));
        Assert.False(_api.Requests[0].Headers.ContainsKey("Last-Event-ID"));
        Assert.Equal(["4", "9"], _api.Requests.Skip(1).Select(request => request.Headers["Last-Event-ID"]));
    }

    private static string Event(long id, string available) =>
        $$"""
        event: balance
        id: {{id}}
        data: {"available":"{{available}}","frozen":"0","settling":"0","total":"{{available}}","sequence":{{id}}}


        """.ReplaceLineEndings("\n");

    private static string Page(string? next, params int[] sequences) => JsonSerializer.Serialize(new
    {
        items = sequences.Select(sequence => new
        {
            sequence,
            at = "2025-12-18T10:00:00Z",
            transactionId = Guid.Empty,
            kind = "transfer",
            reference = "",
            account = "available",
            amount = "-5",
            balanceAfter = "10",
            counterparty = "bob",
            note = "for lunch",
            service = (string?)null,
        }),
        next,
    });
}
