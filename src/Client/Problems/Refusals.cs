using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Stk.Client.Connections;

namespace Stk.Client.Problems;

/// <summary>Reads an answer that is no success.</summary>
internal static class Refusals
{
    public const string MediaType = "application/problem+json";

    public static async Task<ApiException> Read(
        HttpResponseMessage response, Uri address, string call, SentWrite? write, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        if (response.Content.Headers.ContentType?.MediaType == MediaType)
        {
            try
            {
                var problem = await response.Content.ReadFromJsonAsync<ProblemDetails>(TokenomicsJson.Options, cancellation);
                if (problem is { Type: not null })
                {
                    return new ApiProblemException(problem, status, write);
                }
            }
            catch (Exception exception) when (exception is JsonException or HttpRequestException or IOException)
            {
                return new ApiAnswerException(
                    string.Create(CultureInfo.InvariantCulture, $"The API answered {status} to {call}, and its reason cannot be read."),
                    write, exception);
            }
        }

        return new ApiAnswerException(
            string.Create(CultureInfo.InvariantCulture, $"{address} answered {status} to {call}, and not as STK's API does."), write);
    }
}
