using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Torture.Operations;

namespace Stk.Torture.Checks;

/// <summary>What was spent, as it is stored, against what every customer and operator was told.</summary>
internal static class SpendingChecks
{
    // A sentence about everything that is stored, by the id that its answer has or, of what was only decided, its request.
    private const string FactsSql = """
        WITH done AS (
            SELECT id, kind, sequence FROM ledger.transactions WHERE kind IN (5, 6, 7, 15) AND reference <> 'torture'),
        person AS (SELECT number, id FROM activity.participants)
        SELECT transfer.id, format('%s sends %s micro to %s, fee %s, note "%s", at %s', sender.id, amount_micro, receiver.id,
            fee_micro, note, done.sequence)
        FROM spending.transfers transfer
        LEFT JOIN done ON done.id = transfer.id AND done.kind = 5
        LEFT JOIN spending.notes ON notes.id = transfer.id
        LEFT JOIN person sender ON sender.number = sender
        LEFT JOIN person receiver ON receiver.number = receiver
        UNION ALL
        SELECT purchase.id, format('%s buys %s version %s for %s micro: %s, at %s, entitled: %s', buyer.id, purchase.service,
            version, price_micro, (
                SELECT string_agg(format('%s of %s micro to %s', role, amount_micro, coalesce(recipient.id, 'treasury')), ', '
                    ORDER BY place)
                FROM spending.purchase_parts part LEFT JOIN person recipient ON recipient.number = part.recipient
                WHERE part.purchase = purchase.id),
            done.sequence, (SELECT count(*) FROM spending.entitlements one WHERE one.id = purchase.id AND one.participant = buyer))
        FROM spending.purchases purchase
        LEFT JOIN done ON done.id = purchase.id AND done.kind = 6
        LEFT JOIN person buyer ON buyer.number = buyer
        -- Renewals nobody has asked for: they are verify's.
        WHERE NOT EXISTS (SELECT FROM spending.renewal_attempts paid WHERE paid.transaction_id = purchase.id)
        UNION ALL
        SELECT refund.id, format('%s is taken back at %s', purchase, done.sequence)
        FROM spending.refunds refund LEFT JOIN done ON done.id = refund.id AND done.kind = 7
        UNION ALL
        SELECT spend.id, format('%s asks for %s micro of fund %s to %s for %s, %s days: %s', asked_by, amount_micro, fund,
            receiver.id, spend.kind, vests_days,
            CASE WHEN state = 2 AND decided_by IS NULL THEN format('paid by %s', done.id) ELSE 'waits' END)
        FROM spending.fund_spends spend
        LEFT JOIN done ON done.id = spend.transaction_id AND done.kind = 15
        LEFT JOIN person receiver ON receiver.number = receiver
        UNION ALL
        SELECT request.id, format('%s approves %s, paid by %s', decided_by, spend.id, done.id)
        FROM spending.requests request
        JOIN spending.fund_spends spend ON spend.transaction_id = request.transaction_id AND spend.id <> request.id
        LEFT JOIN done ON done.id = spend.transaction_id AND done.kind = 15
        UNION ALL
        SELECT id, format('%s asks to take back %s', asked_by, act ->> 'purchase')
        FROM approvals.requests WHERE kind = 'purchase.refund'
        UNION ALL
        SELECT request.id, 'a rejection'
        FROM spending.requests request
        WHERE refusal IS NULL AND transaction_id IS NULL AND id NOT IN (SELECT id FROM approvals.requests)
            AND id NOT IN (SELECT id FROM spending.fund_spends)
            AND NOT EXISTS (
                SELECT FROM approvals.decisions decision JOIN approvals.requests asked ON asked.id = decision.request
                WHERE decision.decided_in = request.id AND (is_approved OR asked.kind <> 'fund.spend'))
        UNION ALL
        SELECT used.id, format('%s uses %s, %s left', holder.id, entitlement, left_after)
        FROM spending.entitlement_uses used JOIN spending.entitlements one ON one.id = used.entitlement
        LEFT JOIN person holder ON holder.number = one.participant
        """;

    private const string MovedSql = """
        SELECT participant.id, sum(posting.amount_micro)::bigint
        FROM ledger.transactions held JOIN ledger.postings posting USING (sequence, position)
        JOIN ledger.accounts account ON account.id = posting.account_id AND account.kind IN (6, 7)
        JOIN activity.participants participant ON participant.number = account.owner
        WHERE held.kind IN (5, 6, 7, 15) AND held.reference <> 'torture'
            AND NOT EXISTS (SELECT FROM spending.renewal_attempts paid WHERE paid.transaction_id = held.id)
        GROUP BY participant.id HAVING sum(posting.amount_micro) <> 0
        """;

