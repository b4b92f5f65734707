using System.Text;

namespace Stk.EndToEnd.Replays;

/// <summary>Everything about an economy that must not depend on how it came there.</summary>
/// <param name="Exports">
/// The weeks' exports, one after the other, then what was decided of frozen rewards, then what quarters took and gave back.
/// </param>
/// <param name="Postings">
/// By cause, account and amount: all but the order of commits. Of what is released or taken the cause names a participant's
/// number, which follows from the order in which people came: there it is kind and reference.
/// </param>
public sealed record Economics(string Exports, string Statements, string Postings, string Grants, string Events)
{
    private static readonly string[] Files =
    [
        "weeks/2025-W02/export.csv", "weeks/2025-W03/export.csv", "weeks/2025-W04/export.csv", "weeks/2025-W15/export.csv",
        "weeks/2025-W19/export.csv", "vesting/export.csv?from=2024-12-30&to=2025-12-31",
        "quarters/2025-Q2/redistribution.csv", "quarters/2025-Q2/restorations.csv",
    ];

    public static async Task<Economics> Of(Economy economy)
    {
        var auditor = await economy.Client("auditor", "auditor");
        var exports = new StringBuilder();
        foreach (var file in Files)
        {
            var export = await auditor.Get($"admin/{file}");
            Assert.Equal(HttpStatusCode.OK, export.Status);
            exports.Append(export.Text);
        }

        return new(
            exports.ToString(),
            await economy.Psql(
                """
                SELECT week, id, level, streak, points, reward_micro, available_micro, frozen_micro
                FROM weeks.statements JOIN activity.participants ON number = participant ORDER BY week, id
                """),
            await economy.Psql(
                """
                SELECT CASE WHEN transaction.kind IN (8, 9, 10) THEN transaction.kind || ' ' || transaction.reference
                        ELSE transaction.id::text END,
                    accounts.kind, coalesce(participants.id, accounts.owner::text), amount_micro
                FROM ledger.postings JOIN ledger.transactions transaction USING (sequence, position)
                JOIN ledger.accounts ON accounts.id = account_id
                LEFT JOIN activity.participants ON number = owner AND accounts.kind IN (6, 7, 8)
                ORDER BY 1, 2, 3, 4
                """),
            await economy.Psql(
                """
                SELECT id, week, type, vests_days, amount_micro, unlocks_on, held.transaction_id, held.decided_on,
                    released_micro, cancelled_micro, reason
                FROM weeks.grants held JOIN activity.participants ON number = participant
                LEFT JOIN vesting.decisions USING (participant, week, type, vests_days) ORDER BY 1, 2, 3, 4
                """),
            await economy.Psql("SELECT outcome, count(*) FROM activity.events GROUP BY 1 ORDER BY 1"));
    }
}
