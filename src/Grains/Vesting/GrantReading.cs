using System.Collections.Immutable;
using Npgsql;
using Stk.Grains.Activity;
using Stk.Grains.RuleBooks;
using Stk.Rules.Activity;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Vesting;

/// <summary>
/// What weekly grants stand on, and what is said of it so far: read from events, evidence and statements, judged by the rule
/// book of each grant's week.
/// </summary>
internal sealed class GrantReading(RuleBookTable ruleBooks)
{
    private const string VersionsSql = "SELECT week, rules_version FROM weeks.runs WHERE week = ANY($1)";

    private const string EventsSql = """
        SELECT asked.participant, event.week, event.type, event.at, source.name, event.uuid, event.source_id, event.day,
            event.days, named.referred, event.participant
        FROM unnest($1::bigint[], $2::integer[], $3::text[], $4::smallint[]) AS asked (participant, week, type, shard)
        -- Whose events the week has counted as theirs.
        CROSS JOIN LATERAL (
            SELECT asked.participant AS number, asked.shard UNION ALL
            SELECT identity.number, identity.shard FROM activity.survivors(asked.week) linked
            JOIN activity.participants identity ON identity.number = linked.identity
            WHERE linked.survivor = asked.participant) AS self
        JOIN activity.live_events event
            ON event.week = asked.week AND event.shard = self.shard AND event.participant = self.number
            AND event.type = asked.type
        JOIN activity.sources source ON source.id = event.source_id
        LEFT JOIN vesting.referrals named ON named.uuid = event.uuid AND named.source_id = event.source_id
        """;

    private const string EvidenceSql = $"""
        SELECT said.event, event.source_id, event.participant, event.type, event.at, source.name, event.uuid,
            said.approved, said.rating,
            EXISTS (
                SELECT FROM activity.events retraction
                WHERE retraction.retracts = event.uuid AND retraction.source_id = event.source_id
                    AND retraction.participant = event.participant
                    AND retraction.type = event.type || 'Retracted' AND retraction.outcome <> {SqlOutcomes.Late})
        FROM vesting.evidence said
        JOIN activity.events event ON event.uuid = said.uuid AND event.source_id = said.source_id
        JOIN activity.sources source ON source.id = event.source_id
        WHERE said.event = ANY($1) AND event.outcome <> {SqlOutcomes.Late}
        """;

    // Of sealed weeks, and of those who were sealed in them.
    private const string RivalsSql = $"""
        SELECT DISTINCT coalesce(linked.survivor, event.participant), event.week, event.type,
            coalesce(linked.shard, event.shard)
        FROM vesting.referrals named
        JOIN activity.events event ON event.uuid = named.uuid AND event.source_id = named.source_id
        LEFT JOIN LATERAL (
            SELECT survivor, shard FROM activity.survivors(event.week) WHERE identity = event.participant) AS linked ON true
        WHERE named.referred = ANY($1) AND event.outcome <> {SqlOutcomes.Late} AND EXISTS (
            SELECT FROM weeks.seals sealed
            WHERE sealed.week = event.week AND sealed.shard = coalesce(linked.shard, event.shard)
                AND sealed.participant = coalesce(linked.survivor, event.participant) AND sealed.type = event.type)
        """;

    private const string IdsSql = "SELECT number, id FROM activity.participants WHERE number = ANY($1)";

    private const string StatementsSql = """
        SELECT participant.id, statement.week FROM activity.participants participant
        JOIN weeks.statements statement ON statement.participant = participant.number
        WHERE participant.id = ANY($1)
        """;

