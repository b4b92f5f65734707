using System.Diagnostics;
using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Completion;

public sealed class CompletionTests : IDisposable
{
    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData("stk bal", "balance")]
    [InlineData("stk u", "up")]
    [InlineData("stk weeks ", "close correct export status")]
    [InlineData("stk weeks close 2026-W02 --y", "--yes")]
    [InlineData("stk treasury spend --vests", "--vests-days")]
    [InlineData("stk transfer bob 5 --no", "--note")]
    [InlineData("stk nonsense x", "")]
    public async Task Bash_completes(string typed, string expected)
    {
        var (code, script, _) = await new ProgramRun(_api).Run("completion", "bash");
        Assert.Equal(0, code);

        using var bash = Process.Start(new ProcessStartInfo("bash")
        {
            ArgumentList =
            {
                "--norc", "-c",
                script + """

                read -ra COMP_WORDS <<<"$1"; [[ $1 != *' ' ]] || COMP_WORDS+=('')
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _stk
                for word in "${COMPREPLY[@]}"; do [[ $word == -* && ${COMP_WORDS[COMP_CWORD]} != -* ]] || echo "$word"; done
                """,
                "bash", typed,
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!; // a program of every machine that has ./stk
        var words = await bash.StandardOutput.ReadToEndAsync();
        var error = await bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();

        Assert.Equal("", error);
        Assert.Equal(
            expected,
            string.Join(' ', words.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)));
    }
}
