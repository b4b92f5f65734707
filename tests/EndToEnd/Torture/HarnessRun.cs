namespace Stk.EndToEnd.Torture;

/// <summary>
/// A run of a verb of <c>./stk</c> that makes a home of its own. Where it fails the home stays, to be looked at; where the
/// tests are killed it goes with them.
/// </summary>
internal static class HarnessRun
{
    public static async Task<StkResult> Of(params string[] arguments)
    {
        var homes = Directory.CreateTempSubdirectory("stk-harness-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // The database's server runs as another user.
            File.SetUnixFileMode(homes, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        TestRun.Own(homes);
        using var run = StkRun.Start(
            Path.Combine(Repository.Root, "stk"), arguments, new Dictionary<string, string?> { ["TMPDIR"] = homes });
        var result = await run.End(HangLimit.Harness);
        TestRun.Keep(homes);
        if (result.Code == 0 || Directory.GetDirectories(homes, "stk-torture.*").Length == 0)
        {
            Directory.Delete(homes, recursive: true);
        }

        return result;
    }
}
