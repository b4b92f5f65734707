namespace Stk.Torture.Checks;

/// <summary>One claim about what is in the database and what clients were told.</summary>
/// <param name="Claim">A sentence that could be false.</param>
/// <param name="Problems">What does not fit, a sentence each; empty where all does.</param>
/// <param name="Looked">How many things were looked at: none would be no check.</param>
internal sealed record CheckResult(string Claim, IReadOnlyList<string> Problems, long Looked);
