using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Stk.SignerCalls.Answers;
using Stk.Testing;

namespace Stk.Signer.Tests.Hosting;

/// <summary>Names that alarms stand on: what docs/settlement.md lists is what there is.</summary>
public sealed class LogTests
{
    private static readonly string[] Document =
        File.ReadAllLines(Path.Combine(Repository.Root, "docs", "settlement.md"));

    [Fact]
    public void The_signers_log_events_are_those_that_the_document_lists()
    {
        var logged = typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>().ToList();

        Assert.All(logged, log => Assert.InRange(log.EventId, 3100, 3149));
        Assert.Equal(
            Rows("| event of the signer |"),
            logged.OrderBy(log => log.EventId)
                .Select(log => string.Create(CultureInfo.InvariantCulture, $"`{log.EventName}` {log.EventId} {log.Level}")));
    }

    [Fact]
    public void Its_rules_are_those_that_the_document_lists() => Assert.Equal(
        Rows("| rule |").Select(row => row.Split(' ')[0]).Order(StringComparer.Ordinal),
        Enum.GetValues<RefusalRule>().Select(rule => $"`{rule.WireName()}`").Order(StringComparer.Ordinal));

    // The first three cells of the rows under the header that begins so.
    private static IEnumerable<string> Rows(string header) => Document
        .SkipWhile(line => !line.StartsWith(header, StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => string.Join(' ', line.Split('|', StringSplitOptions.TrimEntries)[1..4]));
}
