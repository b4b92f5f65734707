using Microsoft.AspNetCore.Http.Headers;

namespace Stk.ApiHost.Inputs;

/// <summary>Whether a client takes a media type, by its Accept header.</summary>
internal static class AcceptedTypes
{
    public static bool Admits(this HttpRequest request, string type)
    {
        var accepted = new RequestHeaders(request.Headers).Accept;
        if (accepted.Count == 0)
        {
            // No header, or one without a word, takes anything; one that cannot be read takes nothing.
            return request.Headers.Accept.All(string.IsNullOrWhiteSpace);
        }

        // RFC 9110, 12.5.1: the most specific range that matches decides.
        var slash = type.IndexOf('/', StringComparison.Ordinal);
        return (Quality(type) ?? Quality($"{type[..slash]}/*") ?? Quality("*/*")) > 0;

        double? Quality(string range)
        {
            foreach (var entry in accepted)
            {
                if (entry.MediaType.Equals(range, StringComparison.OrdinalIgnoreCase))
                {
                    return entry.Quality ?? 1;
                }
            }

            return null;
        }
    }
}
