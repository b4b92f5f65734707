using System.Collections.Immutable;
using Stk.Grains.Treasury;

namespace Stk.Verification;

/// <summary>
/// Every sort of thing that is in the log and in a table. Whoever brings one adds it to <see cref="All"/>. Texts that
/// somebody has written stand in it as their hash: what is printed of a violation quotes nobody. Of the log's JSON nothing
/// is cast: who has altered a row must not be able to end the check.
/// </summary>
internal static class LoggedKinds
{
    private const string ParticipantOf = "coalesce(participant.id, 'erased-' || ";

    // Funds and kinds of spending as the log names them.
    private const string FundName = "(ARRAY['rewards', 'treasury', 'startup', 'team', 'liquidity'])[spend.fund]";

    // An instant that may be cast, and one to the microsecond as text.
    private const string InstantPattern = @"'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)$'";
    private const string Micros = "'YYYY-MM-DD HH24:MI:SS.US'";

    private const string KindName =
        "(ARRAY['grant', 'contract', 'project', 'startup', 'team', 'liquidity'])[spend.kind]";

    private static readonly LoggedKind AskedSpends = new(
        "spending.fund_spends",
        $"""
        SELECT 'asked ' || spend.id, jsonb_build_object(
            'by', asked_by, 'at', asked_at, 'reason', {Hash("reason")}, 'to', {ParticipantOf}receiver), 'fund', {FundName},
            'amount', {InStk("amount_micro")}, 'kind', {KindName}, 'vestsDays', vests_days,
            'state', CASE WHEN state = {SqlFundSpends.Paid} AND decided_by IS NULL THEN 'paid' ELSE 'waiting' END)
        FROM spending.fund_spends spend LEFT JOIN activity.participants participant ON participant.number = receiver
        """,
        $"""
        SELECT 'asked ' || (after ->> 'id'), jsonb_build_object(
            'by', by, 'at', at, 'reason', {Hash("reason")}, 'to', subject, 'fund', after -> 'fund',
            'amount', after -> 'amount', 'kind', after -> 'kind', 'vestsDays', after -> 'vestsDays',
            'state', after -> 'state')
        FROM logged WHERE action = 'fund.spend'
        """);

    private static readonly LoggedKind DecidedSpends = new(
        "spending.fund_spends",
        $"""
        SELECT 'decided ' || id, jsonb_build_object(
            'by', decided_by, 'at', decided_at, 'reason', {Hash("decided_reason")},
            'state', CASE state WHEN {SqlFundSpends.Paid} THEN 'paid' WHEN {SqlFundSpends.Rejected} THEN 'rejected' END)
        FROM spending.fund_spends WHERE decided_by IS NOT NULL OR state = {SqlFundSpends.Rejected}
        """,
        $"""
        SELECT 'decided ' || (after ->> 'id'), jsonb_build_object(
            'by', by, 'at', at, 'reason', {Hash("reason")}, 'state', after -> 'state')
        FROM logged WHERE action IN ('fund.approve', 'fund.reject')
        """);

    private static readonly LoggedKind Refunds = new(
        "spending.refunds",
        $"""
        SELECT refund.id::text, jsonb_build_object(
            'by', refund.by, 'at', refund.at, 'reason', {Hash("refund.reason")}, 'purchase', refund.purchase,
            'of', {ParticipantOf}purchase.buyer), 'amount', {InStk("purchase.price_micro")})
        FROM spending.refunds refund LEFT JOIN spending.purchases purchase ON purchase.id = refund.purchase
        LEFT JOIN activity.participants participant ON participant.number = purchase.buyer
        """,
        $"""
        SELECT after ->> 'refund', jsonb_build_object(
            'by', by, 'at', at, 'reason', {Hash("reason")}, 'purchase', before -> 'purchase', 'of', subject,
            'amount', after -> 'amount')
        FROM logged WHERE action = 'purchase.refund'
        """);

