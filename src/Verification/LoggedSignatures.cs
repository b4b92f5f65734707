using System.Collections.Immutable;

namespace Stk.Verification;

/// <summary>
/// The part of <see cref="LoggedKinds"/> that says who acts as an operator, what waits for a second person, and what two have
/// done. An act that moves nothing has one entry whose action is its kind and that names the approval.
/// </summary>
internal static class LoggedSignatures
{
    private static readonly LoggedKind Register = new(
        "operators.register",
        """
        SELECT format('%s as %s', subject, role), jsonb_build_object(
            'by', by, 'at', at, 'issuer', issuer, 'person', person, 'participant', participant, 'since', since,
            'until', until, 'approval', approval, 'takenOver', taken_over)
        FROM operators.register
        """,
        $"""
        SELECT format('%s as %s', entered ->> 'subject', entered ->> 'role'), jsonb_build_object(
            'by', by, 'at', at, 'issuer', entered -> 'issuer', 'person', entered -> 'person',
            'participant', entered -> 'participant', 'since', {LoggedKinds.Instant("entered ->> 'since'")},
            'until', {LoggedKinds.Instant("entered ->> 'until'")}, 'approval', approval,
            'takenOver', coalesce(entered -> 'takenOver', 'false'))
        FROM (
            SELECT by, at, after -> 'approval' AS approval,
                CASE action WHEN 'operator.enter' THEN after ELSE after -> 'entered' END AS entered
            FROM logged WHERE action IN ('operator.enter', 'operators.add')) AS entry
        """);

    private static readonly LoggedKind Ends = new(
        "operators.ends",
        "SELECT 'entry ' || entry, jsonb_build_object('by', by, 'at', at, 'approval', approval) FROM operators.ends",
        """
        SELECT 'entry ' || (after ->> 'ended'), jsonb_build_object('by', by, 'at', at, 'approval', after -> 'approval')
        FROM logged WHERE action = 'operators.end'
        """);

    private static readonly LoggedKind Confirmations = new(
        "operators.confirmations",
        $"""
        SELECT 'entry ' || entry, jsonb_build_object('by', by, 'at', at, 'reason', {LoggedKinds.Hash("reason")})
        FROM operators.confirmations
        """,
        $"""
        SELECT 'entry ' || (after ->> 'confirmed'), jsonb_build_object(
            'by', by, 'at', at, 'reason', {LoggedKinds.Hash("reason")})
        FROM logged WHERE action = 'operators.confirm'
        """);

    // What is asked of a fund is an entry of its own sort.
    private static readonly LoggedKind Asked = new(
        "approvals.requests",
        $"""
        SELECT 'id ' || id, jsonb_build_object(
            'kind', kind, 'by', asked_by, 'at', asked_at, 'person', person, 'reason', {LoggedKinds.Hash("reason")},
            'subject', subject, 'act', act::jsonb, 'participants', gains_participants, 'persons', gains_persons,
            'expires', expires_at = asked_at + interval '336 hours')
        FROM approvals.requests
        """,
        $"""
        SELECT 'id ' || (after ->> 'approval'), jsonb_build_object(
            'kind', after -> 'kind', 'by', by, 'at', at, 'person', after -> 'person', 'reason', {LoggedKinds.Hash("reason")},
            'subject', subject, 'act', after -> 'act', 'participants', after -> 'gainingParticipants',
            'persons', after -> 'gainingPersons', 'expires', true)
        FROM logged WHERE action = 'approval.ask'
        UNION ALL
        SELECT 'id ' || (after ->> 'id'), jsonb_build_object(
            'kind', 'fund.spend', 'by', by, 'at', at, 'person', coalesce(after ->> 'person', by),
            'reason', {LoggedKinds.Hash("reason")}, 'subject', subject,
            'act', jsonb_build_object(
                'fund', after -> 'fund', 'to', subject, 'amount', after -> 'amount', 'kind', after -> 'kind',
                'vestsDays', after -> 'vestsDays'),
            'participants', jsonb_build_array(subject), 'persons', jsonb_build_array(), 'expires', true)
        FROM logged
        WHERE action = 'fund.spend' AND after ->> 'state' = 'waiting'
            -- Those that were approved before there was the desk never waited at it.
            AND NOT EXISTS (
                SELECT FROM logged paid
                WHERE paid.action = 'fund.approve' AND paid.after ->> 'id' = logged.after ->> 'id'
                    AND paid.after ->> 'person' IS NULL)
        """);

