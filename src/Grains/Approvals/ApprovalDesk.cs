using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.AuditLog;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Approvals;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using DecisionPlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Approvals.ApprovalView, Stk.Rules.Spending.SpendingRefusal>;

namespace Stk.Grains.Approvals;

/// <summary>
/// The one desk for all that takes two persons. What is asked waits and changes nothing; it is done in the commit of its
/// approval, once.
/// </summary>
internal sealed class ApprovalDesk(
    KeyedWrites writes, ApprovalTable table, OperatorRegister register, IEnumerable<IApprovalKind> kinds, IClock clock)
{
    /// <summary>How acts are stored and shown.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new WeekIdJsonConverter() },
    };

    private readonly Dictionary<string, IApprovalKind> _kinds =
        kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>The plan of a request that asks: nothing is done but that it waits.</summary>
    public async Task<RequestPlan<ApprovalView, TRefusal>.Write> Ask<TRefusal>(
        AskedAct asked, CancellationToken cancellation)
    {
        var (view, entry) = await Waiting(asked, cancellation);
        return new(view, entry, Keep(asked, view));
    }

    /// <summary>The commands that make an act wait.</summary>
    public static IReadOnlyList<NpgsqlBatchCommand> Keep(AskedAct asked, ApprovalView view) =>
        [OperatorRegister.Expect(asked.By), ApprovalTable.Insert(asked, view)];

    /// <summary>What waits, and its entry in the audit log, for a plan that answers something else or writes more.</summary>
    public async Task<(ApprovalView View, AuditEntry Entry)> Waiting(AskedAct asked, CancellationToken cancellation)
    {
        var at = clock.Now.InWholeMicroseconds();
        var view = new ApprovalView(
            asked.Id, asked.Kind, ApprovalState.Waiting, asked.By.Subject, at, asked.Reason,
            JsonSerializer.Serialize(asked.Act, Json), at + SignatureRules.Patience, null, null, null,
            IsAlone: !register.HasAnother(await register.Read(cancellation), asked.By.Name));
        return (view, new(
            at, asked.By.Subject, "approval.ask", asked.Subject, Before: null, Logged(view, asked.By.Name, asked),
            asked.Reason));
    }

    /// <summary>What waits, or has waited, as it is now; null where there is none.</summary>
    public async Task<ApprovalView?> Find(Guid id, CancellationToken cancellation) =>
        await table.Find(id, clock.Now, cancellation) is { } stored ? (await Told([stored], cancellation))[0] : null;

    /// <summary>What waits, or has waited, newest first.</summary>
    /// <param name="state">Of those alone; null for all.</param>
    public async Task<ApprovalPage> List(PageRequest request, ApprovalState? state, CancellationToken cancellation) =>
        await table.Read(request, state, clock.Now, cancellation) is var (approvals, next)
            ? new(await Told(approvals, cancellation), next)
            : new([], null, IsCursorValid: false);

    /// <summary>What waits, or has waited, as it was answered first: waiting.</summary>
    public async Task<ApprovalView> ReadAsked(Guid id)
    {
        var view = await Read(id);
        return view with
        {
            State = ApprovalState.Waiting,
            DecidedAt = null,
            DecidedBy = null,
            DecidedReason = null,
        };
    }

    /// <summary>Approves and does, or rejects.</summary>
    /// <param name="kind">The only kind that may be decided in this way; null for any.</param>
    public async Task<SpendingReply<ApprovalView>> Decide(
        DecideApprovalRequest request, string? kind, CancellationToken cancellation)
    {
        var reply = await writes.Spend(
            request.Key, () => Plan(request, kind, cancellation), _ => Read(request.Approval), cancellation);
        if (reply is SpendingReply<ApprovalView>.Done { View.State: ApprovalState.Approved })
        {
            await After(request);
        }

        return reply;
    }

    // Of what waits, whether anybody can approve it as things stand.
    private async Task<ImmutableArray<ApprovalView>> Told(
        IReadOnlyList<StoredApproval> approvals, CancellationToken cancellation)
    {
        var entries = approvals.Any(approval => approval.View.State == ApprovalState.Waiting)
            ? await register.Read(cancellation)
            : [];
        return
        [
            .. approvals.Select(approval => approval.View with
            {
                IsAlone = approval.View.State == ApprovalState.Waiting && !register.HasAnother(entries, approval.Person),
            }),
        ];
    }

    private async Task<DecisionPlan> Plan(DecideApprovalRequest request, string? kind, CancellationToken cancellation)
    {
        var now = clock.Now.InWholeMicroseconds();
        var stored = await table.Find(request.Approval, now, cancellation);
        var by = await register.FindOperator(request.By, cancellation);
        if (Objection(stored, by, kind) is { } objection)
        {
            return new DecisionPlan.Refuse(objection);
        }

        var asked = stored!.View; // or there was an objection
        var decided = asked with { DecidedAt = now, DecidedBy = request.By, DecidedReason = request.Reason };
        if (!request.IsApproved)
        {
            var rejected = decided with { State = ApprovalState.Rejected };
            return new DecisionPlan.Write(
                rejected,
                new(
                    now, request.By, "approval.reject", asked.Id.ToString(), Logged(asked), Logged(rejected, by!.Name),
                    request.Reason),
                OperatorRegister.Expect(by), ApprovalTable.Decide(asked.Id, false, now, by, request.Reason, request.Key));
        }

        if (!by!.IsConfirmed)
        {
            return new DecisionPlan.Refuse(SpendingRefusal.NeedsSecondApproval, IsKept: false);
        }

        var approval = new Approval(asked, stored.Person, request.Key, by, request.Reason, now);
        return Of(
            await _kinds[asked.Kind].Plan(approval, cancellation), approval,
            decided with { State = ApprovalState.Approved });
    }

    private static DecisionPlan Of(ActPlan plan, Approval approval, ApprovalView approved) => plan switch
    {
        // It may pass another time.
        ActPlan.Refuse(var reason) => new DecisionPlan.Refuse(reason, IsKept: false),
        ActPlan.Write(var entry, var commands) => new DecisionPlan.Write(
            approved, Signed(entry, approval),
            [
                OperatorRegister.Expect(approval.By),
                ApprovalTable.Decide(approval.Asked.Id, true, approval.At, approval.By, approval.Reason, approval.Key),
                .. commands,
            ]),
        ActPlan.Post(var make, var poor) => new DecisionPlan.Post(
            make([new RequestEffect(approval.Key), new DecisionEffect(approval)]),
            receipt => approved with { DecidedAt = receipt.At }, poor, SpendingRefusal.BalanceTooLarge),
        _ => throw new UnreachableException(),
    };

    // Who has decided and why, which the act's own entry need not say.
    private static AuditEntry Signed(AuditEntry entry, Approval approval)
    {
        var after = JsonNode.Parse(entry.After)?.AsObject()
            ?? throw new InvalidOperationException($"the log's entry of {entry.Action} must say what has become of it");
        after["person"] = approval.By.Name;
        after["approvedBecause"] = approval.Reason;
        return entry with { After = after.ToJsonString(Json) };
    }

    private static SpendingRefusal? Objection(StoredApproval? stored, ActingPerson? by, string? kind) => stored switch
    {
        _ when by is null => SpendingRefusal.OperatorUnknown,
        null => SpendingRefusal.UnknownApproval,
        _ when kind is not null && stored.View.Kind != kind => SpendingRefusal.UnknownApproval,
        { View.State: ApprovalState.Expired } => SpendingRefusal.ApprovalExpired,
        { View.State: not ApprovalState.Waiting } => SpendingRefusal.AlreadyDecided,
        _ when !stored.MayBeDecidedBy(by) => SpendingRefusal.NeedsSecondApproval,
        _ => null,
    };

    // The first copy's silo may have died between the commit and this: each copy does it.
    private async Task After(DecideApprovalRequest request)
    {
        var stored = await table.Find(request.Approval, clock.Now, CancellationToken.None)
            ?? throw new InvalidOperationException($"approval {request.Approval} was decided, and is not there");
        if (await register.FindOperator(request.By, CancellationToken.None) is { } by)
        {
            await _kinds[stored.View.Kind].After(
                new(stored.View, stored.Person, request.Key, by, request.Reason, stored.View.DecidedAt ?? clock.Now));
        }
    }

    private static string Logged(ApprovalView view, string? person = null, AskedAct? asked = null) => AuditEntry.Json(new
    {
        approval = view.Id,
        kind = view.Kind,
        state = view.State.ToString().ToLowerInvariant(),
        act = JsonSerializer.Deserialize<JsonElement>(view.Act),
        person,
        gainingParticipants = asked?.GainingParticipants,
        gainingPersons = asked?.GainingPersons,
    });

    private async Task<ApprovalView> Read(Guid id) => await Find(id, CancellationToken.None)
        ?? throw new InvalidOperationException($"a request about approval {id} was done, and there is no such approval");
}