    // An entry says what the participant's profile came to; a change that leaves the one as it was says nothing of it. It
    // names its change; those from before say in their order which they are, of several at one instant.
    private static readonly LoggedKind ProfileChanges = new(
        "activity.profile_changes",
        $"""
        SELECT format('%s at %s', {ParticipantOf}change.participant), change.at), jsonb_build_object(
            'by', change.by, 'reason', {Hash("change.reason")},
            'level', coalesce(to_jsonb(change.level), entry.after -> 'level'),
            'excluded', coalesce(to_jsonb(change.excluded), entry.after -> 'excluded'), 'stands', change.stands,
            'takesBackLevel', change.takes_back_level, 'takesBackExclusion', change.takes_back_exclusion,
            'change', CASE WHEN entry.after ->> 'change' IS NOT NULL THEN change.uuid END)
        FROM (
            SELECT *, row_number() OVER (PARTITION BY participant, at ORDER BY uuid) AS place
            FROM activity.profile_changes) AS change
        LEFT JOIN activity.participants participant ON participant.number = change.participant
        LEFT JOIN (
            SELECT subject, at, after, row_number() OVER (PARTITION BY subject, at ORDER BY sequence) AS place
            FROM logged WHERE action = 'participant.change') AS entry
            ON entry.subject = participant.id AND entry.at = change.at
                AND coalesce(entry.after ->> 'change' = change.uuid::text, entry.place = change.place)
        """,
        $"""
        SELECT format('%s at %s', subject, at), jsonb_build_object(
            'by', by, 'reason', {Hash("reason")}, 'level', after -> 'level', 'excluded', after -> 'excluded',
            'stands', coalesce(after -> 'stands', 'false'), 'takesBackLevel', coalesce(after -> 'takesBackLevel', 'false'),
            'takesBackExclusion', coalesce(after -> 'takesBackExclusion', 'false'), 'change', after -> 'change')
        FROM logged WHERE action = 'participant.change'
        """);

    // Of a service only the newest version has a state. To admit again what is admitted makes an entry and no version. The
    // first versions of the source document's catalogue are the schema's: nobody has entered them.
    private static readonly LoggedKind Services = new(
        "spending.service_versions",
        """
        SELECT format('service %s, version %s', version.service, version.version), jsonb_build_object(
            'by', version.by, 'name', name, 'description', description, 'price', trim_scale(price_micro * 0.000001)::text,
            'split', (
                SELECT jsonb_agg(jsonb_build_object('role', role, 'shareBp', share_bp) ORDER BY place)
                FROM unnest(roles, shares_bp) WITH ORDINALITY AS share (role, share_bp, place)),
            'term', jsonb_build_object('days', days, 'months', months, 'sessions', sessions),
            'recipients', coalesce((
                SELECT jsonb_object_agg(role, coalesce(participant.id, 'erased-' || recipient.participant))
                FROM spending.service_recipients recipient
                LEFT JOIN activity.participants participant ON participant.number = recipient.participant
                WHERE recipient.service = version.service AND recipient.version = version.version), '{}'),
            'state', service.state, 'provider', provider.id)
        FROM spending.service_versions version
        LEFT JOIN spending.services service ON service.id = version.service AND service.version = version.version
        LEFT JOIN activity.participants provider ON provider.number = service.provider
        """,
        """
        SELECT format('service %s, version %s', said.service, said.version), jsonb_build_object(
            'by', by, 'name', after -> 'name', 'description', after -> 'description', 'price', after -> 'price',
            'split', after -> 'split', 'term', after -> 'term', 'recipients', after -> 'recipients',
            'state', CASE WHEN newest.id IS NOT NULL THEN after -> 'state' END,
            'provider', CASE WHEN newest.id IS NOT NULL THEN after -> 'provider' END)
        FROM (
            SELECT DISTINCT ON (after ->> 'id', after ->> 'version')
                after ->> 'id' AS service, after ->> 'version' AS version, by, after
            FROM (
                SELECT sequence, by, after FROM logged
                WHERE action LIKE 'service.%'
                UNION ALL
                SELECT 0, 'source document 3.0', jsonb_build_object(
                    'id', id, 'version', 1, 'name', name, 'description', '', 'price', price, 'state', 2, 'provider', null,
                    'split', jsonb_build_array(
                        jsonb_build_object('role', role, 'shareBp', share_bp),
                        jsonb_build_object('role', 'treasury', 'shareBp', 10000 - share_bp)),
                    'term', jsonb_build_object('days', null, 'months', months, 'sessions', sessions),
                    'recipients', '{}'::jsonb)
                FROM (VALUES
                    ('course_basic', 'Базовый курс', '500', 'author', 7000, NULL, NULL),
                    ('mentor_session_1h', 'Сессия с ментором (1 час)', '200', 'mentor', 8000, NULL, 1),
                    ('ai_agent_premium', 'Премиум ИИ-агент (месяц)', '1000', 'developer', 6000, 1, NULL))
                    AS first (id, name, price, role, share_bp, months, sessions)) AS entry
            ORDER BY after ->> 'id', after ->> 'version', sequence) AS said
        LEFT JOIN spending.services newest ON newest.id = said.service AND newest.version::text = said.version
        """);