    /// <summary>One for each, in the order given.</summary>
    /// <param name="connection">In whose transaction, or snapshot, it is read.</param>
    /// <param name="asked">Of weekly rewards alone.</param>
    /// <exception cref="InvalidDataException">What is stored was altered.</exception>
    public async Task<ImmutableArray<JudgedGrant>> Judge(
        NpgsqlConnection connection, IReadOnlyList<AskedGrant> asked, CancellationToken cancellation)
    {
        if (asked.Count == 0)
        {
            return [];
        }

        Dictionary<int, RuleBook> books = [];
        await ReadBooks(connection, asked.Select(one => one.Weekly.Week.Number), books, cancellation);
        var stood = await ReadEvents(
            connection, [.. asked.Select(one => (one.Group, (short)one.Grant.Shard)).Distinct()], cancellation);
        var counted = asked.Select(one => Counted(one, stood, books)).ToList();
        var facts = new GrantFacts(
            await ReadEvidence(connection, counted.SelectMany(events => events), cancellation),
            await ReadReferrals(connection, asked.Zip(counted), books, cancellation));
        return
        [
            .. asked.Zip(counted, (one, events) => facts.Judge(one, Condition(one, books), events)),
        ];
    }

    private static VestingCondition? Condition(AskedGrant asked, Dictionary<int, RuleBook> books) =>
        books[asked.Weekly.Week.Number].Vesting.Of(asked.Weekly.Type);

    private static ImmutableArray<StoodEvent> Counted(
        AskedGrant asked, ILookup<EventGroup, StoodEvent> stood, Dictionary<int, RuleBook> books) =>
        Counted(asked.Group, stood[asked.Group], books, asked.Grant.VestsDays);

    private static ImmutableArray<StoodEvent> Counted(
        EventGroup group, IEnumerable<StoodEvent> stood, Dictionary<int, RuleBook> books, int vestsDays)
    {
        if (books[group.Week].Weighted(group.Type) is not { } rule)
        {
            throw new InvalidDataException($"a grant of week {group.Week} is of {group.Type}, which its rule book does not know");
        }

        var byPlace = stood.ToDictionary(one => one.Place);
        return
        [
            .. CountedEvents.Of(
                byPlace.Values.Select(one => new SealedEvent(one.Place, one.Day, EventShape.VestsDays(one.Days, rule))),
                rule, vestsDays).Select(counted => byPlace[counted.Place]),
        ];
    }

    private async Task ReadBooks(
        NpgsqlConnection connection, IEnumerable<int> weeks, Dictionary<int, RuleBook> books,
        CancellationToken cancellation)
    {
        var versions = new List<(int Week, int Version)>();
        int[] unknown = [.. weeks.Distinct().Where(week => !books.ContainsKey(week))];
        await using (var command = new NpgsqlCommand(VersionsSql, connection).With(unknown))
        {
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                versions.Add((row.GetInt32(0), row.GetInt32(1)));
            }
        }

        foreach (var (week, version) in versions)
        {
            books.Add(week, await ruleBooks.ReadVersion(version, cancellation));
        }

