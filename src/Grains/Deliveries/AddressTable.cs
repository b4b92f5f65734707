using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Deliveries;
using Stk.Rules.Notices;
using Stk.Storage.Sql;

namespace Stk.Grains.Deliveries;

/// <summary>
/// Table <c>notices.addresses</c>, as participants set it. How an address answers is written by its deliveries.
/// </summary>
internal sealed class AddressTable(NpgsqlDataSource database)
{
    private const string NumberSql = "SELECT number FROM activity.participants WHERE id = $1";

    private const string ReadSql = """
        SELECT channel, address, confirmed_at, is_off, failures_in_row, secret, confirm_to
        FROM notices.addresses WHERE participant = $1 ORDER BY channel
        """;

    // The same address again changes nothing of how it stands, unless it was off: whoever sets it says that it works.
    private const string SetSql = """
        INSERT INTO notices.addresses AS old (
            participant, channel, address, set_at, confirm_token, confirm_to, confirmed_at, secret)
        VALUES ($1, $2, $3, $4, $5, $6, CASE WHEN $5 IS NULL THEN $4 END, $7)
        ON CONFLICT (participant, channel) DO UPDATE SET
            address = excluded.address, set_at = excluded.set_at, confirm_token = excluded.confirm_token,
            confirm_to = excluded.confirm_to, confirmed_at = excluded.confirmed_at,
            secret = coalesce(old.secret, excluded.secret), failures_in_row = 0, refused_since = NULL,
            rests_to = 'epoch', is_off = false
        """;

    // The link before it is good no more: the last letter is the one to look for. What the address has refused stays.
    private const string AskAgainSql = """
        UPDATE notices.addresses SET confirm_token = $4, confirm_to = $5
        WHERE participant = $1 AND channel = $2 AND address = $3 AND confirmed_at IS NULL
        """;

    private const string RemoveSql = "DELETE FROM notices.addresses WHERE participant = $1 AND channel = $2";

    private const string ConfirmSql = """
        UPDATE notices.addresses SET confirmed_at = $2, confirm_token = NULL, confirm_to = NULL
        WHERE confirm_token = $1 AND confirm_to > $3
        """;

    private const string SecretSql = """
        UPDATE notices.addresses SET previous_secret = secret, previous_to = $3, secret = $2
        WHERE participant = $1 AND channel = 3
        """;

    // Letters to an address that nobody has confirmed: few, or somebody could write to whomever through us.
    private const string AskedSql = """
        SELECT count(*) FROM notices.notices WHERE participant = $1 AND kind = $2 AND at > $3
        """;

    /// <summary>A participant's number; null where nobody has this id.</summary>
    public async Task<long?> FindNumber(string participant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(NumberSql).With(participant);
        return await command.ExecuteScalarAsync(cancellation) as long?;
    }

    /// <summary>In the order of the channels.</summary>
    public async Task<ImmutableArray<StoredAddress>> Read(long participant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql).With(participant);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var addresses = ImmutableArray.CreateBuilder<StoredAddress>();
        while (await row.ReadAsync(cancellation))
        {
            addresses.Add(new(
                new(
                    (NoticeChannel)row.GetInt16(0), row.GetString(1), !row.IsDBNull(2), row.GetBoolean(3),
                    row.GetInt32(4), row.InstantOrNull(6)),
                !row.IsDBNull(5)));
        }

        return addresses.DrainToImmutable();
    }

    /// <summary>How many letters to confirm an address somebody has had sent since an instant.</summary>
    public async Task<long> CountAsked(long participant, DateTimeOffset since, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(AskedSql)
            .With(participant).With(NoticeKinds.AddressConfirm).With(since.UtcDateTime);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The command that sets an address.</summary>
    /// <param name="at">By the economy's clock.</param>
    /// <param name="confirmToken">Null where nothing is to be confirmed.</param>
    /// <param name="confirmTo">By the host's clock.</param>
    /// <param name="secret">Of a webhook; kept where it has one.</param>
    public static NpgsqlBatchCommand Set(
        long participant, NoticeChannel channel, string address, DateTimeOffset at, string? confirmToken,
        DateTimeOffset? confirmTo, byte[]? secret) => new NpgsqlBatchCommand(SetSql)
        .With(participant).With((short)channel).With(address).With(at.UtcDateTime)
        .WithNullable(confirmToken, NpgsqlDbType.Text).WithNullable(confirmTo?.UtcDateTime, NpgsqlDbType.TimestampTz)
        .WithNullable(secret, NpgsqlDbType.Bytea);

    /// <summary>The command that gives an address which is not confirmed another link.</summary>
    /// <param name="confirmTo">By the host's clock.</param>
    public static NpgsqlBatchCommand AskAgain(
        long participant, NoticeChannel channel, string address, string confirmToken, DateTimeOffset confirmTo) =>
        new NpgsqlBatchCommand(AskAgainSql)
            .With(participant).With((short)channel).With(address).With(confirmToken).With(confirmTo.UtcDateTime);

    /// <summary>The command that removes an address.</summary>
    public static NpgsqlBatchCommand Remove(long participant, NoticeChannel channel) =>
        new NpgsqlBatchCommand(RemoveSql).With(participant).With((short)channel);

    /// <summary>Runs commands in one transaction.</summary>
    public async Task Run(params IReadOnlyList<NpgsqlBatchCommand> commands)
    {
        await using var batch = database.CreateBatch();
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>False where no address waits for it, or not any more.</summary>
    /// <param name="at">By the economy's clock.</param>
    /// <param name="now">By the host's.</param>
    public async Task<bool> Confirm(string token, DateTimeOffset at, DateTimeOffset now)
    {
        await using var command = database.CreateCommand(ConfirmSql)
            .With(token).With(at.UtcDateTime).With(now.UtcDateTime);
        return await command.ExecuteNonQueryAsync(CancellationToken.None) > 0;
    }

    /// <summary>Gives a webhook another secret; the one before counts for a time. False where there is no webhook.</summary>
    public async Task<bool> ChangeSecret(long participant, byte[] secret, DateTimeOffset previousTo)
    {
        await using var command = database.CreateCommand(SecretSql)
            .With(participant).With(secret).With(previousTo.UtcDateTime);
        return await command.ExecuteNonQueryAsync(CancellationToken.None) > 0;
    }
}

internal sealed record StoredAddress(AddressView View, bool HasSecret);
