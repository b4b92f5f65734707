using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Rewards;

public sealed class StatementVerbTests : IDisposable
{
    private const string Report =
        """
        {"week":"2025-W51","participant":"ann","revision":1,"statement":{"activities":[{"type":"ExerciseSave","received":7,"counted":5,"overLimit":2,"weight":100,"points":500,"reward":"750","vestsDays":0},{"type":"PeerReviewCompleted","received":1,"counted":1,"overLimit":0,"weight":100,"points":100,"reward":"150","vestsDays":30}],"points":600,"reward":"900"},"before":{"week":"2025-W50","points":50,"reward":"75","activities":[]},"change":{"points":550,"reward":"825","percent":1100},"history":[],"advice":[{"kind":"level","level":4,"coefficient":"1.8","brings":"180"},{"kind":"keep-streak","weeks":9,"coefficient":"1.2","costs":"150"}],"renderer":1}
        """;

    private readonly FakeApi _api = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("statement").FullName;

    public void Dispose()
    {
        _api.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_statement_is_lines_with_the_week_before_and_advice_and_the_report_for_programs()
    {
        _api.On("GET rewards/weekly/report", Report);

        var (code, table, _) = await new ProgramRun(_api).Run("statement", "2025-W51");
        var (_, json, _) = await new ProgramRun(_api).Run("statement", "2025-W51", "--json", "--participant", "ann");

        Assert.Equal(0, code);
        Assert.Equal(
            """
            activity                         received  counted  weight  points  reward  frozen days
            ExerciseSave                            7        5     100     500     750
            PeerReviewCompleted                     1        1     100     100     150           30
            total                                                          600     900
            week before (2025-W50)                                          50      75
            advice: level 4                                                       +180
            advice: keep the row of 9 weeks                                       -150

            """, table);
        Assert.Equal(Report.Trim(), json.Trim());
        Assert.Equal("?week=2025-W51&participant=ann", _api.Requests[^1].Query);
    }

    [Fact]
    public async Task A_PDF_is_saved_for_its_owner_alone()
    {
        _api.On("GET rewards/weekly", "%PDF-1.4 a document");
        var file = Path.Combine(_folder, "w51.pdf");

        var (code, output, _) = await new ProgramRun(_api).Run("statement", "2025-W51", "--pdf", file, "--lang", "en");

        Assert.Equal((0, $"saved in {file}"), (code, output.Trim()));
        Assert.Equal("%PDF-1.4 a document", await File.ReadAllTextAsync(file));
        Assert.Equal("?week=2025-W51&lang=en", _api.Requests[^1].Query);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task A_proof_is_saved_as_it_came()
    {
        _api.On("GET rewards/weekly/proof", """{"root":"00"}""");
        var file = Path.Combine(_folder, "w51.json");

        var (code, output, _) = await new ProgramRun(_api).Run("statement", "2025-W51", "--proof", file);

        Assert.Equal((0, $"saved in {file}"), (code, output.Trim()));
        Assert.Equal("""{"root":"00"}""", await File.ReadAllTextAsync(file));
        Assert.Equal("?week=2025-W51", _api.Requests[^1].Query);
    }

    [Fact]
    public async Task A_language_that_is_none_is_a_usage_fault_and_nothing_is_sent()
    {
        var (code, _, _) = await new ProgramRun(_api).Run("statement", "2025-W51", "--pdf", "x.pdf", "--lang", "de");

        Assert.Equal(2, code);
        Assert.Empty(_api.Requests);
    }
}
