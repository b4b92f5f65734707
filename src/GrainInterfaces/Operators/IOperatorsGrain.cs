using System.Collections.Immutable;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;

namespace Stk.GrainInterfaces.Operators;

/// <summary>
/// The register of those who act as operators and auditors: subjects of tokens, and which person each is. Key: 0.
/// </summary>
[Alias("stk.operators")]
public interface IOperatorsGrain : IGrainWithIntegerKey
{
    /// <summary>Every entry, oldest first, ended ones too.</summary>
    [Alias("register"), AlwaysInterleave, MayCall(CallerRoles.Host)]
    Task<ImmutableArray<OperatorEntry>> GetRegister(CancellationToken cancellation);

    /// <summary>
    /// In Development, enters a subject that is in no entry as a person of its own, with its entry in the audit log. Changes
    /// nothing elsewhere, nor where the subject was ever entered in this role.
    /// </summary>
    /// <returns>The register after it.</returns>
    [Alias("enter"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<ImmutableArray<OperatorEntry>> EnterUnknown(
        [FromCaller] string subject, [FromCaller(CallerFact.Role)] string role, CancellationToken cancellation);

    /// <summary>Asks that somebody is entered: it waits for a second person.</summary>
    [Alias("add"), MayCall(CallerRoles.Operator)]
    Task<SpendingReply<ApprovalView>> Add(AddOperatorRequest request, CancellationToken cancellation);

    /// <summary>Asks that an entry ends: it waits for a second person.</summary>
    [Alias("end"), MayCall(CallerRoles.Operator)]
    Task<SpendingReply<ApprovalView>> End(EndOperatorRequest request, CancellationToken cancellation);

    /// <summary>
    /// Confirms an entry that was taken over from an earlier build, as another person: from then on it approves.
    /// </summary>
    [Alias("confirm"), MayCall(CallerRoles.Operator)]
    Task<SpendingReply<OperatorEntry>> Confirm(ConfirmOperatorRequest request, CancellationToken cancellation);
}

/// <param name="Subject">Of tokens of our own, an operator's.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.confirm-operator")]
public sealed record ConfirmOperatorRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] string Subject,
    [property: Id(2)] string Reason,
    [property: Id(3), FromCaller] string By);

/// <param name="Issuer">Who vouches for the subject; null for tokens of our own.</param>
/// <param name="Participant">The person's id as a participant; null where they are none.</param>
/// <param name="Since">By real time; null for now.</param>
/// <param name="Until">By real time; null for no end.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.add-operator")]
public sealed record AddOperatorRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] string Subject,
    [property: Id(2)] string? Issuer,
    [property: Id(3)] string Role,
    [property: Id(4)] string Person,
    [property: Id(5)] string? Participant,
    [property: Id(6)] DateTimeOffset? Since,
    [property: Id(7)] DateTimeOffset? Until,
    [property: Id(8)] string Reason,
    [property: Id(9), FromCaller] string By);

/// <param name="Issuer">Null for tokens of our own.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.end-operator")]
public sealed record EndOperatorRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] string Subject,
    [property: Id(2)] string? Issuer,
    [property: Id(3)] string Role,
    [property: Id(4)] string Reason,
    [property: Id(5), FromCaller] string By);
