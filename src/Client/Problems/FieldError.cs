namespace Stk.Client.Problems;

/// <param name="Field">The parameter's name, or the member's path in the body.</param>
/// <param name="Rule">The rule that it breaks.</param>
public sealed record FieldError(string Field, string Rule);
