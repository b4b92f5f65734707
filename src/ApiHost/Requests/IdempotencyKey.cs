using Stk.ApiHost.Authentication;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Causes;

namespace Stk.ApiHost.Requests;

/// <summary>
/// The client's own name of a write (Idempotency-Key): with it a second copy is known. It is the client's alone: the id
/// made of it is also of the token's subject, the method and what the path names.
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const string Replayed = "Idempotency-Replayed";
    private const int MaxCharacters = 255;

    /// <summary>Must be there.</summary>
    public static Reading<string> RequiredKey(this HttpRequest request) =>
        !request.OptionalKey().IsRead(out var key, out var problem) ? problem
        : key is null ? new Problem(ProblemTypes.IdempotencyKeyMissing)
        : new Reading<string>.Read(key);

    /// <summary>Null where it is not there.</summary>
    public static Reading<string?> OptionalKey(this HttpRequest request)
    {
        var values = request.Headers[Header];
        return values.Count == 0 ? new Reading<string?>.Read(null)
            : values is [{ Length: > 0 and <= MaxCharacters } key] && key.All(character => character is > ' ' and <= '~')
                ? new Reading<string?>.Read(key)
                : new Problem(ProblemTypes.IdempotencyKeyInvalid);
    }

    /// <summary>What makes a second copy of this request the same one.</summary>
    /// <param name="key">Null: it is a request of its own, told from all others, that our own retries may repeat.</param>
    /// <param name="address">Method and path, as the API writes it: two spellings of a path are one address.</param>
    public static RequestKey RequestKey(this HttpContext context, string? key, string address, JsonBody body) => new(
        key is null ? Guid.NewGuid() : CauseId.Of("request", context.User.SubjectId(), address, key), body.Fingerprint());

    /// <summary>The same, where a key is a choice: null without one.</summary>
    public static RequestKey? RequestKeyIfGiven(this HttpContext context, string? key, string address, JsonBody body) =>
        key is null ? null : context.RequestKey(key, address, body);

    /// <summary>What to answer where a key was of another body; says where this is a replay.</summary>
    public static Problem? Answer(this HttpContext context, KeyUse use)
    {
        if (use == KeyUse.Replay)
        {
            context.Response.SayReplayed();
        }

        return use == KeyUse.Reused ? new(ProblemTypes.IdempotencyKeyReused) : null;
    }

    /// <summary>Tells the client that an earlier copy of the request was answered, and that this is its answer.</summary>
    public static void SayReplayed(this HttpResponse response) => response.Headers[Replayed] = "true";
}
