using System.Collections.Immutable;

namespace Stk.ApiHost.OpenApi;

/// <summary>Under which heading an endpoint stands in the API's description.</summary>
internal static class Tags
{
    public const string Balances = "Balances";
    public const string Transfers = "Transfers";
    public const string Services = "Services";
    public const string Entitlements = "Entitlements";
    public const string Rewards = "Rewards";
    public const string Statistics = "Statistics";
    public const string Events = "Events";
    public const string Treasury = "Treasury";
    public const string Weeks = "Weekly runs";
    public const string Operation = "Operation";
    public const string Audit = "Audit";

    /// <summary>In the order in which a reader meets them.</summary>
    public static readonly ImmutableArray<(string Name, string Meaning)> All =
    [
        (Balances, "What a participant has, and how it came."),
        (Transfers, "From one participant to another."),
        (Services, "What can be bought, buying it, and what comes of selling."),
        (Entitlements, "What purchases have entitled a participant to."),
        (Rewards, "What weeks of activity gave, and where the week stands."),
        (Statistics, "The economy as a whole."),
        (Events, "Where sources send what people have done."),
        (Treasury, "Spending from funds, for operators."),
        (Weeks, "Watching and closing weeks, for operators."),
        (Operation, "Participants, sources, rules and the clock, for operators."),
        (Audit, "What operators have done."),
    ];
}
