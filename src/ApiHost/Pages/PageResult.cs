using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Hosting;

namespace Stk.ApiHost.Pages;

/// <summary>A page, whole when it arrives.</summary>
/// <param name="Frame">What every page has.</param>
/// <param name="Model">What this one shows; null where it shows nothing but words.</param>
internal sealed record PageResult<TComponent>(PageFrame Frame, object? Model = null) : IResult
    where TComponent : IComponent
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Features.Set(AnswerHeaders.OfPages);
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(Frame)] = Frame };
        if (Model is not null)
        {
            parameters[nameof(Model)] = Model;
        }

        return new RazorComponentResult<TComponent>(parameters) { StatusCode = Status, PreventStreamingRendering = true }
            .ExecuteAsync(httpContext);
    }
}
