using System.Globalization;
using Stk.Hosting.Certificates;

namespace Stk.Torture;

/// <summary>
/// What <c>./stk torture</c> has prepared: a home with a database that runs, keys, and the build to start.
/// </summary>
/// <param name="Kills">Processes to kill.</param>
/// <param name="From">The directory under <c>app</c> of the build to upgrade from; null where the run is of kills.</param>
/// <param name="Weeks">Of the scripted year; 0 where the run is another.</param>
/// <param name="Exports">The directory that the scripted year's exports go to.</param>
/// <param name="Disk">
/// The directory of the small file system that holds the database; null where none could be mounted.
/// </param>
internal sealed record TortureSettings(
    int Kills, int Seed, string? From, string Home, string IngestToken, string OperatorToken, string PostgresScript,
    string? Disk, int Weeks = 0, string Exports = "")
{
    /// <summary>The build under test, in <c>app</c>.</summary>
    public const string Current = "current";

    public string Logs => Path.Combine(Home, "log");

    public string RunDirectory => Path.Combine(Home, "run");

    public string PostgresHome => Path.Combine(Home, "postgres");

    public string Keys => Path.Combine(Home, "keys");

    /// <summary>
    /// True where the build to upgrade from has no certificates for the cluster's ports: it cannot speak to one that has.
    /// </summary>
    public bool IsFromWithoutCertificates =>
        From is not null && !File.Exists(Program("silo", "Orleans.Connections.Security.dll", From));

    /// <summary>
    /// True where the silos of the build to upgrade from do not show that they are silos in what they call: they cannot be
    /// members beside silos that ask for it.
    /// </summary>
    public bool IsFromWithoutProofs =>
        From is not null && !File.Exists(Program("silo", "Microsoft.IdentityModel.JsonWebTokens.dll", From));

    /// <summary>The connection string of the services' own role.</summary>
    public string Services => File.ReadAllText(Path.Combine(Home, "secrets", "services.connection")).Trim();

    /// <summary>The connection string of the API host's role.</summary>
    public string Api => File.ReadAllText(Path.Combine(Home, "secrets", "api.connection")).Trim();

    /// <summary>The connection string of who verifies: it may read everything.</summary>
    public string Verifier => File.ReadAllText(Path.Combine(Home, "secrets", "verify.connection")).Trim();

    /// <summary>The connection string of the schema's owner, who may read everything.</summary>
    public string Owner => File.ReadAllText(Path.Combine(Home, "secrets", "owner.connection")).Trim();

    /// <summary>The private key that the silos sign commits with.</summary>
    public string CommitKey => Path.Combine(Home, "secrets", "commits.key");

    /// <summary>What the silos tell each other's calls by, and this harness's.</summary>
    public string SilosSecret => Path.Combine(Home, "secrets", "silos.secret");

    /// <summary>The public keys of all that was signed.</summary>
    public string CommitPublicKeys => Path.Combine(Home, "secrets", "commits.public.pem");

    public string Program(string directory, string name, string build = Current) =>
        Path.Combine(Home, "app", build, directory, name);

    public CertificateFiles Certificate(HostRole role) => CertificateFiles.In(Path.Combine(Home, "certificates"), role);

    /// <exception cref="FormatException">An argument is missing or is none.</exception>
    public static TortureSettings Read(string[] args)
    {
        int? kills = null;
        int? seed = null;
        string? from = null;
        var weeks = 0;
        var exports = "";
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            switch (args[i])
            {
                case "--kills":
                    kills = Number(args[i + 1]);
                    break;
                case "--seed":
                    seed = Number(args[i + 1]);
                    break;
                case "--weeks":
                    weeks = Number(args[i + 1]);
                    break;
                case "--exports":
                    exports = args[i + 1];
                    break;
                case "--from":
                    from = args[i + 1];
                    break;
                default:
                    throw new FormatException($"unknown argument {args[i]}");
            }
        }

        return new(
            kills ?? (from is null ? throw new FormatException("--kills is missing") : 0),
            seed ?? throw new FormatException("--seed is missing"),
            from,
            Variable("STK_HOME"),
            Variable("STK_INGEST_TOKEN"),
            Variable("STK_OPERATOR_TOKEN"),
            Variable("STK_POSTGRES_SCRIPT"),
            Environment.GetEnvironmentVariable("STK_TORTURE_DISK") is { Length: > 0 } disk ? disk : null,
            weeks,
            exports);
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : throw new FormatException($"{name} is not set: ./stk torture sets it");
}