    // What moves value is held against the journal by the decision's effect.
    private static readonly LoggedKind Decided = new(
        "approvals.decisions",
        $"""
        SELECT 'of ' || request, jsonb_build_object(
            'by', decision.by, 'at', decision.at, 'person', decision.person,
            'reason', {LoggedKinds.Hash("decision.reason")}, 'act', CASE WHEN is_approved THEN kind ELSE 'rejected' END)
        FROM approvals.decisions decision JOIN approvals.requests request ON request.id = decision.request
        WHERE transaction_id IS NULL
        """,
        $"""
        SELECT 'of ' || approval, jsonb_build_object(
            'by', by, 'at', at, 'person', person, 'reason', {LoggedKinds.Hash("reason")},
            'act', CASE WHEN action LIKE '%.reject' THEN 'rejected' ELSE action END)
        FROM (
            SELECT by, at, action, after ->> 'approval' AS approval, after ->> 'person' AS person,
                after ->> 'approvedBecause' AS reason
            FROM logged WHERE after ->> 'approval' IS NOT NULL AND action NOT IN ('approval.ask', 'approval.reject')
            UNION ALL
            SELECT by, at, action, after ->> 'approval', after ->> 'person', reason
            FROM logged WHERE action = 'approval.reject'
            UNION ALL
            -- From before there was the desk.
            SELECT by, at, action, after ->> 'id', by, coalesce(reason, '?')
            FROM logged WHERE action = 'fund.reject') AS entry
        WHERE NOT EXISTS (
            SELECT FROM approvals.decisions decision
            WHERE decision.request::text = approval AND decision.transaction_id IS NOT NULL)
        """);

    private static readonly LoggedKind Withdrawals = new(
        "economy.rule_book_withdrawals",
        """
        SELECT 'version ' || version, jsonb_build_object('by', by, 'at', at, 'approval', approval)
        FROM economy.rule_book_withdrawals
        """,
        """
        SELECT 'version ' || (after ->> 'withdrawn'), jsonb_build_object('by', by, 'at', at, 'approval', after -> 'approval')
        FROM logged WHERE action = 'rules.withdraw'
        """);

    private static readonly LoggedKind WeekOverrides = new(
        "weeks.overrides",
        $"""
        SELECT format('week %s', week), jsonb_build_object(
            'by', asked_by, 'approvedBy', approved_by, 'at', at, 'approval', approval,
            'reason', {LoggedKinds.Hash("reason")})
        FROM weeks.overrides
        """,
        $"""
        SELECT format('week %s', replace(subject, '-W', '')), jsonb_build_object(
            'by', after -> 'askedBy', 'approvedBy', by, 'at', at, 'approval', after -> 'approval',
            'reason', {LoggedKinds.Hash("reason")})
        FROM logged
        WHERE action = 'week.close' AND after ->> 'approval' IS NOT NULL AND after ->> 'beyond' IS NULL
        """);

    private static readonly LoggedKind Resumes = new(
        "economy.resumes",
        $"""
        SELECT 'approval ' || approval, jsonb_build_object(
            'by', asked_by, 'approvedBy', approved_by, 'at', at, 'pausedAt', paused_at,
            'reason', {LoggedKinds.Hash("reason")})
        FROM economy.resumes
        """,
        $"""
        SELECT 'approval ' || (after ->> 'approval'), jsonb_build_object(
            'by', after -> 'askedBy', 'approvedBy', by, 'at', at, 'pausedAt', {LoggedKinds.Instant("after ->> 'pausedAt'")},
            'reason', {LoggedKinds.Hash("reason")})
        FROM logged WHERE action = 'schedule.resume' AND after ->> 'approval' IS NOT NULL
        """);