    // A row that waits is rejected at the desk.
    private const string StatesSql = """
        SELECT spend.id, (CASE WHEN state = 1 AND decision.request IS NOT NULL THEN 3 ELSE state END)::smallint
        FROM spending.fund_spends spend LEFT JOIN approvals.decisions decision ON decision.request = spend.id
        """;

    /// <summary>What a rule may say to each, whatever the order was made for.</summary>
    private static readonly Dictionary<SpendingAct, string[]> Refusals = new()
    {
        [SpendingAct.Transfer] = ["insufficient-funds"],
        [SpendingAct.Purchase] = ["insufficient-funds"],
        [SpendingAct.Use] = ["no-entitlement"],
        [SpendingAct.Refund] = ["already-refunded", "refund-too-late", "recipient-has-spent"],
        [SpendingAct.FundSpend] = ["insufficient-funds"],
        [SpendingAct.Approve] = ["needs-second-approval", "already-decided", "insufficient-funds"],
        [SpendingAct.Reject] = ["needs-second-approval", "already-decided"],
    };

    /// <summary>I6, I7, I8 and I14, of what is spent.</summary>
    /// <param name="records">All orders.</param>
    /// <param name="others">Ids of what was sent beside them, and is kept as they are.</param>
    public static async Task<CheckResult> OrdersAreAsTold(
        NpgsqlDataSource database, IReadOnlyList<SpendingRecord> records, IReadOnlyCollection<Guid> others)
    {
        var facts = (await database.Read(FactsSql, row => (Id: row.GetGuid(0), Fact: row.GetString(1))))
            .ToLookup(row => row.Id, row => row.Fact);
        var refused = (await database.Read(
            "SELECT id, refusal FROM spending.requests WHERE refusal IS NOT NULL",
            row =>
                (Id: row.GetGuid(0), Reason: (SpendingRefusal)row.GetInt16(1)))).ToDictionary(row =>
                    row.Id, row => Slug(row.Reason));
        var journal = (await database.Read(
            """
            SELECT id FROM ledger.transactions made WHERE kind IN (5, 6, 7, 15) AND reference <> 'torture'
                AND NOT EXISTS (SELECT FROM spending.renewal_attempts paid WHERE paid.transaction_id = made.id)
            """,
            row => row.GetGuid(0)))
            .ToHashSet();
        var problems = new List<string>();
        foreach (var record in records)
        {
            var order = record.Order;
            var expected = record.IsDone ? Fact(record) : null;
            var found = facts[order.Id].ToList();
            if (!found.SequenceEqual(expected is null ? [] : [expected]))
            {
                problems.Add($"{Name(record)}: told {record.Answer?.ToString() ?? "nothing"}; there is {(found.Count == 0 ? "nothing" : string.Join(" and ", found))}");
            }

            var reason = record.IsKept ? record.Answer!.Refusal : null;
            var kept = refused.GetValueOrDefault(order.Id);
            // A build before this one keeps what was refused before money, too.
            if (kept != reason && !(record.IsBeforeMoney && kept == record.Answer!.Refusal))
            {
                problems.Add($"{Name(record)}: told {record.Answer?.ToString() ?? "nothing"}; kept as refused: {kept ?? "no"}");
            }

            if (record.Answer is { } answer && (order.Refusal is { } due
                ? answer.Refusal != due && !(IsAfterMoney(order) && answer.Refusal == "insufficient-funds")
                : answer.Refusal is { } said && !Refusals[order.Act].Contains(said)))
            {
                problems.Add($"{Name(record)}: told {answer}, {order.Refusal ?? "no such refusal"} was due");
            }
        }

        problems.AddRange(
            facts.Select(fact => fact.Key).Concat(refused.Keys).Except(records.Select(record => record.Order.Id))
            .Except(others)
            .Select(id => $"{id} is kept and was never sent"));
        problems.AddRange(journal.Except(records.Select(TransactionOf).OfType<Guid>())
            .Select(id => $"transaction {id} is in the journal, and nobody was told of it"));
        return new(
            "each acknowledged spending is there once, as it was told, each refused one has left nothing but its refusal",
            problems, records.Count);
    }

    // Whom a payment names is looked at last: a purse that is too small learns of nobody.
    private static bool IsAfterMoney(SpendingOrder order) =>
        (order.Act, order.Refusal) is (SpendingAct.Transfer, "unknown-participant")
            or (SpendingAct.Purchase, "recipient-unresolved");

