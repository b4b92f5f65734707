using System.Collections.Immutable;

namespace Stk.Client.Problems;

internal sealed record ProblemDetails(
    string Type, string? Title, string? Detail, string? TraceId, ImmutableArray<FieldError> Errors);
