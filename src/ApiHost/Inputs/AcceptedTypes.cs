using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Stk.ApiHost.Inputs;

/// <summary>Which media types a client takes, by its Accept header.</summary>
internal static class AcceptedTypes
{
    public static bool Admits(this HttpRequest request, string type) => request.Preferred([type]) is not null;

    /// <summary>
    /// What a client likes best of what is offered; null where it takes none of it. Of two that it likes as much, the
    /// one that it has named more exactly: a program that names its type and adds <c>*/*</c> for errors is given its
    /// type.
    /// </summary>
    /// <param name="offered">In the order that decides where the client has said nothing.</param>
    public static string? Preferred(this HttpRequest request, ImmutableArray<string> offered)
    {
        var accepted = new RequestHeaders(request.Headers).Accept;
        if (accepted.Count == 0)
        {
            // No header, or one without a word, takes anything; one that cannot be read takes nothing.
            return request.Headers.Accept.All(string.IsNullOrWhiteSpace) ? offered[0] : null;
        }

        return offered
            .Select(type => (Type: type, Liking: LikingFor(type, accepted)))
            .Where(one => one.Liking.Quality > 0)
            .OrderByDescending(one => one.Liking.Quality).ThenByDescending(one => one.Liking.Exactness)
            .Select(one => one.Type)
            .FirstOrDefault();
    }

    // RFC 9110, 12.5.1: the most specific range that matches decides.
    private static (double Quality, int Exactness) LikingFor(string type, IList<MediaTypeHeaderValue> accepted)
    {
        var slash = type.IndexOf('/', StringComparison.Ordinal);
        string[] ranges = ["*/*", $"{type[..slash]}/*", type];
        for (var exactness = ranges.Length - 1; exactness >= 0; exactness--)
        {
            foreach (var entry in accepted)
            {
                if (entry.MediaType.Equals(ranges[exactness], StringComparison.OrdinalIgnoreCase))
                {
                    return (entry.Quality ?? 1, exactness);
                }
            }
        }

        return (0, 0);
    }
}
