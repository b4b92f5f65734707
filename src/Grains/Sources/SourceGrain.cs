using System.Text.Json;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Schedules;
using Stk.GrainInterfaces.Sources;
using Stk.Grains.AuditLog;
using Stk.Grains.Economy;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Sources;
using Stk.Rules.Texts;
using Stk.Rules.Time;
using PutPlan = Stk.Grains.Requests.RequestPlan<
    Stk.GrainInterfaces.Sources.SourceReply, Stk.GrainInterfaces.Sources.SourceReply>;

namespace Stk.Grains.Sources;

/// <inheritdoc cref="ISourceGrain"/>
internal sealed class SourceGrain(
    SourceTable table, SourceDirectory directory, BudgetTable budgets, BudgetMarks marks, EconomyCache economy,
    OperatorRegister register, KeyedWrites writes, IClock clock)
    : Grain, ISourceGrain
{
    public async Task<SourceReply?> Get(CancellationToken cancellation)
    {
        var name = this.GetPrimaryKeyString();
        if (await table.Read(name, cancellation) is not { Said: var said })
        {
            return null;
        }

        var books = economy.Current.RuleBooks;
        return said with
        {
            PointsToday = await budgets.ReadPoints(
                name, DateOnly.FromDateTime(clock.Now.UtcDateTime), books, cancellation),
            IsOverBudget = !(await budgets.ReadOver(name, books, cancellation)).IsEmpty,
        };
    }

    public async Task<SourceAdmission> Admit(string caller, CancellationToken cancellation)
    {
        var name = this.GetPrimaryKeyString();
        return caller == name && await directory.Find(name, isCaller: true, cancellation) is { Settings: var settings }
            ? new(
                true, settings is null ? null : SourceSettingsJson.Write(settings), await directory.Namespaces(cancellation))
            : new(false, null, []);
    }

    public async Task<SourceReply> Put(PutSourceRequest request, CancellationToken cancellation)
    {
        var name = this.GetPrimaryKeyString();
        var refused = new SourceReply(name, request.CompleteTo, request.IsRequired);
        if (OutsideName.BrokenOfSource(name) is { } broken && await table.Read(name, cancellation) is null)
        {
            return refused with { Broken = broken };
        }

        switch (await writes.Change(request.Key, () => Plan(refused, request, cancellation), cancellation))
        {
            case RequestAnswer<SourceReply, SourceReply>.Refused { Reason: var refusal }:
                return refusal;
            case RequestAnswer<SourceReply, SourceReply>.Done { View: var said, IsReplay: var isReplay }:
                directory.Drop(name);
                marks.MarkAll();
                // A week may have waited for this.
                await GrainFactory.GetGrain<IScheduleGrain>(0).Wake();
                return said with { Key = isReplay ? KeyUse.Replay : KeyUse.First };
            default:
                return ((await table.Read(name, cancellation))?.Said ?? new(name, null, false)) with { Key = KeyUse.Reused };
        }
    }

    private async Task<PutPlan> Plan(SourceReply refused, PutSourceRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new PutPlan.Refuse(refused with { IsOperatorUnknown = true });
        }

        var name = refused.Name;
        var before = await table.Read(name, cancellation);
        // Written anew: what is stored is what this build's rules make of it.
        var settings = request.Settings is { } sent
            ? SourceSettingsJson.Write(SourceSettingsJson.Read(name, sent))
            : before?.Said.Settings;
        var put = new SourceReply(
            name,
            request.KeepsCompleteTo ? before?.Said.CompleteTo : request.CompleteTo,
            request.KeepsRequired ? before?.Said.IsRequired is true : request.IsRequired,
            Settings: settings, Held: before?.Said.Held ?? 0, Quarantined: before?.Said.Quarantined ?? 0,
            Pull: before?.Said.Pull);
        var isPulled = settings is not null && SourceSettingsJson.Read(name, settings).Pull is not null;
        if (isPulled && request.Reason is null && put.CompleteTo != before?.Said.CompleteTo)
        {
            return new PutPlan.Refuse(refused with { NeedsReason = true });
        }

        if (request.Reason is null && SourceBudget.IsRaised(Budget(name, before?.Said.Settings), Budget(name, settings)))
        {
            return new PutPlan.Refuse(refused with { NeedsBudgetReason = true });
        }

        return new PutPlan.Write(
            put,
            new(
                clock.Now, by.Subject, "source.change", name, before is null ? null : Json(before.Said), Json(put),
                request.Reason),
            [OperatorRegister.Expect(by), .. SourceTable.Put(put, before)]);
    }

    private static long? Budget(string name, string? settings) =>
        settings is null ? null : SourceSettingsJson.Read(name, settings).BudgetPerDay;

    private static string Json(SourceReply source) => AuditEntry.Json(new
    {
        completeTo = source.CompleteTo,
        required = source.IsRequired,
        settings = source.Settings is { } settings ? JsonSerializer.Deserialize<JsonElement>(settings) : (JsonElement?)null,
    });
}
