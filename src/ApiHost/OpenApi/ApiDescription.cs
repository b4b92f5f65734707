using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.OpenApi;

/// <summary>The OpenAPI 3.1 document of the API.</summary>
internal static class ApiDescription
{
    private const string Scheme = "bearer";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(Document);
        options.AddOperationTransformer(Operation);
        options.AddSchemaTransformer(Schema);
    });

    private static Task Document(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new()
        {
            Title = "STK",
            Version = "v1",
            Description = "The token economy of a learning community. Amounts are strings with at most 6 decimals; "
                + "weeks are ISO, 2025-W51; every answer that is no success is application/problem+json.",
        };
        document.Components ??= new();
        document.AddComponent<IOpenApiSecurityScheme>(Scheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "ES256. Roles: participant, operator, auditor, ingest.",
        });
        return Task.CompletedTask;
    }

    private static async Task Operation(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var query in metadata.OfType<QueryDescription>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = query.Name,
                In = ParameterLocation.Query,
                Required = query.IsRequired,
                Description = query.Meaning,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        if (metadata.OfType<BodyDescription>().SingleOrDefault() is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = body.IsRequired,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/json"] = new()
                    {
                        Schema = await context.GetOrCreateSchemaAsync(body.Type, cancellationToken: cancellation),
                    },
                },
            };
        }

        if (metadata.OfType<IAuthorizeData>().Any())
        {
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
        }
    }

    private static Task Schema(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(Amount))
        {
            BeText(schema, @"^-?[0-9]+(\.[0-9]{1,6})?$", "STK, at most 6 decimals", "1584");
        }
        else if (type == typeof(WeekId))
        {
            BeText(schema, "^[0-9]{4}-W[0-9]{2}$", "An ISO week, UTC", "2025-W51");
        }

        return Task.CompletedTask;

        static void BeText(OpenApiSchema schema, string pattern, string meaning, string example)
        {
            var isNullable = schema.Type?.HasFlag(JsonSchemaType.Null) ?? false;
            schema.Type = isNullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
            schema.Pattern = pattern;
            schema.Description ??= meaning;
            schema.Examples = [JsonValue.Create(example)];
        }
    }
}
