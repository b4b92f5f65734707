using System.Text.RegularExpressions;
using Stk.Cli.Tests.Api;
using Stk.Testing;
using Xunit;

namespace Stk.Cli.Tests.Completion;

/// <summary>People call the program by <c>./stk</c>, which hands on the verbs that it knows.</summary>
public sealed partial class ScriptTests : IDisposable
{
    // These the script has verbs of its own for, or uses itself.
    private static readonly string[] OfTheScript = ["keys", "token", "sign-in-link", "replay", "demo", "chain"];

    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task The_script_hands_on_each_verb_and_its_help_names_it()
    {
        var script = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "stk"));
        var (_, help, _) = await new ProgramRun(_api).Run("--help");
        var verbs = Command().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..])
            .Select(match => match.Groups[1].Value).Except(OfTheScript).Order(StringComparer.Ordinal).ToArray();
        var usage = script[script.IndexOf("Call the API.", StringComparison.Ordinal)..];

        Assert.Contains("balance", verbs);
        Assert.Equal(
            verbs,
            HandedOn().Matches(script).SelectMany(match => Word().Matches(match.Groups[1].Value))
                .Select(word => word.Value).Order(StringComparer.Ordinal));
        Assert.All(verbs, verb => Assert.Matches($@"(\./stk |, ){verb}\b", usage));
    }

    [GeneratedRegex(@"^  ([a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"^    ([a-z| \\\n-]+)\) ask_api ""\$verb"" ""\$@"" ;;", RegexOptions.Multiline)]
    private static partial Regex HandedOn();

    [GeneratedRegex("[a-z-]+")]
    private static partial Regex Word();
}
