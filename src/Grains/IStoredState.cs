namespace Stk.Grains;

/// <summary>
/// A coordinator's state, stored as JSON by <see cref="StateSerializer"/>. Each member states its stored name, which is
/// fixed for ever and stands in <c>contracts.txt</c>.
/// </summary>
internal interface IStoredState
{
    /// <summary>
    /// Members that this build does not know, as a JSON object; null where there are none. They are written back as they
    /// are: during an upgrade no build loses what the other one remembers.
    /// </summary>
    string? OfOtherBuilds { get; set; }
}
