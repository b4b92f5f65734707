using System.Collections.Immutable;
using Stk.Client.Connections;

namespace Stk.Client.Problems;

/// <summary>The API has refused, as RFC 9457 problem details.</summary>
public sealed class ApiProblemException : ApiException
{
    internal ApiProblemException(ProblemDetails problem, int status, SentWrite? write)
        : base(Sentence(problem), write, null)
    {
        Type = problem.Type;
        Title = problem.Title ?? "";
        Status = status;
        Detail = problem.Detail ?? "";
        TraceId = problem.TraceId;
        Errors = problem.Errors.IsDefault ? [] : problem.Errors;
    }

    /// <summary>A URI reference, relative to the host: the page that explains the type.</summary>
    public string Type { get; }

    /// <summary>The type's name, <c>insufficient-funds</c>.</summary>
    public string Slug => SlugOf(Type);

    public string Title { get; }

    /// <summary>HTTP status.</summary>
    public int Status { get; }

    public string Detail { get; }

    /// <summary>Finds the call in the service's logs.</summary>
    public string? TraceId { get; }

    /// <summary>The fields at fault.</summary>
    public ImmutableArray<FieldError> Errors { get; }

    internal static string SlugOf(string type) => type[(type.LastIndexOf('/') + 1)..];

    private static string Sentence(ProblemDetails problem)
    {
        var fields = problem.Errors.IsDefaultOrEmpty
            ? ""
            : " " + string.Join("; ", problem.Errors.Select(error => $"{error.Field} {error.Rule}")) + ".";
        return $"{SlugOf(problem.Type)}: {problem.Detail ?? problem.Title}{fields}";
    }
}