    /// <summary>One id, one answer; and whoever comes second is told so.</summary>
    /// <param name="records">All orders.</param>
    /// <param name="isOneBuild">False where two builds answered: the later may word a problem better.</param>
    public static CheckResult RepeatsAreEqual(IReadOnlyList<SpendingRecord> records, bool isOneBuild)
    {
        var problems = new List<string>();
        foreach (var record in records.Where(record => record.IsKept))
        {
            // Of a use: what was refused before there was a session.
            var answers = record.Answers.SkipWhile(answer => !answer.Says(record.Answer!, isOneBuild)).ToList();
            if (record.Order.Act == SpendingAct.Use)
            {
                answers.RemoveAll(answer => answer is { Refusal: "no-entitlement", IsRepeat: false });
            }

            problems.AddRange(answers.Where(answer => !answer.Says(record.Answer!, isOneBuild))
                .Select(answer => $"{Name(record)}: told {record.Answer}, then {answer}"));
            problems.AddRange(answers.Where(answer => answer is { IsRepeat: true, IsReplay: false })
                .Select(answer => $"{Name(record)}: sent again and told {answer}, not as a replay"));
            if (answers.Count(answer => !answer.IsReplay) > 1)
            {
                problems.Add($"{Name(record)}: answered as new more than once");
            }
        }

        return new(
            "each spending that was sent again was given its first answer, as a replay",
            problems, records.Sum(record => record.Answers.Count(answer => answer.IsRepeat)));
    }

    /// <summary>The sums of all answers, a participant and an entitlement each.</summary>
    public static async Task<CheckResult> SumsAreAsTold(NpgsqlDataSource database, IReadOnlyList<SpendingRecord> records)
    {
        var done = records.Where(record => record.IsDone).ToList();
        var bought = done.Where(record => record.Order.Act == SpendingAct.Purchase)
            .ToDictionary(record => record.Order.Id, record => record.View);
        var back = done.Where(record => record.Order.Act == SpendingAct.Refund && !IsWaiting(record.View))
            .Select(record => record.View["purchase"]!.GetValue<Guid>()).ToList();
        var due = new Dictionary<string, long>();
        foreach (var record in done)
        {
            foreach (var (participant, micro) in Moved(record, bought))
            {
                due[participant] = due.GetValueOrDefault(participant) + micro;
            }
        }

        var moved = (await database.Read(MovedSql, row => (Participant: row.GetString(0), Micro: row.GetInt64(1))))
            .ToDictionary(row => row.Participant, row => row.Micro);
        var problems = due.Keys.Union(moved.Keys)
            .Where(participant => due.GetValueOrDefault(participant) != moved.GetValueOrDefault(participant))
            .Select(participant => $"{participant} was told of {due.GetValueOrDefault(participant)} micro in all, the journal moved {moved.GetValueOrDefault(participant)}")
            .ToList();

        var used = done.Where(record => record.Order.Act == SpendingAct.Use)
            .CountBy(record => record.View["entitlement"]!.GetValue<Guid>()).ToDictionary();
        var standing = bought.Keys.Except(back).ToHashSet();
        var entitlements = await database.Read(
            "SELECT id, ended_at IS NULL, used FROM spending.entitlements WHERE first IS NULL",
            row => (Id: row.GetGuid(0), Stands: row.GetBoolean(1), Used: row.GetInt32(2)));
        problems.AddRange(entitlements
            .Where(one => one.Stands != standing.Contains(one.Id) || one.Used != used.GetValueOrDefault(one.Id))
            .Select(one => $"entitlement {one.Id} {(one.Stands ? "stands" : "has ended")}, {one.Used} used; {used.GetValueOrDefault(one.Id)} uses were told, and it was {(standing.Contains(one.Id) ? "not " : "")}taken back"));
        problems.AddRange(bought.Keys.Except(entitlements.Select(one => one.Id)).Select(id => $"purchase {id} entitles to nothing"));
        problems.AddRange(back.CountBy(id => id).Where(count => count.Value > 1).Select(count => $"{count.Key} was taken back {count.Value} times"));

        var states = (await database.Read(StatesSql, row => (Id: row.GetGuid(0), State: row.GetInt16(1))))
            .ToDictionary(row => row.Id, row => row.State);
        problems.AddRange(done
            .Where(record => record.Order.Act is SpendingAct.Approve or SpendingAct.Reject)
            .GroupBy(record => record.View["id"]!.GetValue<Guid>(), record => record.Order.Act)
            .Where(decisions => decisions.Count() > 1
                || states.GetValueOrDefault(decisions.Key) != (decisions.First() == SpendingAct.Approve ? 2 : 3))
            .Select(decisions => $"spending {decisions.Key} is of state {states.GetValueOrDefault(decisions.Key)}; told: {string.Join(", ", decisions)}"));
        return new(
            "what each participant spent and got is the sum of the answers; entitlements are purchases less refunds, sessions used are uses told",
            problems, due.Count);
    }

