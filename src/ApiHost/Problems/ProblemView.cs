using System.Collections.Immutable;

namespace Stk.ApiHost.Problems;

/// <summary>An answer that is no success: problem details, RFC 9457.</summary>
/// <param name="Type">A URI reference, relative to the host, that explains the type.</param>
/// <param name="Detail">Of this occurrence, for people.</param>
/// <param name="Errors">The fields at fault.</param>
internal sealed record ProblemView(
    string Type, string Title, int Status, string Detail, string TraceId, ImmutableArray<FieldErrorView> Errors);

/// <param name="Field">The parameter's name, or the member's path in the body.</param>
/// <param name="Rule">The rule that it breaks. The value is not repeated.</param>
internal sealed record FieldErrorView(string Field, string Rule);
