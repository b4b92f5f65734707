using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Stk.EndToEnd.Operations;

/// <summary>Names that alarms stand on: what docs/operations.md lists is what there is.</summary>
[Collection(AskedCollection.Name)]
public sealed partial class ObservabilityTests(AskedEconomy asked)
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));

    [Fact]
    public async Task Our_metrics_are_those_that_the_document_lists()
    {
        var listed = Rows("| metric |").SelectMany(row => Quoted().Matches(row.Split('|')[1]))
            .Select(match => match.Groups[1].Value).ToList();
        await AreServed(listed);
        var ours = (await Served())
            .Where(line => line.Contains("otel_scope_name=\"stk.", StringComparison.Ordinal)).Select(Name).ToHashSet();

        Assert.Equal(listed.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_metric_that_the_document_names_is_served()
    {
        var named = Quoted().Matches(Document).Select(match => match.Groups[1].Value)
            .Where(name => MetricName().IsMatch(name)).Distinct().ToList();

        Assert.True(named.Count > 12, "the document names no metrics");
        await AreServed(named);
    }

    [Fact]
    public void Our_log_events_are_those_that_the_document_lists()
    {
        var logged = Directory.GetFiles(AppContext.BaseDirectory, "Stk.*.dll")
            .Where(file => File.Exists(Path.Combine(Repository.Root, "src", Path.GetFileNameWithoutExtension(file)[4..], "packages.lock.json")))
            .SelectMany(file => Assembly.LoadFrom(file).GetTypes())
            .SelectMany(
                type =>
                    type.GetMethods(
                        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .Select(log => string.Create(CultureInfo.InvariantCulture, $"{log.EventName} {log.EventId} {log.Level}"));
        var listed = Rows("| event |").Select(row => row.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => $"{cells[1].Trim('`')} {cells[2]} {cells[3]}");

        Assert.Equal(listed.Order(StringComparer.Ordinal), logged.Order(StringComparer.Ordinal));
    }

    // The rows under the header that begins so.
    private static IEnumerable<string> Rows(string header) => Document.Split('\n')
        .SkipWhile(line => !line.StartsWith(header, StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.StartsWith('|'));

    private static string Name(string line) => Suffix().Replace(line[..line.IndexOfAny(['{', ' '])], "");

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("^(?!max_)[a-z0-9]+(_[a-z0-9]+)*_(total|seconds|bytes|items|waiting|activations|count|connections)$")]
    private static partial Regex MetricName();

    // Of a histogram's lines. A counter's name ends otherwise.
    [GeneratedRegex("(?<!connection)_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    // Some are there from the first time on that something has happened: hosts that have just started have them soon.
    private Task<string> AreServed(IReadOnlyCollection<string> names) => Eventually.Get(
        async () => string.Join(", ", names.Except((await Served()).Select(Name))), until: missing => missing.Length == 0,
        "every metric is served; the last answer names those that are not");

    private async Task<IReadOnlyList<string>> Served()
    {
        var silo = File.ReadAllLines(Path.Combine(asked.Economy.Home, "run", "silo-1.ports"))
            .Single(line => line.StartsWith("health=", StringComparison.Ordinal))["health=".Length..];
        using var http = new HttpClient();
        // The gauge of open streams is there from the first stream on.
        using var stream = new HttpRequestMessage(HttpMethod.Get, new Uri(asked.Economy.Address, "api/v1/tokenomics/balance/stream"));
        stream.Headers.Authorization = new("Bearer", await asked.Economy.Token("participant", "ann"));
        using var open = await http.SendAsync(stream, HttpCompletionOption.ResponseHeadersRead);
        var ofSilo = await http.GetStringAsync(new Uri($"http://127.0.0.1:{silo}/metrics"));
        var ofApi = (await (await asked.Economy.Operator()).Get("/metrics")).Text;
        return [.. $"{ofSilo}\n{ofApi}".Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }
}