    // Version 1 is the source document's, and looked at by itself.
    private static readonly LoggedKind RuleBooks = new(
        "economy.rule_books",
        """
        SELECT format('from %s-W%s', left(effective_from::text, 4), right(effective_from::text, 2)), jsonb_build_object(
            'by', announced_by, 'at', announced_at, 'approval', approval,
            'document', convert_from(document, 'UTF8')::jsonb)
        FROM economy.rule_books WHERE version > 1 AND version <> ALL ($2)
        """,
        """
        SELECT 'from ' || subject, jsonb_build_object(
            'by', coalesce(after ->> 'askedBy', by), 'at', at,
            'approval', CASE action WHEN 'rules.announce' THEN after -> 'approval' END,
            'document', CASE action WHEN 'rules.propose' THEN after ELSE after -> 'document' END)
        FROM logged WHERE action IN ('rules.propose', 'rules.announce')
        """);

    // The newest entry of a source is what it is. One that has only sent events has none. A watermark that pulls have moved
    // since stands on their reads (I36).
    private static readonly LoggedKind Sources = new(
        "activity.sources",
        $"""
        SELECT name, jsonb_build_object(
            'completeTo', CASE WHEN EXISTS (
                SELECT FROM sources.pull_reads read
                WHERE read.source_id = source.id AND is_moved AND to_at = complete_to) THEN (
                    SELECT date_trunc('milliseconds', {Instant("after ->> 'completeTo'")}) FROM logged
                    WHERE action = 'source.change' AND subject = source.name ORDER BY sequence DESC LIMIT 1)
                ELSE date_trunc('milliseconds', complete_to) END,
            'required', required, 'settings', settings::jsonb)
        FROM activity.sources source
        WHERE required OR complete_to IS NOT NULL OR settings IS NOT NULL
            OR EXISTS (SELECT FROM logged WHERE action = 'source.change' AND subject = source.name)
        """,
        $"""
        SELECT subject, jsonb_build_object(
            'completeTo', date_trunc('milliseconds', {Instant("after ->> 'completeTo'")}),
            'required', after -> 'required', 'settings', after -> 'settings')
        FROM (
            SELECT DISTINCT ON (subject) subject, after FROM logged WHERE action = 'source.change'
            ORDER BY subject, sequence DESC) AS newest
        """);

    private static readonly LoggedKind Voids = new(
        "sources.voids",
        $"""
        SELECT 'void ' || void.id, jsonb_build_object(
            'of', source.name, 'by', asked_by, 'approvedBy', approved_by, 'at', at, 'reason', {Hash("reason")},
            'from', received_from, 'to', received_to, 'types', types)
        FROM sources.voids void JOIN activity.sources source ON source.id = void.source_id
        UNION ALL
        SELECT 'lift of ' || lift.void, jsonb_build_object(
            'of', source.name, 'by', lift.asked_by, 'approvedBy', lift.approved_by, 'at', lift.at,
            'reason', {Hash("lift.reason")}, 'approval', lift.approval)
        FROM sources.void_lifts lift JOIN sources.voids void ON void.id = lift.void
        JOIN activity.sources source ON source.id = void.source_id
        """,
        $"""
        SELECT 'void ' || (after ->> 'approval'), jsonb_build_object(
            'of', subject, 'by', after -> 'askedBy', 'approvedBy', by, 'at', at, 'reason', {Hash("reason")},
            'from', {Instant("after ->> 'receivedFrom'")}, 'to', {Instant("after ->> 'receivedTo'")},
            'types', after -> 'types')
        FROM logged WHERE action = 'source.void'
        UNION ALL
        SELECT 'lift of ' || (after ->> 'lifted'), jsonb_build_object(
            'of', subject, 'by', after -> 'askedBy', 'approvedBy', by, 'at', at, 'reason', {Hash("reason")},
            'approval', after -> 'approval')
        FROM logged WHERE action = 'source.lift-void'
        """);

