namespace Stk.Storage;

/// <param name="Name">In logs and metrics.</param>
/// <param name="WeightMax">Most weight in one commit. A single heavier item goes alone.</param>
/// <param name="WaitingMax">Most items waiting of each priority. Unit: items.</param>
/// <param name="WaitMax">An item that has waited longer is refused before its batch starts.</param>
/// <param name="RetryFor">How long a batch is tried again before its callers are told.</param>
public sealed record GroupCommitSettings(
    string Name, int WeightMax, int WaitingMax, TimeSpan WaitMax, TimeSpan RetryFor);
