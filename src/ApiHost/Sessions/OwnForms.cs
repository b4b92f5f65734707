using Microsoft.AspNetCore.Http.Features;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Sessions;

/// <summary>
/// Takes a form from our own pages alone: the browser must say that it comes from here, and where somebody is signed in the
/// form must carry what their own page gave it.
/// </summary>
internal static class OwnForms
{
    /// <summary>The name of the field.</summary>
    public const string TokenField = "form";

    private const int BodyBytesMax = 65_536;
    private const int FieldsMax = 32;

    private static readonly FormOptions Limits = new()
    {
        ValueCountLimit = FieldsMax,
        ValueLengthLimit = BodyBytesMax,
        KeyLengthLimit = 100,
        BufferBodyLengthLimit = BodyBytesMax,
    };

    /// <summary>The form; null where it is not one of ours.</summary>
    public static async Task<IFormCollection?> Read(HttpContext context)
    {
        var request = context.Request;
        if (!IsFromHere(request) || !request.HasFormContentType
            || !request.ContentType!.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = BodyBytesMax;
        }

        // Read once, whoever asks: a body has no second beginning.
        if (context.Features.Get<ReadForm>() is not { Form: var form })
        {
            try
            {
                form = await new FormFeature(request, Limits).ReadFormAsync(context.RequestAborted);
            }
            catch (InvalidDataException)
            {
                return null;
            }

            context.Features.Set(new ReadForm(form));
        }

        return context.Features.Get<PageCaller>() is not { } caller || caller.HasMade(form[TokenField].ToString())
            ? form
            : null;
    }

    /// <summary>What is answered to a form that is not.</summary>
    public static Problem Refusal => new(SessionProblems.FormNotOurs);

    private sealed record ReadForm(IFormCollection Form);

    // Browsers say the one or the other with each form that is sent.
    private static bool IsFromHere(HttpRequest request) => request.Headers["Sec-Fetch-Site"] is [{ } site]
        ? site == "same-origin"
        : request.Headers.Origin is [{ } origin] && origin == $"{request.Scheme}://{request.Host.Value}";
}
