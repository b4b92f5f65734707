using System.Text;

namespace Stk.EndToEnd.Operations;

/// <summary>What people send stays out of every log, taken or refused.</summary>
[Collection(AskedCollection.Name)]
public sealed class SecretsTests(AskedEconomy asked)
{
    private const string Secret = "zq7-recognisable";

    [Fact]
    public async Task No_token_body_reason_or_key_is_in_any_log()
    {
        var economy = asked.Economy;
        var source = await economy.Source();
        var operators = await economy.Operator();
        string[] bodies =
        [
            $$$"""{"uuid":"{{{Guid.NewGuid()}}}","event":"ExerciseSave","distinct_id":"quiet","timestamp":"2025-12-22T07:00:00Z","properties":{"text":"{{{Secret}}}-body"}}""",
            $$"""{"uuid":"{{Secret}}-uuid","event":"{{Secret}}-type","distinct_id":"quiet","timestamp":"{{Secret}}-time"}""",
            $"not json {Secret}-broken",
        ];
        foreach (var body in bodies)
        {
            await source.SendText("events", body);
        }

        (await operators.Put("admin/participants?id=quiet", new { level = 2, reason = $"{Secret}-note" })).Json.GetRawText();
        await operators.Post("admin/weeks/2025-W51/close", new { reason = $"{Secret}-override" });
        await operators.Post("admin/schedule/resume", new { reason = $"{Secret}-resume" });
        await operators.Post("admin/rules", new { effectiveFrom = $"{Secret}-week", document = new { } });
        await operators.Get($"balance/history?participant=ann&cursor={Secret}-cursor");
        await economy.Anonymous.Get($"/ops/sign-in?code={Secret}-code");
        await RawHttp.Send(economy.Address, $"GET /api/v1/tokenomics/balance?access_token={Secret}-query HTTP/1.1\r\nHost: stk\r\n"
            + $"Connection: close\r\nAuthorization: Bearer {Secret}-token\r\nIdempotency-Key: {Secret}-key\r\nCookie: a={Secret}-cookie\r\n\r\n");
        await RawHttp.Send(economy.Address, $"GARBAGE {Secret}-line\r\n\r\n");
        // A refusal that is surely logged by then is behind all of these.
        string[] tokens = [await economy.Token("ingest", "club"), await economy.Token("operator", "operator")];

        var logs = Directory.GetFiles(Path.Combine(economy.Home, "log"))
            .Append(Path.Combine(economy.Home, "postgres", "postgres.log")).ToList();
        Assert.Contains(logs, log => log.EndsWith("api.log", StringComparison.Ordinal) && new FileInfo(log).Length > 0);
        foreach (var log in logs)
        {
            var text = await Read(log);
            Assert.DoesNotContain(Secret, text, StringComparison.OrdinalIgnoreCase);
            // A signature is enough to know a token by; its other parts name the key and the subject.
            Assert.All(tokens, token => Assert.DoesNotContain(token.Split('.')[^1], text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Logs_which_name_people_and_keys_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var logs = Directory.GetFiles(Path.Combine(asked.Economy.Home, "log"))
            .Concat(Directory.GetFiles(Path.Combine(asked.Economy.Home, "postgres"), "postgres.log*"))
            .Where(log => Path.GetFileName(log) is not ("build.log" or "npm.log" or "install.log"));
        foreach (var log in logs)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(log));
        }
    }

    // The programs hold their logs open.
    private static async Task<string> Read(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
