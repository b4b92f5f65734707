using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Services;

public sealed class ServiceVerbTests : IDisposable
{
    private const string Course =
        """{"id":"course_basic","version":2,"state":"admitted","name":"Базовый курс","description":"","price":"500","split":[{"role":"author","shareBp":7000},{"role":"mentor","shareBp":1},{"role":"treasury","shareBp":2999}],"term":{"days":null,"months":null,"sessions":null},"recipients":{"author":"ann"},"provider":null,"changedAt":"2026-01-12T08:00:00Z"}""";

    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task The_list_shows_price_and_what_is_given()
    {
        _api.On("GET services", $$"""{"items":[{{Course}}]}""");
        var (code, output, _) = await new ProgramRun(_api).Run("services", "list");
        Assert.Equal(0, code);
        Assert.Equal(
            """
            id            price  gives     state     name
            course_basic    500  for ever  admitted  Базовый курс

            """, output);
    }

    [Fact]
    public async Task All_of_them_is_what_operators_ask_for()
    {
        _api.On("GET admin/services", """{"items":[]}""");
        var (code, output, _) = await new ProgramRun(_api).Run("services", "list", "--all", "--json");
        Assert.Equal((0, "{\"items\":[]}\n"), (code, output));
    }

    [Fact]
    public async Task One_service_shows_who_receives_what()
    {
        _api.On("GET services/course_basic", Course);
        var (_, output, _) = await new ProgramRun(_api).Run("services", "show", "course_basic");
        Assert.Contains("to author    70.00%, ann\n", output, StringComparison.Ordinal);
        Assert.Contains("to mentor    0.01%, whom the buyer chooses\n", output, StringComparison.Ordinal);
        Assert.Contains("to treasury  29.99%, the treasury\n", output, StringComparison.Ordinal);
    }
}
