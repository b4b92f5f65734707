namespace Stk.Rules.Treasury;

/// <summary>What a fund is spent for. Stored and sent: add at the end, never renumber.</summary>
public enum FundSpendKind : short
{
    /// <summary>Source: "Гранты", for systematic learning.</summary>
    Grant = 1,

    /// <summary>Source: "Создание контента", by contract.</summary>
    Contract = 2,

    /// <summary>Source: "Проекты", by results.</summary>
    Project = 3,

    Startup = 4,
    Team = 5,
    Liquidity = 6,
}
