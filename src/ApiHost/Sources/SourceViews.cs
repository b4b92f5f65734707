namespace Stk.ApiHost.Sources;

internal sealed record SourceView(string Name, DateTimeOffset? CompleteTo, bool Required);

/// <param name="CompleteTo">Every event before this instant has been sent.</param>
/// <param name="Required">True where no week is sealed before the source is complete to its end.</param>
internal sealed record SourceBody(bool Required, DateTimeOffset? CompleteTo = null);
