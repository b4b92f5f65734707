using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Problems;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.OpenApi;

/// <summary>The OpenAPI 3.1 document of the API.</summary>
internal static class ApiDescription
{
    public const string Name = "v1";
    private const string Scheme = "bearer";
    private const string OwnComment = "An amount of STK in micro-STK";

    public static void AddApiDescription(this IServiceCollection services) => services
        .AddSingleton<ApiDocument>().AddSingleton<Examples>().AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        // Every GET answers HEAD: that is said once, for all.
        options.ShouldInclude = description => description.HttpMethod != HttpMethods.Head;
        options.AddDocumentTransformer(Document);
        options.AddOperationTransformer(Operation);
        options.AddOperationTransformer(Answers);
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
                + "weeks are ISO, 2025-W51; every answer that is no success is application/problem+json. HEAD answers "
                + "what GET would, without the body.",
        };
        document.Tags = context.ApplicationServices.GetServices<Topic>()
            .Select(topic => topic.Tag).OfType<Tag>().Distinct()
            .Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Meaning })
            .ToHashSet();
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

        foreach (var header in metadata.OfType<HeaderDescription>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = header.Name,
                In = ParameterLocation.Header,
                Required = header.IsRequired,
                Description = header.Meaning,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Example = JsonValue.Create(header.Example),
            });
        }

        if (metadata.OfType<BodyDescription>().SingleOrDefault() is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = body.IsRequired,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [body.MediaType] = new()
                    {
                        Schema = await context.GetOrCreateSchemaAsync(body.Type, cancellationToken: cancellation),
                        Example = context.ApplicationServices.GetRequiredService<Examples>().Of(body.Type),
                    },
                },
            };
        }

        if (metadata.OfType<IAuthorizeData>().Any())
        {
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
        }
    }

    // What the framework has made of the endpoint's metadata says a status and a shape; which problems and what they look
    // like is said here.
    private static Task Answers(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var problems = metadata.OfType<ProblemsDescription>().SelectMany(some => some.Types).Distinct()
            .GroupBy(type => type.Status).ToDictionary(group => group.Key, group => group.ToList());
        var shapes = metadata.OfType<IProducesResponseTypeMetadata>()
            .Where(shape => shape.StatusCode < 300 && shape.Type is not null)
            .ToLookup(shape => shape.StatusCode, shape => shape.Type);
        foreach (var (status, answer) in operation.Responses ?? [])
        {
            var code = int.Parse(status, System.Globalization.CultureInfo.InvariantCulture);
            if (answer is not OpenApiResponse response)
            {
                continue;
            }

            if (problems.TryGetValue(code, out var types))
            {
                DescribeProblems(response, types);
            }
            else if (code < 300)
            {
                DescribeSuccess(response, metadata, shapes[code].FirstOrDefault(),
                    context.ApplicationServices.GetRequiredService<Examples>());
            }
        }

        if (metadata.OfType<TaggedDescription>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "If-None-Match",
                In = ParameterLocation.Header,
                Description = "The ETag of the answer that the client has",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
            operation.Responses ??= [];
            operation.Responses["304"] = new OpenApiResponse { Description = "What the client has is what there is." };
        }

        return Task.CompletedTask;
    }

    private static void DescribeProblems(OpenApiResponse response, List<ProblemType> types)
    {
        response.Description = string.Join("\n\n", types.Select(type => $"`{type.Uri}`: {type.Meaning}"));
        if (response.Content?.TryGetValue(Problem.ContentType, out var content) is true)
        {
            content.Examples = types.ToDictionary(
                type => type.Slug,
                type => (IOpenApiExample)new OpenApiExample { Summary = type.Title, Value = Examples.Of(type) },
                StringComparer.Ordinal);
        }
    }

    private static void DescribeSuccess(
        OpenApiResponse response, IList<object> metadata, Type? shape, Examples examples)
    {
        var headers = metadata.OfType<AnswerHeaderDescription>().DistinctBy(header => header.Name).ToList();
        if (metadata.OfType<TaggedDescription>().Any())
        {
            headers.Add(new("ETag", "For If-None-Match of the next request"));
        }

        foreach (var header in headers)
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
            response.Headers[header.Name] = new OpenApiHeader
            {
                Description = header.Meaning,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }

        foreach (var form in metadata.OfType<OtherFormDescription>())
        {
            response.Content ??= new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal);
            response.Content[form.Type] = new()
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = form.Meaning },
            };
        }

        if (shape is not null && response.Content?.TryGetValue("application/json", out var content) is true)
        {
            content.Example = examples.Of(shape);
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
            // The type's own comment is for those who write it; a member's says what the amount is of.
            if (schema.Description is null || schema.Description.StartsWith(OwnComment, StringComparison.Ordinal))
            {
                schema.Description = meaning;
            }

            schema.Examples = [JsonValue.Create(example)];
        }
    }
}