    /// <summary>Of what has made one.</summary>
    public static Guid? TransactionOf(SpendingRecord record) => !record.IsDone ? null : record.Order.Act switch
    {
        SpendingAct.Refund when IsWaiting(record.View) => null,
        SpendingAct.Transfer or SpendingAct.Purchase or SpendingAct.Refund => record.Order.Id,
        SpendingAct.FundSpend or SpendingAct.Approve => record.View["transaction"]?.GetValue<Guid>(),
        _ => null,
    };

    private static string Fact(SpendingRecord record)
    {
        var (order, view) = (record.Order, record.View);
        return order.Act switch
        {
            SpendingAct.Transfer => Text($"{order.By} sends {Micro(view["amount"])} micro to {view["to"]}, fee {Micro(view["fee"])}, note \"{view["note"]}\", at {view["sequence"]}"),
            SpendingAct.Purchase => Text($"{view["buyer"]} buys {view["service"]} version {view["version"]} for {Micro(view["price"])} micro: {Parts(view)}, at {view["sequence"]}, entitled: 1"),
            SpendingAct.Refund when IsWaiting(view) => Text($"{order.By} asks to take back {view["act"]!["purchase"]}"),
            SpendingAct.Refund => Text($"{view["purchase"]} is taken back at {view["sequence"]}"),
            SpendingAct.FundSpend => Text($"{order.By} asks for {Micro(view["amount"])} micro of fund {FundNumber(view)} to {view["to"]} for {KindNumber(view)}, {view["vestsDays"]} days: {(view["transaction"] is { } id ? $"paid by {id}" : "waits")}"),
            SpendingAct.Approve => Text($"{order.By} approves {view["id"]}, paid by {view["transaction"]}"),
            SpendingAct.Reject => "a rejection",
            _ => Text($"{order.Path[(order.Path.IndexOf('=', StringComparison.Ordinal) + 1)..]} uses {view["entitlement"]}, {view["left"]} left"),
        };
    }

    private static IEnumerable<(string Participant, long Micro)> Moved(
        SpendingRecord record, Dictionary<Guid, JsonNode> bought)
    {
        var view = record.View;
        switch (record.Order.Act)
        {
            case SpendingAct.Transfer:
                return [
                    (record.Order.By, -Micro(view["amount"]) - Micro(view["fee"])),
                    (view["to"]!.GetValue<string>(), Micro(view["amount"]))];
            case SpendingAct.Purchase:
                return Paid(view);
            case SpendingAct.Refund when !IsWaiting(view):
                return bought.TryGetValue(view["purchase"]!.GetValue<Guid>(), out var purchase)
                    ? Paid(purchase).Select(part => (part.Participant, -part.Micro))
                    : [];
            case SpendingAct.FundSpend or SpendingAct.Approve when view["transaction"] is not null:
                return [(view["to"]!.GetValue<string>(), Micro(view["amount"]))];
            default:
                return [];
        }
    }

    // Above what one signature may give, it waits at the desk.
    private static bool IsWaiting(JsonNode view) => view["act"] is not null;

    private static IEnumerable<(string Participant, long Micro)> Paid(JsonNode purchase) =>
    [
        (purchase["buyer"]!.GetValue<string>(), -Micro(purchase["price"])),
        .. purchase["parts"]!.AsArray().Where(part => part!["recipient"] is not null)
            .Select(part => (part!["recipient"]!.GetValue<string>(), Micro(part["amount"]))),
    ];

    private static string Parts(JsonNode view) => string.Join(", ", view["parts"]!.AsArray().Select(part =>
        Text($"{part!["role"]} of {Micro(part["amount"])} micro to {part["recipient"]?.GetValue<string>() ?? "treasury"}")));

    private static int FundNumber(JsonNode view) =>
        1 + Array.IndexOf(["rewards", "treasury", "startup", "team", "liquidity"], view["fund"]!.GetValue<string>());

    private static int KindNumber(JsonNode view) =>
        1 + Array.IndexOf(["grant", "contract", "project", "startup", "team", "liquidity"], view["kind"]!.GetValue<string>());

    private static long Micro(JsonNode? amount) =>
        Amount.TryParse(amount?.GetValue<string>(), out var parsed) ? parsed.Micro : throw new FormatException($"{amount} is no amount");

    private static string Slug(SpendingRefusal reason) => reason switch
    {
        SpendingRefusal.RecipientIsBuyer => "recipient-unresolved",
        // The desk has nothing of what an earlier build has paid.
        SpendingRefusal.ApprovalExpired or SpendingRefusal.UnknownApproval => "already-decided",
        _ => JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString()),
    };

    private static string Name(SpendingRecord record) => $"{record.Order.Act} {record.Order.Id} by {record.Order.By}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
