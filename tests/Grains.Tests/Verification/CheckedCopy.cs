using Npgsql;
using Stk.Verification;

namespace Stk.Grains.Tests.Verification;

/// <summary>All invariants of a copy of the settled weeks.</summary>
internal static class CheckedCopy
{
    public static readonly ClientLog Nothing = new([], []);

    // What uuid the first event of the first week and participant has: see the fixture.
    private const string FirstUuid = "md5('202549 1 1')::uuid";

    public static async Task<List<(string Invariant, string Table)>> Broken(string database, bool isHarness)
    {
        await using var source = NpgsqlDataSource.Create(database);
        var findings = await new InvariantsCheck(source, keys: SettledWeeks.Keys, isHarness: isHarness).Run().ToListAsync();
        return
        [
            .. findings
                .SelectMany(finding => finding.Violations.Select(violation => (finding.Invariant.Name, violation.Table)))
                .Distinct(),
        ];
    }

    public static async Task<List<Finding>> Findings(string database, ClientLog log)
    {
        await using var source = NpgsqlDataSource.Create(database);
        return await new InvariantsCheck(source, log: log, keys: SettledWeeks.Keys).Run().ToListAsync();
    }

    public static async Task<Guid> Uuid(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand($"SELECT {FirstUuid}");
        return (Guid)(await command.ExecuteScalarAsync())!;
    }
}
