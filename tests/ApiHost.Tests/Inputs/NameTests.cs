using System.Globalization;
using System.Text;
using System.Text.Json;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Inputs;

/// <summary>
/// A code point of each category of Unicode, as a whole id and inside one, through each endpoint that takes an id, a
/// source's name or a subject: none fails, and what can be no name is refused by the member that holds it.
/// </summary>
[Collection(ApiCollection.Name)]
public sealed class NameTests(ApiFixture fixture)
{
    private const string Code = "code with a name";

    /// <summary>By category; beside them what reads as nothing although it is a letter, a mark or a symbol.</summary>
    private static readonly string[] Points =
    [
        "A", "я", "ǅ", "ʰ", "中", "\u0316", "\u0903", "\u20DD", "٣", "Ⅷ", "½", " ", "\u3000", "\u2028", "\u2029", "\u0001", "\u00AD",
        "\uE000", "_", "-", "(", ")", "«", "»", "!", "+", "€", "^", "☃", "\u0378",
        "\u00A0", "\u034F", "\u115F", "\u3164", "\u2800", "\uFE0F", "\u180B", "\U000E0100", "\U000E0041", "\u2065", "\U0010FFFF", "\uFEFF",
    ];

    private static readonly string[] Reads =
    [
        "/balance", "/balance/history", "/transactions", "/rewards", "/rewards/weekly?week=2025-W51",
        "/rewards/weekly/report?week=2025-W51", "/rewards/weekly/proof?week=2025-W51",
        "/limits", "/streak", "/sales", "/entitlements",
        "/entitlements/mentor_session", "/notices", "/vesting",
    ];

    [Fact]
    public void Every_category_is_among_them() => Assert.Equal(
        Enum.GetValues<UnicodeCategory>().Where(category => category != UnicodeCategory.Surrogate).Order(),
        Points.Select(point => CharUnicodeInfo.GetUnicodeCategory(point, 0)).Distinct().Order());

    [Fact]
    public async Task A_participants_id_in_a_query_is_read_or_refused_by_its_parameter()
    {
        var reader = fixture.Host.Keys.Token("auditor");
        var source = fixture.Host.Keys.Token("ingest", "club");
        foreach (var (name, isName) in Names())
        {
            var escaped = Uri.EscapeDataString(name);
            foreach (var read in Reads)
            {
                var separator = read.Contains('?', StringComparison.Ordinal) ? '&' : '?';
                Expect(await Get($"{read}{separator}participant={escaped}", reader), isName, 400, "participant");
            }

            Expect(await Get($"/admin/participants?id={escaped}", reader), isName, 400, "id");
            Expect(
                await Write(
                    "PUT", $"/admin/participants?id={escaped}", fixture.Host.Keys.Token("operator"), """{"level":2,"reason":"?"}"""),
                isName, 400, "id");
            Expect(
                await Write("POST", $"/entitlements/mentor_session/use?participant={escaped}", source, $$"""{"id":"{{Guid.NewGuid()}}"}"""),
                isName, 400, "participant");
            if (!isName)
            {
                Expect(await Get($"/balance/stream?participant={escaped}", reader), false, 400, "participant");
            }
        }
    }

    [Fact]
    public async Task A_participants_id_in_a_body_is_taken_or_refused_by_its_member()
    {
        var payer = fixture.Host.Keys.Token("participant", "name-payer");
        var operators = fixture.Host.Keys.Token("operator", "olga");
        foreach (var (name, isName) in Names())
        {
            var id = JsonSerializer.Serialize(name);
            Expect(await Write("POST", "/transfer", payer, $$"""{"to":{{id}},"amount":"1"}"""), isName, 400, "to");
            Expect(
                await Write("POST", "/services/mentor_session/purchase", payer, $$$"""{"recipients":{"mentor":{{{id}}}}}"""),
                isName, 400, "recipients.mentor");
            var draft = $$$"""{"name":"A","price":"5","split":[{"role":"mentor","shareBp":10000}],"recipients":{"mentor":{{{id}}}}}""";
            Expect(await Write("PUT", "/services/new_named", payer, draft), isName, 400, "recipients.mentor");
            Expect(await Write("PUT", "/admin/services/new_named", operators, draft), isName, 400, "recipients.mentor");
            Expect(
                await Write(
                    "POST", "/admin/treasury/spend", operators,
                    $$"""{"fund":"treasury","to":{{id}},"amount":"5","kind":"grant","reason":"?"}"""),
                isName, 400, "to");
        }
    }

