using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using EvolveDb;
using Npgsql;

namespace Stk.Storage;

/// <summary>
/// Brings a database to this program's schema: the scripts in Schema/, each once, in order, each in a transaction of its
/// own. A script that has been applied is never edited: what it did is changed by the next one.
/// </summary>
public static class Migration
{
    private const string MetadataSchema = "migration";
    private const string MetadataTable = "changelog";
    private const string ScriptFolder = "Stk.Storage.Schema.";

    /// <summary>The version of the newest script in this program.</summary>
    public static int NewestVersion { get; } = Scripts().Max();

    /// <summary>Applies what is missing. Needs the rights of the schema's owner, and to create a role.</summary>
    /// <exception cref="MigrationException">The database's schema is newer, a script was edited, or one failed.</exception>
    public static MigrationResult Run(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString);
        try
        {
            connection.Open();
            var before = AppliedVersion(connection);
            if (before > NewestVersion)
            {
                throw Newer(before);
            }

            var evolve = new Evolve(connection)
            {
                EmbeddedResourceAssemblies = [typeof(Migration).Assembly],
                EmbeddedResourceFilters = [ScriptFolder],
                Schemas = [MetadataSchema],
                MetadataTableSchema = MetadataSchema,
                MetadataTableName = MetadataTable,
                IsEraseDisabled = true,
            };
            evolve.Migrate();
            return new(before, NewestVersion, [.. evolve.AppliedMigrations]);
        }
        catch (EvolveValidationException changed)
        {
            throw new MigrationException(
                MigrationFailure.EditedScript,
                $"a schema script was edited after it had been applied ({changed.Message}): restore it and add a new one",
                changed);
        }
        catch (EvolveException failed)
        {
            throw new MigrationException(
                MigrationFailure.ScriptFailed,
                $"a schema script failed, and was rolled back: {FirstLine(failed.Message)}",
                failed);
        }
        catch (NpgsqlException unreachable) when (unreachable is not PostgresException)
        {
            throw Unreachable(unreachable);
        }
    }

    /// <summary>Compares the database's schema with this program's, with a service's rights.</summary>
    /// <exception cref="MigrationException">The database cannot be reached.</exception>
    public static async Task<SchemaCheck> Check(NpgsqlDataSource database, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            return new(AppliedVersion(connection), NewestVersion);
        }
        catch (NpgsqlException unreachable) when (unreachable is not PostgresException)
        {
            throw Unreachable(unreachable);
        }
    }

    private static int AppliedVersion(NpgsqlConnection connection)
    {
        using var exists = new NpgsqlCommand(
            "SELECT to_regclass('migration.changelog') IS NOT NULL", connection);
        if (exists.ExecuteScalar() is not true)
        {
            return 0;
        }

        // The schema itself has a row too, without a version.
        using var newest = new NpgsqlCommand(
            """
            SELECT coalesce(max(version::integer), 0) FROM migration.changelog
            WHERE success AND version ~ '^[0-9]+$'
            """,
            connection);
        return Convert.ToInt32(newest.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    // Evolve's message names the script and the cause; below stands the script itself.
    private static string FirstLine(string message) => message.Split('\n')[0].Trim();

    // Stk.Storage.Schema.V0002__ledger.sql: 2.
    private static IEnumerable<int> Scripts() =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(ScriptFolder + "V", StringComparison.Ordinal))
            .Select(name => int.Parse(name.AsSpan(ScriptFolder.Length + 1, 4), CultureInfo.InvariantCulture));

    internal static MigrationException Newer(int version) => new(
        MigrationFailure.NewerSchema,
        $"the database's schema is at version {version}, this program knows up to {NewestVersion}: run a newer program");

    private static MigrationException Unreachable(NpgsqlException cause) => new(
        MigrationFailure.Unreachable, $"the database cannot be reached: {cause.Message}", cause);
}

/// <param name="From">The version before; 0 for an empty database.</param>
/// <param name="To">The version now.</param>
/// <param name="Applied">Names of the scripts applied, in order.</param>
public sealed record MigrationResult(int From, int To, ImmutableArray<string> Applied);

/// <summary>A database's schema beside a program's.</summary>
/// <param name="Database">The version applied; 0 for an empty database.</param>
/// <param name="Program">The newest version that this program knows.</param>
public sealed record SchemaCheck(int Database, int Program)
{
    public SchemaFit Fit => Database.CompareTo(Program) switch
    {
        < 0 => SchemaFit.Older,
        > 0 => SchemaFit.Newer,
        _ => SchemaFit.Same,
    };

    /// <exception cref="MigrationException">The versions differ; the message says what to do.</exception>
    public void Require() => _ = Fit switch
    {
        SchemaFit.Same => Fit,
        SchemaFit.Newer => throw Migration.Newer(Database),
        _ => throw new MigrationException(
            MigrationFailure.OlderSchema,
            $"the database's schema is at version {Database}, this program needs {Program}: run migrate first"),
    };
}

public enum SchemaFit
{
    Same = 0,
    Older = 1,
    Newer = 2,
}
