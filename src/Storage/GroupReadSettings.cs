namespace Stk.Storage;

/// <param name="Name">In metrics and in what a refused caller hears.</param>
/// <param name="KeysMax">Most keys in one read.</param>
/// <param name="ReadsMax">Most reads under way.</param>
/// <param name="WaitingMax">Most callers waiting; one more is refused. Unit: callers.</param>
/// <param name="WaitMax">A caller who has waited longer is refused before the read begins.</param>
public sealed record GroupReadSettings(string Name, int KeysMax, int ReadsMax, int WaitingMax, TimeSpan WaitMax);