    // Weeks that are held against a source by themselves nobody has asked for.
    private static readonly LoggedKind AskedPulls = new(
        "sources.backfills",
        $"""
        SELECT 'past ' || one.id, jsonb_build_object(
            'of', source.name, 'by', asked_by, 'at', asked_at, 'reason', {Hash("one.reason")}, 'from', from_at, 'to', to_at)
        FROM sources.backfills one JOIN activity.sources source ON source.id = one.source_id
        UNION ALL
        SELECT 'week ' || one.id, jsonb_build_object(
            'of', source.name, 'by', asked_by, 'at', asked_at, 'reason', {Hash("one.reason")},
            'week', format('%s-W%s', left(week::text, 4), right(week::text, 2)))
        FROM sources.week_checks one JOIN activity.sources source ON source.id = one.source_id
        WHERE asked_by IS NOT NULL
        """,
        $"""
        SELECT 'past ' || (after ->> 'id'), jsonb_build_object(
            'of', subject, 'by', by, 'at', at, 'reason', {Hash("reason")},
            'from', {Instant("after ->> 'from'")}, 'to', {Instant("after ->> 'to'")})
        FROM logged WHERE action = 'source.backfill'
        UNION ALL
        SELECT 'week ' || (after ->> 'id'), jsonb_build_object(
            'of', subject, 'by', by, 'at', at, 'reason', {Hash("reason")}, 'week', after -> 'week')
        FROM logged WHERE action = 'source.reconcile'
        """);

    private static readonly LoggedKind Links = new(
        "activity.links",
        $"""
        SELECT {ParticipantOf}link.identity), jsonb_build_object(
            'by', link.by, 'at', link.at, 'reason', {Hash("link.reason")},
            'isOwn', link.survivor = link.identity)
        FROM activity.links link LEFT JOIN activity.participants participant ON participant.number = link.identity
        WHERE link.merge IS NULL
        """,
        $"""
        SELECT subject, jsonb_build_object(
            'by', by, 'at', at, 'reason', {Hash("reason")}, 'isOwn', after ->> 'participant' = subject)
        FROM logged WHERE action = 'identity.link'
        """);

    // How many ids they were is held against the links by their own invariant.
    private static readonly LoggedKind Merges = new(
        "activity.merges",
        $"""
        SELECT 'merge ' || merge.id, jsonb_build_object(
            'of', {ParticipantOf}merge.merged), 'by', merge.by, 'at', merge.at, 'reason', {Hash("merge.reason")})
        FROM activity.merges merge LEFT JOIN activity.participants participant ON participant.number = merge.merged
        UNION ALL
        SELECT 'undo of ' || merge.id, jsonb_build_object(
            'of', {ParticipantOf}merge.merged), 'by', undone_by, 'at', undone_at, 'reason', {Hash("undone_reason")})
        FROM activity.merges merge LEFT JOIN activity.participants participant ON participant.number = merge.merged
        WHERE undone_at IS NOT NULL
        """,
        $"""
        SELECT CASE action WHEN 'identity.merge' THEN 'merge ' ELSE 'undo of ' END || (after ->> 'merge'),
            jsonb_build_object('of', subject, 'by', by, 'at', at, 'reason', {Hash("reason")})
        FROM logged WHERE action IN ('identity.merge', 'identity.undo-merge')
        """);

    // A week may be asked to close for several reasons; the run keeps one of them.
    private static readonly LoggedKind Overrides = new(
        "weeks.runs",
        $"""
        SELECT format('week %s', week), jsonb_build_object('by', override_by, 'reason', {Hash("override_reason")})
        FROM weeks.runs WHERE override_reason IS NOT NULL OR override_by IS NOT NULL
        """,
        $"""
        SELECT DISTINCT format('week %s', week), jsonb_build_object('by', override_by, 'reason', {Hash("override_reason")})
        FROM weeks.runs
        JOIN logged ON action = 'week.close' AND replace(subject, '-W', '') = week::text AND reason = override_reason
            AND coalesce(after ->> 'askedBy', by) = override_by
        """);

