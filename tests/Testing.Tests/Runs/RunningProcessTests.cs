using System.Diagnostics;
using Stk.Testing.Runs;
using Xunit;

namespace Stk.Testing.Tests.Runs;

public sealed class RunningProcessTests
{
    [Theory]
    [InlineData('S', 12, true)]
    [InlineData('Z', 2, true)]
    [InlineData('Z', 1, false)]
    public void A_zombie_lives_until_the_last_of_its_threads_has_ended(char state, int threads, bool isAlive) =>
        Assert.Equal(isAlive, RunningProcess.IsAlive(Stat(state, threads)));

    // start_time of deploy/local/processes.sh, which up asks before it takes the process's port: told first of a zombie with
    // a thread left.
    [Fact]
    public async Task The_scripts_wait_for_the_last_thread_too()
    {
        const string Script = """
            source "$1/deploy/local/processes.sh"
            looks=$(mktemp)
            cat() { printf x >>"$looks"; if [[ $(wc -c <"$looks") == 1 ]]; then printf '%s' "$dying"; else printf '%s' "$dead"; fi; }
            dying=$2 dead=$3
            start_time 7 && echo lives
            wc -c <"$looks"
            rm -f "$looks"
            """;
        using var bash = Process.Start(
            new ProcessStartInfo("bash", ["-c", Script, "bash", Repository.Root, Stat('Z', 2), Stat('Z', 1)])
            {
                RedirectStandardOutput = true,
            })!;

        Assert.Equal("2", (await bash.StandardOutput.ReadToEndAsync()).Trim());
    }

    private static string Stat(char state, int threads) =>
        $"7 (a (b) c) {state} 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 {threads} 18 1900 20";
}
