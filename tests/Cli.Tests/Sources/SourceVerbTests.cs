using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Sources;

public sealed class SourceVerbTests : IDisposable
{
    private const string Club = """
        {"name":"club","completeTo":"2026-01-05T00:00:00Z","required":true,"kind":"discourse","address":"https://club.example","project":null,"namespace":"club","types":["ClubPostCreated"],"duties":["events"],"mayLevel":false,"mayRegister":true,"heldAfterHours":null,"budgetPerDay":null,"pull":null,"map":{},"leaveOutCategories":[7],"active":true,"state":"idle"}
        """;

    private readonly FakeApi _api = new();
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"stk-sources-{Guid.NewGuid()}");

    public void Dispose()
    {
        _api.Dispose();
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Fact]
    public async Task Sources_are_listed_and_shown()
    {
        _api.On("GET admin/sources", $$"""{"items":[{{Club}}]}""").On("GET admin/sources/club", Club);

        var (code, list, _) = await new ProgramRun(_api).Run("sources", "list");
        Assert.Equal(0, code);
        Assert.Matches("club +discourse +idle", list);
        var (_, shown, _) = await new ProgramRun(_api).Run("sources", "show", "club");
        Assert.Matches("left out +7", shown);
    }

    [Fact]
    public async Task A_watermark_is_set_and_whether_it_is_required_stays()
    {
        _api.On("GET admin/sources/club", Club).On("PUT admin/sources/club", Club);

        Assert.Equal(
            0, (await new ProgramRun(_api).Run("sources", "set", "club", "--complete-to", "2026-01-12T00:00:00Z")).Code);

        var sent = Assert.Single(_api.Requests, request => request.Body.Length > 0).Body;
        Assert.Contains("\"required\":true", sent, StringComparison.Ordinal);
        Assert.Contains("2026-01-12T00:00:00", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_come_from_a_file()
    {
        Directory.CreateDirectory(_directory);
        var file = Path.Combine(_directory, "club.json");
        await File.WriteAllTextAsync(file, """{"kind":"discourse","types":["ClubPostCreated"]}""");
        _api.On("PUT admin/sources/club", Club);

        Assert.Equal(0, (await new ProgramRun(_api).Run("sources", "set", "club", "--settings", file)).Code);

        Assert.Equal("""{"kind":"discourse","types":["ClubPostCreated"]}""", _api.Requests[0].Body);
    }
}
