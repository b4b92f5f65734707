using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Stk.Rules.Notices;
using Stk.Storage.Sql;

namespace Stk.Grains.Notices;

/// <summary>
/// Tables <c>notices.preferences</c> and <c>notices.link_keys</c>. All SQL that touches them is here, but for what
/// deliveries read of many at once.
/// </summary>
internal sealed class PreferenceTable(NpgsqlDataSource database)
{
    private const int MinutesAnHour = 60;

    private const string ReadSql = """
        SELECT language, zone, quiet_from, quiet_to, digest, kinds::text FROM notices.preferences
        WHERE participant = $1
        """;

    private const string WriteSql = """
        INSERT INTO notices.preferences (participant, language, zone, quiet_from, quiet_to, digest, kinds, changed_at)
        SELECT number, $2, $3, $4, $5, $6, $7::json, $8 FROM activity.participants WHERE number = $1
        ON CONFLICT (participant) DO UPDATE SET
            language = excluded.language, zone = excluded.zone, quiet_from = excluded.quiet_from,
            quiet_to = excluded.quiet_to, digest = excluded.digest, kinds = excluded.kinds,
            changed_at = excluded.changed_at
        """;

    private const string KeySql = "SELECT key FROM notices.link_keys";

    /// <summary>What somebody has chosen; the default where they have chosen nothing.</summary>
    public async Task<NoticePreferences> Read(long participant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql).With(participant);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? Of(row, first: 0) : NoticePreferences.Default;
    }

    /// <summary>Of a row's columns from one on: language, zone, quiet_from, quiet_to, digest, kinds::text.</summary>
    public static NoticePreferences Of(NpgsqlDataReader row, int first) =>
        new(
            (NoticeLanguage)row.GetInt16(first), row.GetString(first + 1),
            row.IsDBNull(first + 2) ? null : new(Time(row.GetInt16(first + 2)), Time(row.GetInt16(first + 3))),
            (NoticeDigest)row.GetInt16(first + 4))
        {
            Kinds = Kinds(row.GetString(first + 5)),
        };

    /// <summary>Stores what was chosen, in place of all that was before; of somebody who is erased, nothing.</summary>
    public async Task Write(
        long participant, NoticePreferences chosen, DateTimeOffset at, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(WriteSql)
            .With(participant).With((short)chosen.Language).With(chosen.Zone)
            .WithNullable(Minutes(chosen.Quiet?.From), NpgsqlDbType.Smallint)
            .WithNullable(Minutes(chosen.Quiet?.To), NpgsqlDbType.Smallint)
            .With((short)chosen.Digest)
            .With(JsonSerializer.Serialize(chosen.Kinds.ToDictionary(
                kind => kind.Key, kind => kind.Value.Select(channel => channel.WireName()).ToArray())))
            .With(at.UtcDateTime);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>What links in messages are signed with.</summary>
    public async Task<byte[]> ReadLinkKey(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(KeySql);
        return (byte[])(await command.ExecuteScalarAsync(cancellation))!; // its row is the schema's
    }

    // A kind or channel of a later build, which an earlier one may read, is nobody's choice here.
    private static ImmutableSortedDictionary<string, ImmutableArray<NoticeChannel>> Kinds(string json) =>
        (JsonSerializer.Deserialize<Dictionary<string, string[]>>(json) ?? []).ToImmutableSortedDictionary(
            kind => kind.Key,
            kind => kind.Value.Select(NoticeChannels.Find).OfType<NoticeChannel>().ToImmutableArray(),
            StringComparer.Ordinal);

    private static TimeOnly Time(short minutes) => new(minutes / MinutesAnHour, minutes % MinutesAnHour);

    private static short? Minutes(TimeOnly? time) =>
        time is { } at ? (short)((at.Hour * MinutesAnHour) + at.Minute) : null;
}