    // A week is let go on once; whoever asks again is in the log, and changes nothing.
    private static readonly LoggedKind BoundOverrides = new(
        "weeks.bound_overrides",
        $"""
        SELECT format('week %s', week), jsonb_build_object(
            'by', asked_by, 'approvedBy', approved_by, 'at', at, 'beyond', beyond, 'reason', {Hash("reason")})
        FROM weeks.bound_overrides
        """,
        $"""
        SELECT format('week %s', replace(subject, '-W', '')), jsonb_build_object(
            'by', coalesce(after ->> 'askedBy', by), 'approvedBy', after ->> 'approvedBy', 'at', at,
            'beyond', after ->> 'beyond', 'reason', {Hash("reason")})
        FROM (
            SELECT DISTINCT ON (subject) * FROM logged WHERE action = 'week.close' AND after ->> 'beyond' IS NOT NULL
            ORDER BY subject, sequence) AS first
        """);

    private static readonly LoggedKind Revocations = new(
        "revocations.tokens",
        $"""
        SELECT coalesce('token ' || token, 'subject ' || subject), jsonb_build_object(
            'by', by, 'at', at, 'reason', {Hash("reason")}, 'role', role,
            'before', to_char(before AT TIME ZONE 'UTC', {Micros}))
        FROM revocations.tokens
        """,
        $"""
        SELECT coalesce('token ' || (after ->> 'jti'), 'subject ' || coalesce(after ->> 'subject', subject)),
            jsonb_build_object(
                'by', by, 'at', at, 'reason', {Hash("reason")},
                'role', CASE action WHEN 'participant.suspend' THEN 'participant' END,
                'before', CASE WHEN after ->> 'before' ~ {InstantPattern}
                    THEN to_char((after ->> 'before')::timestamptz AT TIME ZONE 'UTC', {Micros}) END)
        FROM logged WHERE action IN ('token.revoke', 'participant.suspend')
        """);

    private static readonly LoggedKind Suspensions = new(
        "suspensions.changes",
        $"""
        SELECT {ParticipantOf}change.participant), jsonb_build_object(
            'by', change.by, 'at', change.at, 'reason', {Hash("change.reason")}, 'suspended', is_suspended,
            'approval', approval)
        FROM suspensions.changes change
        LEFT JOIN activity.participants participant ON participant.number = change.participant
        """,
        $"""
        SELECT subject, jsonb_build_object(
            'by', by, 'at', at, 'reason', {Hash("reason")}, 'suspended', after -> 'suspended',
            'approval', after ->> 'approval')
        FROM logged WHERE action IN ('participant.suspend', 'participant.lift')
        """);

    // Those of before there were entries say nobody.
    private static readonly LoggedKind SignIns = new(
        "economy.sign_ins",
        "SELECT code, jsonb_build_object('by', by, 'at', at) FROM economy.sign_ins WHERE by IS NOT NULL",
        "SELECT subject, jsonb_build_object('by', by, 'at', at) FROM logged WHERE action = 'operator.sign-in'");

    private static readonly LoggedKind Leaves = new(
        "inactivity.leaves",
        $"""
        SELECT {ParticipantOf}leave.participant), jsonb_build_object(
            'by', leave.by, 'at', leave.at, 'reason', {Hash("leave.reason")}, 'from', first_day, 'to', last_day)
        FROM inactivity.leaves leave
        LEFT JOIN activity.participants participant ON participant.number = leave.participant
        """,
        $"""
        SELECT subject, jsonb_build_object(
            'by', by, 'at', at, 'reason', {Hash("reason")}, 'from', after -> 'from', 'to', after -> 'to')
        FROM logged WHERE action = 'participant.leave'
        """);

