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

    // What the scripts grant to: services, API hosts, and who only reads. Roles belong to the server, not to a database.
    private static readonly string[] Groups = ["stk_service", "stk_api", "stk_reader"];

    /// <summary>The version of the newest script in this program.</summary>
    public static int NewestVersion { get; } = Scripts().Max();

    /// <summary>
    /// Applies what is missing. Needs the rights of the schema's owner; the roles that it grants to are there, or it may
    /// create them.
    /// </summary>
    /// <exception cref="MigrationException">
    /// The database's schema is newer, a role is missing, a script was edited, or one failed.
    /// </exception>
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

            MakeGroups(connection);
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

    // The owner needs no more right than the work does: on PostgreSQL 14 and 15 who may create roles may become anybody.
    private static void MakeGroups(NpgsqlConnection connection)
    {
        foreach (var group in Groups)
        {
            using var exists = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", connection)
            {
                Parameters = { new NpgsqlParameter<string> { TypedValue = group } },
            };
            if (exists.ExecuteScalar() is true)
            {
                continue;
            }

            try
            {
#pragma warning disable CA2100 // The names are above.
                using var create = new NpgsqlCommand($"CREATE ROLE {group} NOLOGIN", connection);
#pragma warning restore CA2100
                create.ExecuteNonQuery();
            }
            catch (PostgresException other) when (other.SqlState
                is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
            {
                // Another database of the server is migrated at this moment.
            }
            catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                throw new MigrationException(
                    MigrationFailure.MissingRole,
                    $"the role {group} is missing and this login may not make it: run CREATE ROLE {group} NOLOGIN as a superuser",
                    refused);
            }
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
