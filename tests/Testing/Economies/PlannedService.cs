namespace Stk.Testing.Economies;

/// <summary>A service that is to be on sale.</summary>
/// <param name="Price">In STK: <c>0.000001</c>.</param>
/// <param name="Days">How long what was bought lasts; null for ever.</param>
/// <param name="Recipients">Who is paid for a role; a role without one is named by the buyer.</param>
public sealed record PlannedService(
    string Id, string Price, IReadOnlyList<(string Role, int ShareBp)> Split, int? Days = null,
    IReadOnlyDictionary<string, string>? Recipients = null);