    private static readonly LoggedKind AppealDecisions = new(
        "inactivity.decisions",
        $"""
        SELECT decision.appeal::text, jsonb_build_object(
            'by', decision.by, 'at', decision.at, 'reason', {Hash("decision.reason")},
            'of', {ParticipantOf}appeal.participant),
            'quarter', left(appeal.quarter::text, 4) || '-Q' || right(appeal.quarter::text, 1),
            'state', CASE WHEN decision.is_accepted THEN 'accepted' ELSE 'rejected' END,
            'spared', {InStk("decision.spared_micro")}, 'signed', decision.person)
        FROM inactivity.decisions decision LEFT JOIN inactivity.appeals appeal ON appeal.id = decision.appeal
        LEFT JOIN activity.participants participant ON participant.number = appeal.participant
        """,
        $"""
        SELECT after ->> 'appeal', jsonb_build_object(
            'by', by, 'at', at, 'reason', {Hash("reason")}, 'of', subject, 'quarter', after -> 'quarter',
            'state', after -> 'state', 'spared', after -> 'spared', 'signed', after -> 'signed')
        FROM logged WHERE action IN ('appeal.decide', 'appeal.accept')
        """);

    private static readonly LoggedKind Skips = new(
        "schedule.skips",
        $"""
        SELECT kind || ' ' || subject, jsonb_build_object('by', by, 'at', at, 'reason', {Hash("reason")})
        FROM schedule.skips
        """,
        $"""
        SELECT subject, jsonb_build_object('by', by, 'at', at, 'reason', {Hash("reason")})
        FROM logged WHERE action = 'schedule.skip'
        """);

    private static readonly LoggedKind GrantDecisions = new(
        "vesting.decisions",
        $"""
        SELECT decision.transaction_id::text, jsonb_build_object(
            'by', decision.by, 'at', decision.decided_at, 'reason', {Hash("decision.because")},
            'of', {ParticipantOf}decision.participant), 'released', {InStk("decision.released_micro")},
            'cancelled', {InStk("decision.cancelled_micro")})
        FROM vesting.decisions decision
        LEFT JOIN activity.participants participant ON participant.number = decision.participant
        WHERE decision.by IS NOT NULL
        """,
        $"""
        SELECT after ->> 'decision', jsonb_build_object(
            'by', by, 'at', at, 'reason', {Hash("reason")}, 'of', subject, 'released', after -> 'released',
            'cancelled', after -> 'cancelled')
        FROM logged WHERE action IN ('vesting.decide', 'vesting.release')
        """);

    private static readonly LoggedKind Corrections = new(
        "weeks.corrections",
        $"""
        SELECT correction.transaction_id::text, jsonb_build_object(
            'by', correction.by, 'at', correction.at, 'reason', {Hash("correction.reason")},
            'of', {ParticipantOf}correction.participant), 'amount', {InStk("correction.amount_micro")},
            'week', format('%s-W%s', left(correction.week::text, 4), right(correction.week::text, 2)),
            'revision', correction.revision)
        FROM weeks.corrections correction
        LEFT JOIN activity.participants participant ON participant.number = correction.participant
        """,
        $"""
        SELECT after ->> 'correction', jsonb_build_object(
            'by', by, 'at', at, 'reason', {Hash("reason")}, 'of', subject, 'amount', after -> 'amount',
            'week', after -> 'week', 'revision', after -> 'revision')
        FROM logged WHERE action = 'week.correct'
        """);

    /// <summary>In the order they are looked at.</summary>
    public static ImmutableArray<LoggedKind> All { get; } =
    [
        AskedSpends, DecidedSpends, Refunds, ProfileChanges, Services, RuleBooks, Sources, Voids, AskedPulls, Links, Merges,
        Overrides, BoundOverrides, Revocations, SignIns, Suspensions, GrantDecisions, Leaves, AppealDecisions, Skips,
        Corrections,
        .. LoggedSignatures.All, .. LoggedDeliveries.All,
    ];

    /// <summary>What stands for a text that somebody has written.</summary>
    public static string Hash(string text) => $"left(encode(sha256(convert_to({text}, 'UTF8')), 'hex'), 32)";

    /// <summary>An instant of the log's JSON, to the microsecond that a column keeps; null where it is none.</summary>
    public static string Instant(string text) => $"""
        CASE WHEN {text} ~ {InstantPattern} THEN date_trunc('microseconds', ({text})::timestamptz) END
        """;

    // Never by a division, which rounds.
    private static string InStk(string micro) => $"trim_scale({micro} * 0.000001)::text";
}
