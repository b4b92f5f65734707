namespace Stk.Testing.Chain;

/// <summary>
/// Node 20.18 or newer: the one on the path; else the one that an earlier test put under the test's home; else
/// installed: Debian's package where it is new enough and we may, else npm's package <c>node</c> under that home.
/// </summary>
public static class NodeRuntime
{
    public static readonly Version Oldest = new(20, 18);

    // npm's package of the runtime; exact, so that two machines run the same.
    private const string PinnedPackage = "node@22.23.3";

    /// <summary>The path of a Node that fits.</summary>
    /// <exception cref="InvalidOperationException">None is there and none can be had; one sentence says why.</exception>
    public static async Task<string> Find(CancellationToken cancellation)
    {
        var home = Home();
        var ownNode = Path.Combine(home, "node_modules", "node", "bin", "node");
        foreach (var candidate in (string[])["node", "nodejs", ownNode])
        {
            if (await VersionOf(candidate, cancellation) >= Oldest)
            {
                return candidate;
            }
        }

        // One at a time: several test projects may look at once.
        using var turn = await FileTurn.Take(Path.Combine(home, "node.lock"), cancellation);
        if (await VersionOf(ownNode, cancellation) >= Oldest)
        {
            return ownNode;
        }

        if (await DebianHasIt(cancellation))
        {
            await ChildProcess.Run(
                "apt-get", ["install", "-y", "--no-install-recommends", "nodejs", "npm"], home, cancellation);
            if (await VersionOf("node", cancellation) >= Oldest)
            {
                return "node";
            }
        }

        var npm = await ChildProcess.Run("npm", ["install", "--prefix", home, PinnedPackage], home, cancellation);
        return await VersionOf(ownNode, cancellation) >= Oldest
            ? ownNode
            : throw new InvalidOperationException(
                $"These tests need Node {Oldest} or newer, and neither the path, Debian nor npm has one "
                + $"({(npm.Output.Length == 0 ? "npm is not there" : npm.Output[..Math.Min(npm.Output.Length, 300)])}).");
    }

    /// <summary>The version that <c>node --version</c> prints: <c>v20.20.2</c>. Null where it is none.</summary>
    public static Version? ParseVersion(string printed) =>
        printed.TrimStart().StartsWith('v') && Version.TryParse(printed.Trim()[1..].Split('-')[0], out var version)
            ? version
            : null;

    /// <summary>Installs what a folder's lock file names, once; later calls see that it stands.</summary>
    public static async Task InstallPackages(string folder, CancellationToken cancellation)
    {
        // ./stk up waits for the same file.
        using var turn = await FileTurn.Take(Path.Combine(folder, ".stk-npm.lock"), cancellation);
        var (wanted, installed) = (
            Path.Combine(folder, "package-lock.json"), Path.Combine(folder, "node_modules", ".stk-installed"));
        var wantedText = await File.ReadAllTextAsync(wanted, cancellation);
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed, cancellation) == wantedText)
        {
            return;
        }

        var npm = await ChildProcess.Run("npm", ["ci", "--no-audit", "--no-fund"], folder, cancellation);
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"npm ci in {folder} failed, so these tests cannot run: "
                + (npm.ExitCode == ChildProcess.NotThere ? "npm is not there." : npm.Output));
        }

        await File.WriteAllTextAsync(installed, wantedText, cancellation);
    }

    private static string Home()
    {
        var home = Environment.GetEnvironmentVariable("STK_TEST_HOME")
            ?? Path.Combine(Repository.Root, ".stk", "test");
        return Directory.CreateDirectory(Path.Combine(home, "node")).FullName;
    }

    private static async Task<Version?> VersionOf(string node, CancellationToken cancellation) =>
        ParseVersion((await ChildProcess.Run(node, ["--version"], Path.GetTempPath(), cancellation)).Output);

    private static async Task<bool> DebianHasIt(CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
        {
            return false;
        }

        var policy = await ChildProcess.Run(
            "apt-cache", ["policy", "nodejs"], Path.GetTempPath(), cancellation);
        var candidate = policy.Output.Split('\n')
            .Select(line => line.Trim())
            .FirstOrDefault(line => line.StartsWith("Candidate:", StringComparison.Ordinal));
        return candidate is not null
            && Version.TryParse(candidate["Candidate:".Length..].Trim().Split('-', '+', '~')[0], out var version)
            && version >= Oldest;
    }
}
