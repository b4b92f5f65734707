using System.Net;
using System.Net.Http.Json;
using Stk.Cli.Authentication;
using Stk.Cli.Demo;
using Stk.Cli.Tests.Api;
using Stk.Cli.Tests.Replay;
using Stk.Client;
using Stk.Client.Connections;
using Xunit;

namespace Stk.Cli.Tests.Demo;

public sealed class DemoRunTests : IDisposable
{
    private static readonly DemoPlan Plan = DemoPlan.Of(DemoFile.Read() with { Weeks = 9, TransfersAWeek = 2 });

    private readonly string _directory = Directory.CreateTempSubdirectory("stk-demo-").FullName;
    private readonly List<(string Call, string? Key, string Body)> _asked = [];

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task An_empty_economy_is_filled_and_filled_again_it_is_asked_nothing()
    {
        using var economy = Economy();
        Assert.True(await Run(economy));
        Assert.Contains(_asked, asked => asked.Call == "POST admin/treasury/spends/6f1d3c1e-0000-4000-8000-000000000001/approve");
        Assert.Contains(_asked, asked => asked.Call == "POST admin/purchases/6f1d3c1e-0000-4000-8000-000000000001/refund");
        var before = _asked.Count;

        Assert.True(await Run(economy));
        Assert.Equal(before, _asked.Count);
    }

    [Fact]
    public async Task An_economy_that_holds_something_else_is_left_as_it_is()
    {
        using var economy = Economy(ofOthers: 1);
        Assert.False(await Run(economy));
        Assert.Empty(economy.Calls);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task An_economy_made_anew_beside_an_old_progress_is_filled_from_the_beginning()
    {
        using var economy = Economy();
        await Run(economy);
        _asked.Clear();
        using var anew = Economy();
        Assert.True(await Run(anew));
        Assert.Equal(economy.Stored.Count, anew.Stored.Count);
        Assert.NotEmpty(_asked);
    }

    [Fact]
    public async Task An_economy_that_was_restored_is_asked_every_step_again_with_its_key()
    {
        using var economy = Economy(hasJournal: true);
        await Run(economy);
        var expected = _asked.Distinct().ToList();
        using var restored = Economy(hasJournal: true);
        restored.BreaksAfter = 60;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(restored, "what the copy was made of"));
        restored.BreaksAfter = null;
        _asked.Clear();
        using var shown = new StringWriter();

        Assert.True(await Run(restored, output: shown));

        Assert.Contains("it was restored or made anew", shown.ToString(), StringComparison.Ordinal);
        Assert.Equal(expected, _asked.Distinct());
        Assert.Equal(economy.Stored, restored.Stored);
        Assert.Equal(economy.Clock, restored.Clock);
    }

    [Fact]
    public async Task A_demo_that_cannot_be_shown_is_done()
    {
        using var economy = Economy();
        var key = SigningKey.Make(_directory, "development-test");
        string[] verb =
        [
            "demo", "--address", "http://127.0.0.1:1", "--key", key, "--community", DemoFile.Path, "--progress",
            Path.Combine(_directory, "demo"),
        ];

        var (code, _, error) = await new ProgramRun(economy) { IsOutputFull = true }.Run(verb);

        Assert.Equal(3, code);
        Assert.Contains(
            "The demo is there, but it cannot be shown: standard output cannot be written (No space left on device). The same "
            + "command shows what can be tried, and does nothing twice.\n", error, StringComparison.Ordinal);
        var before = _asked.Count;
        Assert.Equal(0, (await new ProgramRun(economy).Run(verb)).Code);
        Assert.Equal(before, _asked.Count);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(3, false)]
    [InlineData(8, false)]
    [InlineData(12, true)]
    [InlineData(25, false)]
    [InlineData(60, true)]
    [InlineData(90, false)]
    public async Task Interrupted_and_started_again_it_asks_the_same_with_the_same_keys(int request, bool before)
    {
        using var undisturbed = Economy();
        await Run(undisturbed, "undisturbed");
        var expected = _asked.Distinct().ToList();
        _asked.Clear();

        using var economy = Economy();
        economy.BreaksAfter = request;
        economy.BreaksBeforeTheEffect = before;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(economy));
        economy.BreaksAfter = null;
        Assert.True(await Run(economy));

        Assert.Equal(expected, _asked.Distinct());
        Assert.Equal(undisturbed.Stored, economy.Stored);
        Assert.Equal(undisturbed.Clock, economy.Clock);
    }

    private FakeEconomy Economy(int ofOthers = 0, bool hasJournal = false) => new()
    {
        HasJournal = hasJournal,
        Source = DemoRun.Source,
        OfOthers = ofOthers,
        Beside = (request, body) =>
        {
            _asked.Add((
                $"{request.Method} {request.RequestUri!.AbsolutePath["/api/v1/tokenomics/".Length..]}",
                request.Headers.GetValues("Idempotency-Key").Single(), body));
            return new(HttpStatusCode.OK) { Content = JsonContent.Create(new { id = "6f1d3c1e-0000-4000-8000-000000000001" }) };
        },
    };

    private async Task<bool> Run(FakeEconomy economy, string directory = "own", TextWriter? output = null)
    {
        var own = Path.Combine(_directory, directory);
        var clients = new List<TokenomicsClient>();
        try
        {
            return await new DemoRun(Plan, new(own, Plan), Client, own, output ?? TextWriter.Null, TimeProvider.System)
                .Run(CancellationToken.None);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        TokenomicsClient Client(string role, string subject)
        {
            var client = new TokenomicsClient(new("http://127.0.0.1:1"), $"{role}-{subject}", ClientSettings.Patient with { Transport = economy });
            clients.Add(client);
            return client;
        }
    }
}
