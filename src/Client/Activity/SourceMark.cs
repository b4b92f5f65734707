namespace Stk.Client.Activity;

/// <param name="CompleteTo">Every event before this instant has been sent.</param>
/// <param name="Required">True where no week is sealed before the source is complete to its end.</param>
public sealed record SourceMark(string Name, DateTimeOffset? CompleteTo, bool Required);
