using System.Collections.Immutable;
using Stk.ApiHost.Problems;
using Stk.Rules.Objections;

namespace Stk.ApiHost.OpenApi;

/// <summary>
/// Parameters of a query that an endpoint of the API does not know are refused, on reads and writes alike: whoever misspells
/// one is not answered as if it had not been said. What an endpoint knows is what it describes.
/// </summary>
internal static class UnknownQueries
{
    private const string Rule = "must be left out: there is no such parameter here";

    public static void UseUnknownQueries(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (Unknown(context) is { IsEmpty: false } objections)
        {
            await Problem.Invalid(objections).ExecuteAsync(context);
            return;
        }

        await next(context);
    });

    private static ImmutableArray<Objection> Unknown(HttpContext context)
    {
        if (context.Request.Query.Count == 0
            || context.GetEndpoint()?.Metadata is not { } metadata
            // Only those of the API's own root describe themselves.
            || metadata.GetMetadata<ProblemsDescription>() is null)
        {
            return [];
        }

        var known = metadata.GetOrderedMetadata<QueryDescription>();
        return
        [
            .. context.Request.Query.Keys
                .Where(name => !known.Any(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase)))
                .Select(name => new Objection(name, Rule)),
        ];
    }
}
