namespace Stk.Verification;

/// <summary>
/// A sort of thing of which the operators' log and the tables say the same: both queries give a key and what is said of it,
/// <c>key text, content jsonb</c>, as often as it is said.
/// </summary>
/// <param name="Table">As <c>spending.refunds</c>.</param>
/// <param name="Rows">Constant. What the tables have that must be in the log.</param>
/// <param name="Entries">
/// Constant. What the log says, from the columns of <c>logged</c>: sequence, by, at, action, subject, before, after (JSON),
/// reason.
/// </param>
internal sealed record LoggedKind(string Table, string Rows, string Entries);
