using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Identities;
using Stk.GrainInterfaces.Requests;
using Stk.Grains.AuditLog;
using Stk.Grains.Economy;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Grains.Sources;
using Stk.Rules.Identities;
using Stk.Rules.Sources;
using Stk.Rules.Texts;
using Stk.Rules.Time;
using LinkPlan = Stk.Grains.Requests.RequestPlan<bool, Stk.GrainInterfaces.Identities.LinkReply>;

namespace Stk.Grains.Identities;

/// <inheritdoc cref="IIdentitiesGrain"/>
internal sealed class IdentitiesGrain(
    IdentityTable table, SourceDirectory directory, OperatorRegister register, KeyedWrites writes, EconomyCache economy,
    IClock clock)
    : Grain, IIdentitiesGrain
{
    private const int TriesMax = 5;

    public async Task<ImmutableArray<IdentityView>> OfParticipant(string participant, CancellationToken cancellation)
    {
        var namespaces = await directory.Namespaces(cancellation);
        return [.. (await table.ReadOf(participant, cancellation)).Select(name => View(name, namespaces))];
    }

    public async Task<IdentityView?> Find(string ofNamespace, string id, CancellationToken cancellation) =>
        await table.Find(IdentityName.Of(ofNamespace, id), cancellation) is { } found ? View(found, ofNamespace, id) : null;

    public async Task<LinkReply> Link(LinkRequest request, CancellationToken cancellation)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                switch (await writes.Change(request.Key, () => Plan(request, cancellation), cancellation))
                {
                    case RequestAnswer<bool, LinkReply>.Refused { Reason: var refusal }:
                        return refusal;
                    case RequestAnswer<bool, LinkReply>.Done { IsReplay: var isReplay }:
                        // This silo shows it at once; the others see it by themselves.
                        await economy.Refresh(CancellationToken.None);
                        return new(
                            await Find(request.Namespace, request.Id, cancellation),
                            Key: isReplay ? KeyUse.Replay : KeyUse.First);
                    default:
                        return new(null, Key: KeyUse.Reused);
                }
            }
            catch (PostgresException conflict) when (KeyedWrites.IsConflict(conflict) && number < TriesMax)
            {
                // Something has changed meanwhile: planned again on what stands.
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<LinkPlan> Plan(LinkRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new LinkPlan.Refuse(new(null, IsOperatorUnknown: true));
        }

        var name = IdentityName.Of(request.Namespace, request.Id);
        var (before, refusal) = await Look(name, request.Participant, cancellation);
        if (by.Owns(name) || by.Owns(request.Participant))
        {
            refusal = LinkRefusal.OwnAffair;
        }

        if (refusal is { } reason)
        {
            return new LinkPlan.Refuse(new(null, reason));
        }

        if (before is null && OutsideName.Broken(name) is { } broken)
        {
            return new LinkPlan.Refuse(new(null, Broken: broken));
        }

        var at = clock.Now.InWholeMicroseconds();
        return new LinkPlan.Write(
            true,
            new(
                at, by.Subject, "identity.link", name, AuditEntry.Json(new { participant = before?.Participant ?? name }),
                AuditEntry.Json(new { participant = request.Participant ?? name }), request.Reason),
            [
                OperatorRegister.Expect(by),
                .. IdentityTable.Link(name, request.Participant, at, by.Subject, request.Reason),
            ]);
    }

    private async Task<(LinkedName? Before, LinkRefusal? Refusal)> Look(
        string name, string? participant, CancellationToken cancellation)
    {
        var before = await table.Find(name, cancellation);
        var stands = await table.ReadStands(name, cancellation);
        if (participant is null)
        {
            return (before, stands is { IsLinked: true } ? null : LinkRefusal.AlreadySo);
        }

        var owner = await table.ReadStands(participant, cancellation);
        return (before, owner is null ? LinkRefusal.UnknownParticipant
            : name == participant ? LinkRefusal.Itself
            : stands is null ? null
            : owner.Survivor == stands.Number ? LinkRefusal.Itself
            : stands.Survivor == (owner.Survivor ?? owner.Number) ? LinkRefusal.AlreadySo
            : stands.HasMembers ? LinkRefusal.HasMembers
            : stands.HasAccount ? LinkRefusal.HasAccount
            : stands.IsWaiting ? LinkRefusal.WeekNotSettled
            : null);
    }

    private static IdentityView View(LinkedName name, ImmutableArray<string> namespaces)
    {
        var own = namespaces.FirstOrDefault(
            one => one.Length > 0 && name.Name.StartsWith($"{one}:", StringComparison.Ordinal)) ?? "";
        return View(name, own, own.Length == 0 ? name.Name : name.Name[(own.Length + 1)..]);
    }

    private static IdentityView View(LinkedName name, string ofNamespace, string id) =>
        new(ofNamespace, id, name.Participant, name.At, name.Reason, name.By);
}