        foreach (var week in unknown.Where(week => !books.ContainsKey(week)))
        {
            throw new InvalidDataException($"there is a grant of week {week}, which is not sealed");
        }
    }

    private static async Task<ILookup<EventGroup, StoodEvent>> ReadEvents(
        NpgsqlConnection connection, IReadOnlyList<(EventGroup Group, short Shard)> groups, CancellationToken cancellation)
    {
        var events = new List<(EventGroup Group, StoodEvent Event)>();
        await using var command = new NpgsqlCommand(EventsSql, connection)
            .With(groups.Column(one => one.Group.Participant)).With(groups.Column(one => one.Group.Week))
            .With(groups.Column(one => one.Group.Type)).With(groups.Column(one => one.Shard));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            events.Add((
                new(row.GetInt64(0), row.GetInt32(1), row.GetString(2)),
                new(
                    new(row.Instant(3), row.GetString(4), row.GetGuid(5)), row.GetInt32(6), row.GetInt64(10),
                    row.GetFieldValue<DateOnly>(7), row.IsDBNull(8) ? null : row.GetInt16(8), row.TextOrNull(9))));
        }

        return events.ToLookup(one => one.Group, one => one.Event);
    }

    private static async Task<ILookup<(Guid, int, long), Evidence>> ReadEvidence(
        NpgsqlConnection connection, IEnumerable<StoodEvent> events, CancellationToken cancellation)
    {
        var evidence = new List<((Guid Event, int Source, long Participant) Of, Evidence Said)>();
        await using var command = new NpgsqlCommand(EvidenceSql, connection)
            .With(events.Select(one => one.Place.Uuid).Distinct().ToArray());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            if (ControlEvents.EvidenceOf(row.GetString(3)) is { } kind)
            {
                evidence.Add((
                    (row.GetGuid(0), row.GetInt32(1), row.GetInt64(2)),
                    new(
                        new(row.Instant(4), row.GetString(5), row.GetGuid(6)), kind,
                        row.IsDBNull(7) ? null : row.GetBoolean(7), row.IsDBNull(8) ? null : row.GetInt16(8),
                        row.GetBoolean(9))));
            }
        }

        return evidence.ToLookup(one => one.Of, one => one.Said);
    }

    // Whom the grants' events name, who has named the same people, and in which weeks those have statements.
    private async Task<Referrals> ReadReferrals(
        NpgsqlConnection connection, IEnumerable<(AskedGrant Asked, ImmutableArray<StoodEvent> Events)> grants,
        Dictionary<int, RuleBook> books, CancellationToken cancellation)
    {
        string[] names =
        [
            .. grants.Where(one => Condition(one.Asked, books)?.Evidence == EvidenceKind.Referred)
                .SelectMany(one => one.Events).Select(one => one.Referred).OfType<string>().Distinct(),
        ];
        if (names.Length == 0)
        {
            return Referrals.None;
        }

        var groups = await ReadRivals(connection, names, cancellation);
        await ReadBooks(connection, groups.Select(one => one.Group.Week), books, cancellation);
        var stood = await ReadEvents(connection, groups, cancellation);
        var named = names.ToHashSet(StringComparer.Ordinal);
        var rivals = groups.SelectMany(one => AllCounted(one.Group, stood[one.Group], books))
            .Where(one => one.Referred is { } name && named.Contains(name)).ToList();
        var ids = await ReadIds(connection, [.. rivals.Select(one => one.Participant).Distinct()], cancellation);
        ImmutableArray<NamedReferral> all =
        [
            .. rivals.Select(one => new NamedReferral(
                one.Place, ids.GetValueOrDefault(one.Participant, $"erased-{one.Participant}"), one.Referred)),
        ];
        var claims = all.Zip(ReferralClaims.Of(all)).ToDictionary(pair => pair.First.Place, pair => pair.Second);
        return new(claims, await ReadStatements(connection, names, cancellation));
    }

    private static IEnumerable<StoodEvent> AllCounted(
        EventGroup group, IEnumerable<StoodEvent> stood, Dictionary<int, RuleBook> books)
    {
        var events = stood.ToList();
        var rule = books[group.Week].Weighted(group.Type);
        return rule is null
            ? []
            : events.Select(one => EventShape.VestsDays(one.Days, rule)).Distinct()
                .SelectMany(days => Counted(group, events, books, days));
    }

    private static async Task<List<(EventGroup Group, short Shard)>> ReadRivals(
        NpgsqlConnection connection, string[] names, CancellationToken cancellation)
    {
        var groups = new List<(EventGroup, short)>();
        await using var command = new NpgsqlCommand(RivalsSql, connection).With(names);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            groups.Add((new(row.GetInt64(0), row.GetInt32(1), row.GetString(2)), row.GetInt16(3)));
        }

        return groups;
    }

    private static async Task<Dictionary<long, string>> ReadIds(
        NpgsqlConnection connection, long[] numbers, CancellationToken cancellation)
    {
        var ids = new Dictionary<long, string>();
        await using var command = new NpgsqlCommand(IdsSql, connection).With(numbers);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            ids.Add(row.GetInt64(0), row.GetString(1));
        }

        return ids;
    }

    private static async Task<ILookup<string, WeekId>> ReadStatements(
        NpgsqlConnection connection, string[] names, CancellationToken cancellation)
    {
        var weeks = new List<(string Id, WeekId Week)>();
        await using var command = new NpgsqlCommand(StatementsSql, connection).With(names);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            weeks.Add((row.GetString(0), WeekId.OfNumber(row.GetInt32(1))));
        }

        return weeks.ToLookup(one => one.Id, one => one.Week, StringComparer.Ordinal);
    }
}
