using System.Collections.Immutable;
using System.Text.Json;
using Stk.Client.Connections;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Cli.Demo;

/// <summary>The made-up community, as <c>deploy/demo/community.json</c> tells it.</summary>
/// <param name="Seed">All chance comes from it: the same file is the same demo.</param>
/// <param name="Operators">The first acts, the second approves.</param>
internal sealed record Community(
    long Seed, WeekId FirstWeek, int Weeks, int TransfersAWeek, int PurchasesAWeek, ImmutableArray<string> Operators,
    ImmutableArray<Person> People, ImmutableArray<Promotion> Promotions, ImmutableArray<Offer> Services,
    ImmutableArray<PlannedSpend> Spends, PlannedRefund Refund, ImmutableArray<string> Notes)
{
    /// <exception cref="InvalidDataException">The file is no community.</exception>
    public static Community Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Community>(json, TokenomicsJson.Options)
                ?? throw new InvalidDataException("The community's file says null.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The community's file cannot be read: {exception.Message}", exception);
        }
    }
}

/// <param name="Level">Of the first week on.</param>
/// <param name="Activities">About so many a week.</param>
/// <param name="Role">Whom it stands for in splits; null for most.</param>
internal sealed record Person(string Id, int Level, int Activities, string? Role);

/// <param name="Week">How many weeks after the first.</param>
internal sealed record Promotion(int Week, string Id, int Level, string Reason);

/// <param name="Split">Basis points by role. A role that one person has is set; of several the buyer chooses.</param>
/// <param name="ProposedBy">The role of the participant who proposes it; null where an operator puts it.</param>
internal sealed record Offer(
    string Id, string Name, Amount Price, ImmutableSortedDictionary<string, int> Split, int? Months, int? Sessions,
    string? ProposedBy);

/// <param name="Approval">The second operator's reason; null where none is needed.</param>
internal sealed record PlannedSpend(
    int Week, string Fund, string To, Amount Amount, string Kind, string Reason, int? VestsDays, string? Approval);

/// <summary>Takes the first purchase of its week back.</summary>
internal sealed record PlannedRefund(int Week, string Reason);
