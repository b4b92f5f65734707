using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Stk.ApiHost.Inputs;

namespace Stk.ApiHost.OpenApi;

/// <summary>
/// The API's description as it is served: made once, at the first question. It needs no token, and takes a quarter of a
/// second to make.
/// </summary>
internal sealed class ApiDocument([FromKeyedServices(ApiDescription.Name)] IOpenApiDocumentProvider description)
{
    public const string Path = $"/openapi/{ApiDescription.Name}.json";

    private volatile byte[]? _json;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(Path, async (ApiDocument document, CancellationToken cancellation) =>
                TypedResults.Bytes(await document.Get(cancellation), "application/json"))
            .WithETag()
            .AllowAnonymous()
            .ExcludeFromDescription();

    private async Task<byte[]> Get(CancellationToken cancellation)
    {
        if (_json is { } known)
        {
            return known;
        }

        var document = await description.GetOpenApiDocumentAsync(cancellation);
        // Wherever this host is reached: the addresses are relative to the document's.
        document.Servers = [];
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, cancellation);
        return _json = json.ToArray();
    }
}