    [Fact]
    public async Task An_events_participant_is_taken_or_rejected_by_itself_and_the_others_of_its_body_go_on()
    {
        var source = fixture.Host.Keys.Token("ingest", "club");
        foreach (var (name, isName) in Names())
        {
            var (odd, good) = (Event(name), Event("name-ann"));

            var both = await Write("POST", "/events", source, $"[{odd},{good}]");

            Assert.Equal(
                [isName ? "counted" : "rejected", "counted"],
                both.Json.EnumerateArray().Select(item => item.GetProperty("outcome").GetString()));
            Expect(await Write("POST", "/events", source, odd), isName, 422, "distinct_id");
        }
    }

    [Fact]
    public async Task A_sources_name_in_a_path_is_taken_or_refused()
    {
        foreach (var (name, isName) in Names())
        {
            var path = $"/admin/sources/{Uri.EscapeDataString(name)}";
            Expect(await Get(path, fixture.Host.Keys.Token("auditor")), isName, 400, "name");
            Expect(
                await Write("PUT", path, fixture.Host.Keys.Token("operator"), """{"required":false}"""), isName, 400, "name");
        }
    }

    [Theory]
    [InlineData("participant")]
    [InlineData("operator")]
    [InlineData("auditor")]
    [InlineData("ingest")]
    [InlineData(Code)]
    public async Task A_tokens_subject_is_somebody_or_nobody(string role)
    {
        foreach (var (name, isName) in Names())
        {
            var token = role == Code
                ? fixture.Host.Keys.Sign(new() { ["sub"] = "olga", ["use"] = "sign-in", ["jti"] = name })
                : fixture.Host.Keys.Token(role, name);
            var answer = role == Code ? await fixture.Host.Get($"/ops/sign-in?code={token}")
                : role == "ingest" ? await Write("POST", "/events", token, Event("name-ann"))
                : await Get(role == "participant" ? "/balance" : "/balance?participant=ann", token);

            Assert.True((int)answer.Status < 500, $"{role} {Shown(name)}: {answer.Status} {answer.Text}");
            // A twin of an operator's name is nobody; participants and sources are looked for by theirs.
            if (!isName)
            {
                Assert.Equal(401, (int)answer.Status);
            }
        }
    }

    // Each whole and inside; isName: whether anything can be kept under it.
    private static IEnumerable<(string Name, bool IsName)> Names()
    {
        foreach (var point in Points)
        {
            var isFormed = CharUnicodeInfo.GetUnicodeCategory(point, 0) is not (
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator);
            yield return (point, isFormed && !string.IsNullOrWhiteSpace(point));
            yield return ($"a{point}b", isFormed);
        }
    }

    private static string Event(string id) =>
        $$"""{"uuid":"{{Guid.NewGuid()}}","event":"ExerciseSave","distinct_id":{{JsonSerializer.Serialize(id)}},"timestamp":"2025-12-18T09:00:00Z"}""";

    private static void Expect(Answer answer, bool isName, int status, string field)
    {
        Assert.True((int)answer.Status < 500, $"{field}: {answer.Status} {answer.Text}");
        if (!isName)
        {
            Assert.Equal([field], answer.Problem(status, status == 422 ? "event-rejected" : "invalid-request"));
        }
        else
        {
            Assert.DoesNotContain("invalid-request", answer.Text, StringComparison.Ordinal);
        }
    }

    private static string Shown(string name) => string.Join(' ', name.EnumerateRunes().Select(rune => $"U+{rune.Value:X4}"));

    private Task<Answer> Get(string path, string token) => fixture.Host.Get(ApiHostUnderTest.Root + path, token);

    private async Task<Answer> Write(string method, string path, string token, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await fixture.Host.Send(
            new(method), ApiHostUnderTest.Root + path, token, content, headers: [("Idempotency-Key", Guid.NewGuid().ToString())]);
    }
}
