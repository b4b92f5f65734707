using System.Runtime.Versioning;
using Stk.Cli.Tests.Endings;
using Stk.Testing;
using Xunit;

namespace Stk.Cli.Tests.Local;

/// <summary>
/// <c>./stk</c> in a checkout, and on a home, that belong to somebody else: root runs it as nobody; anybody else takes the
/// rights from what is his own, which is as closed.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class OwnershipTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stk-owner-");
    private readonly string _checkout;
    private readonly string _home;

    public OwnershipTests()
    {
        _checkout = Path.Combine(_directory.FullName, "checkout");
        _home = Path.Combine(_directory.FullName, "home");
        var local = Path.Combine(_checkout, "deploy", "local");
        Directory.CreateDirectory(local);
        File.Copy(Path.Combine(Repository.Root, "stk"), Path.Combine(_checkout, "stk"));
        foreach (var script in Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy", "local"), "*.sh"))
        {
            File.Copy(script, Path.Combine(local, Path.GetFileName(script)));
        }

        foreach (var made in new[] { "run", "log", "app", "keys", "secrets", "postgres" })
        {
            Directory.CreateDirectory(Path.Combine(_home, made));
        }

        File.WriteAllText(Path.Combine(_home, "keys", "development-1.key.pem"), "secret");
        File.WriteAllText(Path.Combine(_home, "secrets", "verify.connection"), "secret");
        File.WriteAllText(Path.Combine(_home, "postgres", "superuser.password"), "secret");
        File.WriteAllText(Path.Combine(_home, "events.jsonl"), "{}");
        Open(_directory.FullName);
        Open(_checkout);
    }

    private static bool IsRoot => Environment.UserName == "root";

    public void Dispose()
    {
        foreach (var directory in Directory.EnumerateDirectories(_directory.FullName))
        {
            Open(directory);
        }

        foreach (var directory in new[] { "keys", "secrets", "postgres" })
        {
            Open(Path.Combine(_home, directory));
        }

        _directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData("up")]
    [InlineData("down")]
    [InlineData("token", "--role", "operator", "--sub", "ann")]
    [InlineData("verify")]
    [InlineData("recompute", "2025-W02")]
    [InlineData("psql")]
    [InlineData("chain", "status")]
    [InlineData("replay", "EVENTS")]
    public async Task A_home_that_cannot_be_entered_is_said_by_its_path_and_who_asks(params string[] verb)
    {
        File.SetUnixFileMode(_home, UnixFileMode.None);
        var sentence = await Refused(_checkout, _home, verb);
        Assert.StartsWith(_home, sentence.Replace($"{_home}, on the way to ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("may not enter it", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keys", "up")]
    [InlineData("keys", "token", "--role", "operator", "--sub", "ann")]
    [InlineData("secrets", "verify")]
    [InlineData("secrets", "recompute", "2025-W02")]
    [InlineData("postgres", "psql")]
    public async Task What_is_secret_in_an_open_home_is_closed_and_not_absent(string closed, params string[] verb)
    {
        Open(_home);
        File.SetUnixFileMode(Path.Combine(_home, closed), UnixFileMode.None);
        var sentence = await Refused(_checkout, _home, verb);
        // A home of root's is closed to writers before that.
        Assert.Contains(IsRoot && verb[0] == "up" ? _home : Path.Combine(_home, closed), sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("down")]
    [InlineData("up")]
    public async Task A_home_that_can_only_be_read_is_not_changed(string verb)
    {
        const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(_home, ReadOnly);
        Assert.Contains("may not write it", await Refused(_checkout, _home, verb), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test")]
    [InlineData("bench", "ledger")]
    [InlineData("torture")]
    [InlineData("balance")]
    public async Task A_checkout_that_cannot_be_written_is_said_by_its_path(params string[] verb)
    {
        foreach (var directory in
            Directory.EnumerateDirectories(_checkout, "*", SearchOption.AllDirectories).Append(_checkout))
        {
            File.SetUnixFileMode(
                directory,
                UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        var sentence = await Refused(_checkout, Path.Combine(_directory.FullName, "own"), verb);

        Assert.Contains(_checkout, sentence, StringComparison.Ordinal);
        Assert.Contains("may not write it", sentence, StringComparison.Ordinal);
        Open(_checkout);
    }

    [Fact]
    public async Task A_signal_to_the_script_alone_reaches_the_program_that_it_waits_for()
    {
        using var script = BuiltProgram.Shell(
            """
            set -euo pipefail
            source "$0/deploy/local/replay.sh"
            hand_on bash -c 'trap "echo heard >&2; exit 7" TERM; : >"$0"; while :; do sleep 0.05; done' "$1"
            echo never
            """,
            new Dictionary<string, string>(), [Repository.Root, Path.Combine(_directory.FullName, "ready")]);
        await Eventually.True(() => File.Exists(Path.Combine(_directory.FullName, "ready")), "the program waits");

        script.Signal("TERM");

        Assert.Equal((7, "", "heard\n"), await script.End());
    }

    [Theory]
    [InlineData(">/dev/full", 3)]
    [InlineData(">&-", 3)]
    [InlineData("2>/dev/full", 0)]
    public async Task What_was_stopped_is_stopped_although_it_cannot_be_said(string redirections, int code)
    {
        using var program = BuiltProgram.Shell(
            $"exec \"$0/stk\" down {redirections}", new Dictionary<string, string> { ["STK_HOME"] = _home }, [_checkout]);
        var (ended, _, error) = await program.End();
        Assert.Equal(code, ended);
        Assert.Equal(code == 3 && redirections[0] == '>' ? "Done, but standard output takes nothing, so it cannot be shown.\n" : "", error);
    }

    private static void Open(string directory) => File.SetUnixFileMode(
        directory,
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

    private async Task<string> Refused(string checkout, string home, params string[] verb)
    {
        var user = IsRoot ? "setpriv --reuid=65534 --regid=65534 --clear-groups --" : "";
        using var program = BuiltProgram.Shell(
            $"exec {user} \"$0/stk\" \"$@\"",
            new Dictionary<string, string> { ["STK_HOME"] = home, ["HOME"] = "/tmp" },
            [checkout, .. verb.Select(word => word == "EVENTS" ? Path.Combine(_home, "events.jsonl") : word)]);

        var (code, output, error) = await program.End();

        Assert.Equal((1, ""), (code, output));
        var sentence = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(IsRoot ? "and nobody may not" : $"and {Environment.UserName} may not", sentence, StringComparison.Ordinal);
        return sentence;
    }
}
