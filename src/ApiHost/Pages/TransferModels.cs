using System.Collections.Immutable;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.Money;

namespace Stk.ApiHost.Pages;

/// <param name="Faults">Empty where nothing is wrong.</param>
/// <param name="Slug">Of the problem; null where there is none.</param>
/// <param name="Known">Whom one has paid before, the latest first; null where that could not be read.</param>
public sealed record TransferModel(
    TypedTransfer Typed, ImmutableArray<FieldFault> Faults, string? Slug, BalanceReply Balance,
    ImmutableArray<string>? Known)
{
    public string? Fault(string field) => Faults.FirstOrDefault(fault => fault.Field == field)?.Text;
}

/// <summary>A transfer before it is made, or of which it is not known whether it is.</summary>
/// <param name="Key">Under it the transfer is made once, however often it is sent.</param>
/// <param name="Terms">What it costs; null where that could not be read.</param>
/// <param name="Problem">Why it is not done yet; null where it was not asked for.</param>
public sealed record TransferCheckModel(
    TypedTransfer Typed, Amount Amount, string Name, string Key, TransferTerms? Terms, TransferTrouble? Problem = null);

/// <param name="After">What is available once it is done.</param>
public sealed record TransferTerms(Amount Fee, Amount After);

/// <param name="IsUnknown">It may have been done: then asking again tells.</param>
public sealed record TransferTrouble(string Slug, string Text, string Trace, bool IsUnknown);

/// <param name="Amount">What the receiver has got.</param>
/// <param name="Fee">What it has cost beside that.</param>
/// <param name="After">What was available once it was done.</param>
public sealed record TransferReceiptModel(
    Guid Id, string Name, Amount Amount, Amount Fee, Amount After, DateTimeOffset At, string? Note);
