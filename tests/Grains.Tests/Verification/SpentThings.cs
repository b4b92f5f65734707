using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Treasury;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Entitlements;
using Stk.Grains.Purchases;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Grains.Signatures;
using Stk.Grains.Transfers;
using Stk.Grains.Treasury;
using Stk.Grains.Vesting;
using Stk.Ledger.Accounts;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;
using Stk.Rules.Approvals;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.Services;
using Stk.Rules.Spending;
using Stk.Rules.Treasury;
using Stk.Storage.Sql;
using Xunit;

namespace Stk.Grains.Tests.Verification;

/// <summary>One of each that is spent, by the rows and transactions of the code that spends, without a cluster.</summary>
internal sealed class SpentThings(
    NpgsqlDataSource database, AuditWriter audit, DateTimeOffset now, Func<Transaction, Task> post)
{
    private const long Ann = 1;
    private const long Bob = 2;
    private const string Session = "mentor_session_1h";

    private static readonly Amount Price = Amount.OfStk(20);
    private static readonly ActingPerson Oleg = new("oleg", "oleg", 1, IsConfirmed: true, []);
    private static readonly ActingPerson Olga = new("olga", "olga", 2, IsConfirmed: true, []);

    /// <summary>
    /// A transfer with a note; a purchase that was used and one that was refunded; spendings from a fund that were paid at
    /// once (frozen), approved, rejected, and one that waits; a refusal.
    /// </summary>
    public async Task Spend()
    {
        await Transfer(Key("transfer"));
        var used = Key("used");
        await Purchase(used);
        Assert.Equal(0, await new EntitlementTable(database).Use("club", Guid.NewGuid(), used.Id, now));
        var refunded = Key("refunded");
        await Purchase(refunded);
        await Refund(Key("refund"), refunded.Id);

        var paid = Request("paid", vestsDays: 30);
        await PayFromFund(paid, Terms(paid), approval: null);
        var approved = Request("approved", vestsDays: 0);
        await Ask(approved);
        await PayFromFund(
            approved, Terms(approved), new(Waiting(approved), "oleg", Key("approval"), Olga, "seen", now));
        var rejected = Request("rejected", vestsDays: 0);
        await Ask(rejected);
        await Reject(Key("rejection"), rejected.Key.Id);
        await Ask(Request("waiting", vestsDays: 0));
        await ChangeLevel();
        await Write(
            new NpgsqlBatchCommand("INSERT INTO spending.requests (id, fingerprint, refusal, at) VALUES ($1, $2, $3, $4)")
                .With(Key("refused").Id).With(new byte[32]).With((short)SpendingRefusal.SelfTransfer).With(now.UtcDateTime));
    }

    private static RequestKey Key(string name) => new(CauseId.Of("request", name), new byte[32]);

    private static FundSpendRequest Request(string name, int vestsDays) => new(
        Key(name), Fund.Treasury, "bob", Amount.OfStk(7), FundSpendKind.Grant, "for learning", vestsDays, "oleg");

    private static FundSpendTerms Terms(FundSpendRequest request) => new(
        request.Key.Id, (short)request.Fund, Bob, request.Amount.Micro, (short)request.Kind, (short)request.VestsDays);

    private static Transaction Transaction(
        Guid id, TransactionKind kind, IEnumerable<Posting> postings, params ImmutableArray<IEffect> effects) =>
        new(id, kind, "", [.. postings], effects);

    private Task Transfer(RequestKey key) => post(Transaction(
        key.Id, TransactionKind.Transfer,
        [
            new(AccountId.Available(Ann), -new Amount(1_010_000)), new(AccountId.Available(Bob), Amount.OfStk(1)),
            new(AccountId.Fund(Fund.Treasury), new Amount(10_000)),
        ],
        new RequestEffect(key), new TransferEffect(Ann, Bob, Amount.OfStk(1), new Amount(10_000), "for lunch", dayMax: null)));

    private static ImmutableArray<PaidPart> Parts { get; } =
        [new("mentor", Bob, Amount.OfStk(16)), new("treasury", null, Amount.OfStk(4))];

    private Task Purchase(RequestKey key) => post(Transaction(
        key.Id, TransactionKind.Purchase, PurchasePlanner.Postings(AccountId.Available(Ann), Parts),
        new RequestEffect(key), new PurchaseEffect(Ann, Session, 1, Price), new PurchasePartsEffect(Parts),
        new EntitlementEffect(Ann, Session, new ServiceTerm(null, null, 1))));

    private Task Refund(RequestKey key, Guid purchase) => post(Transaction(
        key.Id, TransactionKind.Refund,
        PurchasePlanner.Postings(AccountId.Available(Ann), Parts)
            .Select(posting => posting with { Amount = -posting.Amount }),
        new RequestEffect(key), new RefundEffect(purchase, "did not happen", "oleg", RefundEntry(key.Id, purchase))));

    private Task PayFromFund(FundSpendRequest request, FundSpendTerms terms, Approval? approval)
    {
        var isFrozen = terms.VestsDays > 0;
        var effects = ImmutableArray.Create<IEffect>(
            new RequestEffect(approval?.Key ?? request.Key),
            approval is null
                ? new SignatureEffect(new(Oleg, Bob, request.Fund, request.Amount), Amount.OfStk(10_000))
                : new DecisionEffect(approval),
            new FundSpendEffect(
                terms, approval is null ? request : null, approval,
                approval is null ? Asked(request, "paid") : Approved(request)));
        return post(Transaction(
            approval is null ? request.Key.Id : CauseId.Of("fund-spend", terms.Id.ToString()), TransactionKind.FundSpend,
            [
                new(AccountId.Fund(request.Fund), -request.Amount),
                new(isFrozen ? AccountId.Frozen(Bob) : AccountId.Available(Bob), request.Amount),
            ],
            isFrozen ? effects.Add(new FundGrantEffect(Bob, request.Kind, terms.VestsDays, request.Amount)) : effects));
    }

    private Task<bool> Ask(FundSpendRequest request) => audit.Write(Asked(request, "waiting"), append => Write(
        RequestTable.Insert(request.Key, now), FundSpendTable.InsertWaiting(Terms(request), request, now),
        ApprovalTable.Insert(
            new(request.Key.Id, FundSpendApproval.KindName, Oleg, request.To, Act(request), request.Reason)
            {
                GainingParticipants = [request.To],
            },
            Waiting(request)),
        append));

    private Task<bool> Reject(RequestKey key, Guid approval) => audit.Write(
        new(
            now, "olga", "approval.reject", approval.ToString(), null,
            AuditEntry.Json(new { approval, person = Olga.Name }), "no"),
        append => Write(
            RequestTable.Insert(key, now), ApprovalTable.Decide(approval, false, now, Olga, "no", key), append));

    private ApprovalView Waiting(FundSpendRequest request) => new(
        request.Key.Id, FundSpendApproval.KindName, ApprovalState.Waiting, "oleg", now, request.Reason,
        JsonSerializer.Serialize(Act(request), ApprovalDesk.Json),
        now + SignatureRules.Patience, null, null, null);

    private static FundSpendAct Act(FundSpendRequest request) => new(
        request.Fund.WireName(), request.To, request.Amount, "grant", request.VestsDays);

    private Task<bool> ChangeLevel() => audit.Write(
        new(
            now, "olga", "participant.change", "bob", AuditEntry.Json(new { level = 1, excluded = false }),
            AuditEntry.Json(new { level = 2, excluded = false, stands = true }), "promoted"),
        append => Write(
            new NpgsqlBatchCommand("""
                INSERT INTO activity.profile_changes (uuid, participant, at, level, excluded, reason, by)
                VALUES (gen_random_uuid(), $1, $2, 2, NULL, 'promoted', 'olga')
                """).With(Bob).With(now.UtcDateTime),
            append));

    private AuditEntry Asked(FundSpendRequest request, string state) =>
        new(now, request.By, "fund.spend", request.To, null, Logged(request, state), request.Reason);

    private AuditEntry Approved(FundSpendRequest request) => new(
        now, "olga", "fund.approve", request.To, Logged(request, "waiting"), Logged(request, "paid"), "seen");

    private AuditEntry RefundEntry(Guid refund, Guid purchase) => new(
        now, "oleg", "purchase.refund", "ann", AuditEntry.Json(new { purchase, service = Session, price = Price }),
        AuditEntry.Json(new { refund, amount = Price }), "did not happen");

    private static string Logged(FundSpendRequest request, string state) => AuditEntry.Json(new
    {
        person = request.By,
        id = request.Key.Id,
        state,
        fund = request.Fund.WireName(),
        amount = request.Amount,
        kind = "grant",
        vestsDays = request.VestsDays,
    });

    private async Task<bool> Write(params NpgsqlBatchCommand[] commands)
    {
        await using var batch = database.CreateBatch();
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync();
        return true;
    }
}
