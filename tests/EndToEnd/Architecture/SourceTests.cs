using System.Text.RegularExpressions;

namespace Stk.EndToEnd.Architecture;

/// <summary>What the sources must not say, wherever it would compile.</summary>
public sealed partial class SourceTests
{
    [Theory, InlineData("Rules"), InlineData("Ledger")]
    public void Money_is_never_a_floating_number_in(string project) =>
        Assert.Empty(Lines(FloatingNumber(), Path.Combine("src", project)));

    [Fact]
    public void No_silo_is_ever_put_together_from_providers_in_memory() =>
        Assert.Empty(Lines(InMemoryProvider(), "src").Concat(Lines(InMemoryProvider(), "tests")));

    [Fact]
    public void No_test_is_skipped() => Assert.Empty(Lines(SkippedTest(), "tests"));

    // A limit in the middle of a test judges speed sooner or later; those that end a hang are HangLimit's.
    [Fact]
    public void No_test_has_a_limit_of_time_of_its_own() =>
        Assert.Empty(Directory.GetDirectories(Path.Combine(Repository.Root, "tests"))
            .Where(folder => Path.GetFileName(folder) != "Benchmarks")
            .SelectMany(folder => Lines(OwnLimit(), folder)));

    [Fact]
    public void No_source_file_has_a_note_to_do_something_later() =>
        Assert.Empty(Lines(LeftForLater(), "src").Concat(Lines(LeftForLater(), "tests")));

    private static IEnumerable<string> Lines(Regex fault, string folder) =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
        where !Regex.IsMatch(file, @"[/\\](bin|obj)[/\\]") && Path.GetFileName(file) != $"{nameof(SourceTests)}.cs"
        from line in File.ReadLines(file).Select((text, index) => (Text: Comment().Replace(text, ""), Number: index + 1))
        where fault.IsMatch(line.Text)
        select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Number}: {line.Text.Trim()}";

    // A word in quotation marks is a name on the wire, and no type.
    [GeneratedRegex(@"(?<!"")\b(double|float|Double|Single|Half)\b(?!\s*\()")]
    private static partial Regex FloatingNumber();

    [GeneratedRegex(@"\b(UseLocalhostClustering|UseInMemoryReminderService|AddMemoryGrainStorage\w*|AddMemoryStreams|UseDevelopmentClustering)\b")]
    private static partial Regex InMemoryProvider();

    [GeneratedRegex(@"\bSkip\s*=")]
    private static partial Regex SkippedTest();

    [GeneratedRegex(@"new CancellationTokenSource\(TimeSpan|\b(WaitAsync|CancelAfter)\((TimeSpan|\d)|TimeSpan \w*(Patience|Timeout|Limit|AtOnce|Promised) =")]
    private static partial Regex OwnLimit();

    [GeneratedRegex(@"\bNotImplementedException\b")]
    private static partial Regex LeftForLater();

    [GeneratedRegex("//.*$")]
    private static partial Regex Comment();
}
