namespace Stk.Grains.Vesting;

/// <summary>What is stored of a frozen reward and is not what its events give.</summary>
/// <param name="Table">As <c>vesting.decisions</c>.</param>
/// <param name="Row">By its key.</param>
public sealed record VestingDifference(string Table, string Row, string Expected, string Found);
