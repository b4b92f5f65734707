namespace Stk.ApiHost.Inputs;

/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
internal sealed record ReasonBody(string Reason);
