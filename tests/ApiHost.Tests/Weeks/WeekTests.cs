using System.Net;
using System.Text;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Weeks;

public sealed class WeekTests : IAsyncLifetime
{
    private ApiHostUnderTest? _host;

    private ApiHostUnderTest Host => _host ?? throw new InvalidOperationException("not started");

    private string Operator => Host.Keys.Token("operator", "olga");

    public async Task InitializeAsync() => _host = await ApiHostUnderTest.Start();

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task An_export_is_passed_on_part_by_part_as_the_cluster_gives_it()
    {
        var week = Host.Cluster.Week("2025-W51");
        week.Parts = ["date,user_id,points\r\n", "2025-12-21,\"a,b\",1584.5\r\n", "2025-12-21,=1+1,0.5\r\n"];

        var answer = await Export("2025-W51");

        Assert.Equal("text/csv", answer.Type);
        Assert.Equal(string.Concat(week.Parts), answer.Text);
        Assert.Equal([null, "1", "2"], week.Cursors);
    }

    [Fact]
    public async Task An_export_for_a_spreadsheet_has_the_same_rows_in_the_form_that_people_open()
    {
        var week = Host.Cluster.Week("2025-W51");
        week.Parts =
        [
            "date,user_id,points\r\n", "2025-12-21,\"a,b\",1584.5\r\n2025-12-21,a;b,1\r\n", "2025-12-21,=1+1,0.5\r\n",
        ];

        var forPeople = await Bytes("2025-W51", "?for=spreadsheet");
        var forMachines = await Bytes("2025-W51", "");

        Assert.Equal(
            "\uFEFFdate;user_id;points\r\n2025-12-21;a,b;1584.5\r\n2025-12-21;\"a;b\";1\r\n2025-12-21;\"'=1+1\";0.5\r\n",
            Encoding.UTF8.GetString(forPeople));
        Assert.Equal(string.Concat(week.Parts), Encoding.UTF8.GetString(forMachines));
    }

    [Fact]
    public async Task An_export_that_fails_midway_does_not_look_whole()
    {
        var week = Host.Cluster.Week("2025-W51");
        week.Parts = [new('a', 100_000), new('b', 100_000), new('c', 100_000)];
        week.BrokenPart = 2;

        await Assert.ThrowsAsync<HttpRequestException>(() => Export("2025-W51"));
    }

    [Fact]
    public async Task An_export_that_fails_at_once_is_a_problem()
    {
        Host.Cluster.Week("2025-W51").BrokenPart = 0;

        (await Export("2025-W51")).Problem(500, "internal-error");
    }

    [Fact]
    public async Task An_export_is_not_acceptable_where_only_JSON_is_taken() => (await Host.Get(
        $"{ApiHostUnderTest.Root}/admin/weeks/2025-W51/export.csv", Operator, "application/json")).Problem(406, "not-acceptable");

    [Fact]
    public async Task Closing_answers_200_where_it_is_done_and_202_with_its_address_where_it_runs()
    {
        var done = await Close("2025-W51", null);
        var running = await Close("2025-W52", null);

        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.Equal("settle", done.Json.GetProperty("done").GetString());
        Assert.Equal(new("olga", null), Host.Cluster.Week("2025-W51").LastClose);
        Assert.Equal(HttpStatusCode.Accepted, running.Status);
        Assert.True(running.Json.GetProperty("forced").GetBoolean());
        Assert.Equal($"{ApiHostUnderTest.Root}/admin/weeks/2025-W52", running.Headers["Location"]);
        Assert.Equal(new("olga", null), Host.Cluster.Week("2025-W52").LastClose);
        var status = await Host.Get(running.Headers["Location"], Operator);
        Assert.Equal(running.Text, status.Text);
    }

    private Task<Answer> Export(string week) =>
        Host.Get($"{ApiHostUnderTest.Root}/admin/weeks/{week}/export.csv", Operator);

    private async Task<byte[]> Bytes(string week, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{ApiHostUnderTest.Root}/admin/weeks/{week}/export.csv{query}");
        request.Headers.Add("Authorization", $"Bearer {Operator}");
        using var response = await Host.Client.SendAsync(request);
        Assert.Equal("text/csv; charset=utf-8; header=present", response.Content.Headers.ContentType?.ToString());
        return await response.Content.ReadAsByteArrayAsync();
    }

    private async Task<Answer> Close(string week, string? body)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await Host.Send(HttpMethod.Post, $"{ApiHostUnderTest.Root}/admin/weeks/{week}/close", Operator, content);
    }
}
