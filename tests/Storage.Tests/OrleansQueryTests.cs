using System.Data;
using Npgsql;
using Stk.Testing;
using Xunit;

namespace Stk.Storage.Tests;

/// <summary>
/// Each statement as Orleans runs it: by its key, with parameters by name, over a connection whose search path is
/// orleans, with a service's rights.
/// </summary>
[Collection(StorageCollection.Name)]
public sealed class OrleansQueryTests(PostgresServerWithoutFsync server) : IAsyncLifetime
{
    private static readonly DateTime Start = new(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);
    private NpgsqlDataSource _database = null!; // by InitializeAsync

    public async Task InitializeAsync()
    {
        var superuser = await server.CreateDatabase();
        Migration.Run(superuser);
        await server.Execute("""
            DO $$ BEGIN CREATE ROLE orleans_service LOGIN PASSWORD 'o' IN ROLE stk_service;
            EXCEPTION WHEN duplicate_object THEN NULL; END $$
            """);
        _database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(superuser)
        {
            Username = "orleans_service",
            Password = "o",
            SearchPath = "orleans",
        });
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Every_key_that_the_providers_ask_for_is_there()
    {
        string[] keys =
        [
            "UpdateIAmAlivetimeKey", "InsertMembershipVersionKey", "InsertMembershipKey", "UpdateMembershipKey",
            "MembershipReadRowKey", "MembershipReadAllKey", "DeleteMembershipTableEntriesKey", "GatewaysQueryKey",
            "CleanupDefunctSiloEntriesKey",
            "UpsertReminderRowKey", "ReadReminderRowsKey", "ReadReminderRowKey", "ReadRangeRows1Key",
            "ReadRangeRows2Key", "DeleteReminderRowKey", "DeleteReminderRowsKey",
            "WriteToStorageKey", "ReadFromStorageKey", "ClearStorageKey", "DeleteStorageKey",
        ];
        await using var command = _database.CreateCommand("SELECT QueryKey, QueryText FROM OrleansQuery");
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetString(0));
        }

        Assert.Equal(keys.Order(), found.Order());
    }

    [Fact]
    public async Task A_silo_joins_only_at_the_version_it_has_seen_and_only_once()
    {
        Assert.Equal(1, await Happened("InsertMembershipVersionKey", Deployment));
        Assert.Equal(0, await Happened("InsertMembershipVersionKey", Deployment));

        Assert.Equal(0, await Join(port: 1, version: 7));
        Assert.Equal(1, await Join(port: 1, version: 0));
        Assert.Equal(0, await Join(port: 1, version: 1)); // the row is there: and the version stays
        Assert.Equal(1, await Join(port: 2, version: 1));

        var all = await Rows("MembershipReadAllKey", Deployment);
        Assert.Equal([1, 2], all.Select(row => row["port"]).Order());
        Assert.All(all, row => Assert.Equal(2, row["version"]));
        Assert.Equal((Start, Start, "silo", "host", DBNull.Value), (
            all[0]["starttime"], all[0]["iamalivetime"], all[0]["siloname"], all[0]["hostname"], all[0]["suspecttimes"]));
    }

    [Fact]
    public async Task A_silo_is_updated_only_at_the_version_seen_and_only_where_it_is()
    {
        await Happened("InsertMembershipVersionKey", Deployment);
        await Join(port: 1, version: 0);

        Assert.Equal(0, await Update(port: 1, version: 0));
        Assert.Equal(0, await Update(port: 9, version: 1));
        Assert.Equal(1, await Update(port: 1, version: 1));

        var row = Assert.Single(await Rows("MembershipReadRowKey", [.. Deployment, .. Silo(1)]));
        Assert.Equal((6, "someone,then", 2), (row["status"], row["suspecttimes"], row["version"]));
    }

    [Fact]
    public async Task Of_a_silo_that_is_not_there_the_version_is_read_with_nulls()
    {
        Assert.Empty(await Rows("MembershipReadRowKey", [.. Deployment, .. Silo(1)]));
        await Happened("InsertMembershipVersionKey", Deployment);

        var row = Assert.Single(await Rows("MembershipReadRowKey", [.. Deployment, .. Silo(1)]));
        Assert.Equal((DBNull.Value, DBNull.Value, 0), (row["address"], row["starttime"], row["version"]));
        Assert.Equal(
            ["deploymentid", "address", "port", "generation", "siloname", "hostname", "status", "proxyport",
                "suspecttimes", "starttime", "iamalivetime", "version"],
            row.Keys);
        Assert.Single(await Rows("MembershipReadAllKey", Deployment));
    }

    [Fact]
    public async Task Gateways_are_the_active_silos_with_a_proxy_port()
    {
        await Happened("InsertMembershipVersionKey", Deployment);
        await Join(port: 1, version: 0, proxyPort: 30_001);
        await Join(port: 2, version: 1, proxyPort: 0);
        await Join(port: 3, version: 2, proxyPort: 30_003, status: 6);
        await Join(port: 4, version: 3, proxyPort: null);

        var gateway = Assert.Single(await Rows("GatewaysQueryKey", [.. Deployment, ("Status", 3)]));
        Assert.Equal(("10.0.0.1", 30_001, 17), (gateway["address"], gateway["proxyport"], gateway["generation"]));
    }

    [Fact]
    public async Task Defunct_silos_are_removed_and_active_ones_stay_however_silent()
    {
        await Happened("InsertMembershipVersionKey", Deployment);
        await Join(port: 1, version: 0, status: 3);
        await Join(port: 2, version: 1, status: 6);
        await Join(port: 3, version: 2, status: 6);
        await Happened("UpdateIAmAlivetimeKey", [.. Deployment, .. Silo(3), ("IAmAliveTime", Start.AddHours(1))]);

        await Happened("CleanupDefunctSiloEntriesKey", [.. Deployment, ("IAmAliveTime", Start.AddMinutes(1))]);
        Assert.Equal([1, 3], (await Rows("MembershipReadAllKey", Deployment)).Select(row => row["port"]).Order());

        await Happened("DeleteMembershipTableEntriesKey", Deployment);
        Assert.Empty(await Rows("MembershipReadAllKey", Deployment));
    }

    [Fact]
    public async Task A_reminder_is_written_again_at_the_next_version_and_deleted_only_at_its_own()
    {
        Assert.Equal(0, await Remind("g/1", "daily", hash: 5));
        Assert.Equal(1, await Remind("g/1", "daily", hash: 5));
        Assert.Equal(0, await Remind("g/1", "weekly", hash: 5));
        (string, object?)[] daily = [Service, ("GrainId", "g/1"), ("ReminderName", "daily")];

        var row = Assert.Single(await Rows("ReadReminderRowKey", daily));
        Assert.Equal(["grainid", "remindername", "starttime", "period", "version"], row.Keys);
        Assert.Equal(("g/1", "daily", Start, 86_400_000L, 1), (
            row["grainid"], row["remindername"], row["starttime"], row["period"], row["version"]));
        Assert.Equal(2, (await Rows("ReadReminderRowsKey", Service, ("GrainId", "g/1"))).Count);

        Assert.Equal(0, await Happened("DeleteReminderRowKey", [.. daily, ("Version", 0)]));
        Assert.Equal(1, await Happened("DeleteReminderRowKey", [.. daily, ("Version", 1)]));
        Assert.Empty(await Rows("ReadReminderRowKey", daily));
    }

    [Fact]
    public async Task A_range_of_reminders_is_open_below_closed_above_and_may_wrap()
    {
        foreach (var hash in new[] { -10, 0, 10, 20 })
        {
            await Remind($"g/{hash}", "daily", hash);
        }

        Assert.Equal(["g/10", "g/20"], await Range("ReadRangeRows1Key", begin: 0, end: 20));
        Assert.Equal(["g/-10", "g/20"], await Range("ReadRangeRows2Key", begin: 10, end: -10));

        await Happened("DeleteReminderRowsKey", Service);
        Assert.Empty(await Range("ReadRangeRows2Key", begin: 0, end: 0));
    }

    [Fact]
    public async Task A_reminder_of_a_grain_with_a_long_id_fits()
    {
        var id = "participant/" + new string('щ', 200);
        await Remind(id, "daily", hash: 1);
        Assert.Single(await Rows("ReadReminderRowsKey", Service, ("GrainId", id)));
    }

    [Fact]
    public async Task Grain_state_is_written_once_at_each_version()
    {
        Assert.Equal(1, await Write(null, [1]));
        Assert.Equal(DBNull.Value, await Write(null, [2])); // another first write: nothing written
        Assert.Equal(2, await Write(1, [3]));
        Assert.Equal(1, await Write(1, [4])); // the version passed in: nothing written

        var row = Assert.Single(await Rows("ReadFromStorageKey", State()));
        Assert.Equal([3], (byte[])row.Values.First());
        Assert.IsType<DateTime>(row.Values.ElementAt(1));
        Assert.Equal(2, row.Values.Last());
    }

    [Fact]
    public async Task Grain_state_is_cleared_and_deleted_only_at_its_version()
    {
        await Write(null, [1]);

        Assert.Equal(9, await Changed("ClearStorageKey", 9));
        Assert.Equal(2, await Changed("ClearStorageKey", 1));
        var cleared = Assert.Single(await Rows("ReadFromStorageKey", State()));
        Assert.Equal((DBNull.Value, 2), (cleared.Values.First(), cleared.Values.Last()));
        Assert.Equal(3, await Write(2, [5]));

        Assert.Equal(9, await Changed("DeleteStorageKey", 9));
        Assert.Equal(4, await Changed("DeleteStorageKey", 3));
        Assert.Empty(await Rows("ReadFromStorageKey", State()));
    }

    [Fact]
    public async Task Grains_whose_hashes_collide_are_kept_apart()
    {
        await Write(null, [1], extension: null);
        Assert.Equal(1, await Write(null, [2], extension: ""));
        Assert.Equal(1, await Write(null, [3], extension: "other"));

        Assert.Equal([1], (byte[])Assert.Single(await Rows("ReadFromStorageKey", State(null))).Values.First());
        Assert.Equal([3], (byte[])Assert.Single(await Rows("ReadFromStorageKey", State("other"))).Values.First());
    }

    private static (string, object?)[] Deployment => [("DeploymentId", "here")];

    private static (string, object?) Service => ("ServiceId", "stk");

    private static (string, object?)[] Silo(int port) =>
        [("Address", $"10.0.0.{port}"), ("Port", port), ("Generation", 17)];

    private static (string, object?)[] State(string? extension = null) =>
    [
        ("GrainIdHash", 1), ("GrainIdN0", 2L), ("GrainIdN1", 3L), ("GrainTypeHash", 4), ("GrainTypeString", "week"),
        ("GrainIdExtensionString", extension), ("ServiceId", "stk"),
    ];

    private Task<int> Join(int port, int version, int? proxyPort = 30_000, int status = 3) => Happened(
        "InsertMembershipKey",
        [
            .. Deployment, .. Silo(port), ("SiloName", "silo"), ("HostName", "host"), ("Status", status),
            ("ProxyPort", proxyPort), ("StartTime", Start), ("IAmAliveTime", Start), ("Version", version),
        ]);

    private Task<int> Update(int port, int version) => Happened(
        "UpdateMembershipKey",
        [
            .. Deployment, .. Silo(port), ("Status", 6), ("SuspectTimes", "someone,then"), ("IAmAliveTime", Start),
            ("Version", version),
        ]);

    private async Task<int> Remind(string grain, string name, int hash)
    {
        var row = Assert.Single(await Rows(
            "UpsertReminderRowKey", Service, ("GrainId", grain), ("ReminderName", name), ("StartTime", Start),
            ("Period", 86_400_000L), ("GrainHash", hash)));
        return (int)row["version"];
    }

    private async Task<IEnumerable<string>> Range(string key, int begin, int end) =>
        (await Rows(key, Service, ("BeginHash", begin), ("EndHash", end)))
            .Select(row => (string)row["grainid"]).Order(StringComparer.Ordinal);

    private async Task<object> Write(int? version, byte[] payload, string? extension = null) =>
        Assert.Single(await Rows(
            "WriteToStorageKey",
            [.. State(extension), ("GrainStateVersion", version), ("PayloadBinary", payload)]))["newgrainstateversion"];

    private async Task<object> Changed(string key, int version) => Assert.Single(
        await Rows(key, [.. State(), ("GrainStateVersion", version)]))["newgrainstateversion"];

    // A query that tells whether it happened gives one integer; one that does not, none.
    private async Task<int> Happened(string key, params (string Name, object? Value)[] parameters)
    {
        var rows = await Rows(key, parameters);
        return rows.Count == 0 ? 0 : Assert.IsType<int>(Assert.Single(Assert.Single(rows)).Value);
    }

    // Column names as PostgreSQL folds them; Orleans compares them without case.
    private async Task<List<Dictionary<string, object>>> Rows(
        string key, params (string Name, object? Value)[] parameters)
    {
        await using var text = _database.CreateCommand("SELECT QueryText FROM OrleansQuery WHERE QueryKey = $1");
        text.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
        var sql = (string)(await text.ExecuteScalarAsync())!;

#pragma warning disable CA2100 // The text is the schema's own.
        await using var command = _database.CreateCommand(sql);
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            // As Orleans does: the type by the value, and where it is null, by the member's.
            var parameter = new NpgsqlParameter(name, value ?? DBNull.Value);
            if (value is null)
            {
                parameter.DbType = name is "ProxyPort" or "GrainStateVersion" ? DbType.Int32 : DbType.String;
            }

            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Dictionary<string, object>>();
        while (await reader.ReadAsync())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount)
                .ToDictionary(i => reader.GetName(i).ToLowerInvariant(), reader.GetValue));
        }

        return rows;
    }
}