    // What the service has paused by itself is no operator's.
    private static readonly LoggedKind Pauses = new(
        "settlement.pauses",
        $"""
        SELECT 'begun at ' || since, jsonb_build_object('by', by, 'reason', {LoggedKinds.Hash("details")})
        FROM settlement.pauses WHERE because = 1 AND by <> 'an earlier build'
        UNION ALL
        SELECT 'ended at ' || ended_at, jsonb_build_object(
            'by', ended_by, 'reason', {LoggedKinds.Hash("ended_reason")}, 'approval', approval)
        FROM settlement.pauses WHERE ended_at IS NOT NULL
        """,
        $"""
        SELECT 'begun at ' || at, jsonb_build_object('by', by, 'reason', {LoggedKinds.Hash("reason")})
        FROM logged WHERE action = 'settlement.pause'
        UNION ALL
        SELECT 'ended at ' || at, jsonb_build_object(
            'by', by, 'reason', {LoggedKinds.Hash("reason")}, 'approval', after -> 'approval')
        FROM logged WHERE action = 'settlement.resume'
        """);

    private static readonly LoggedKind Resolutions = new(
        "settlement.decisions",
        $"""
        SELECT 'approval ' || approval, jsonb_build_object(
            'by', asked_by, 'approvedBy', approved_by, 'at', at, 'of', act, 'signature', signature,
            'outcome', CASE WHEN signature IS NULL THEN 'expired' ELSE 'landed' END,
            'reason', {LoggedKinds.Hash("reason")})
        FROM settlement.decisions
        """,
        $"""
        SELECT 'approval ' || (after ->> 'approval'), jsonb_build_object(
            'by', after -> 'askedBy', 'approvedBy', by, 'at', at, 'of', subject, 'signature', after -> 'signature',
            'outcome', after -> 'outcome', 'reason', {LoggedKinds.Hash("reason")})
        FROM logged WHERE action = 'settlement.resolve'
        """);

    private static readonly LoggedKind Assignments = new(
        "settlement.deposits",
        """
        SELECT 'deposit ' || deposit.id, jsonb_build_object('at', ended_at, 'approval', approval, 'by', decision.by)
        FROM settlement.deposits deposit
        LEFT JOIN approvals.decisions decision ON decision.request = approval AND decision.is_approved
        WHERE state = 3
        """,
        """
        SELECT 'deposit ' || subject, jsonb_build_object('at', at, 'approval', after -> 'approval', 'by', by)
        FROM logged WHERE action = 'settlement.assign'
        """);

    private static readonly LoggedKind Returns = new(
        "settlement.asked_acts",
        """
        SELECT 'deposit ' || deposit, jsonb_build_object('at', approved_at, 'approval', asked.id, 'by', decision.by)
        FROM settlement.asked_acts asked
        LEFT JOIN approvals.decisions decision ON decision.request = asked.id AND decision.is_approved
        WHERE asked.kind = 6
        """,
        """
        SELECT 'deposit ' || subject, jsonb_build_object('at', at, 'approval', after -> 'approval', 'by', by)
        FROM logged WHERE action = 'settlement.return'
        """);

    private static readonly LoggedKind Covers = new(
        "settlement.differences",
        """
        SELECT 'difference ' || difference.id, jsonb_build_object('at', covered_at, 'approval', approval, 'by', decision.by)
        FROM settlement.differences difference
        LEFT JOIN approvals.decisions decision ON decision.request = approval AND decision.is_approved
        WHERE covered_by IS NOT NULL
        """,
        """
        SELECT 'difference ' || subject, jsonb_build_object('at', at, 'approval', after -> 'approval', 'by', by)
        FROM logged WHERE action = 'settlement.cover'
        """);

    private static readonly LoggedKind Reconciled = new(
        "settlement.reconciliations",
        """
        SELECT 'asked at ' || asked_at, jsonb_build_object('by', asked_by)
        FROM settlement.reconciliations WHERE asked_by IS NOT NULL
        """,
        """
        SELECT 'asked at ' || at, jsonb_build_object('by', by) FROM logged WHERE action = 'settlement.reconcile'
        """);

    /// <summary>In the order they are looked at.</summary>
    public static ImmutableArray<LoggedKind> All { get; } =
    [
        Register, Ends, Confirmations, Asked, Decided, Withdrawals, WeekOverrides, Resumes, Pauses, Resolutions, Assignments,
        Returns, Covers, Reconciled,
    ];
}
