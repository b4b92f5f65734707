using Stk.ApiHost.Inputs;
using Stk.GrainInterfaces.Requests;

namespace Stk.ApiHost.Requests;

/// <summary>
/// The one way to read a write: its key, its body, the body's members, every objection at once. Whoever calls it says what
/// the members are and what is done with them.
/// </summary>
internal static class KeyedWrite
{
    /// <summary>A write that must have a key.</summary>
    /// <param name="address">Method and path, as the API writes it: two spellings of a path are one address.</param>
    /// <param name="read">Reads the members, and keeps what it objects to in the body.</param>
    /// <param name="act">Called where key and members may be used.</param>
    public static async Task<IResult> Answer<T>(
        HttpContext context, string address, Func<JsonBody, T> read, Func<RequestKey, T, Task<IResult>> act,
        bool mayBeAbsent = false) => context.Request.RequiredKey().IsRead(out var key, out var problem)
        ? await Unkeyed(
            context, read, (body, members) => act(context.RequestKey(key, address, body), members), mayBeAbsent: mayBeAbsent)
        : problem;

    /// <summary>A write whose key is a choice: without one, <c>null</c>.</summary>
    /// <param name="maxBytes">Of the body, after decompression.</param>
    /// <inheritdoc cref="Answer{T}"/>
    public static async Task<IResult> AnswerIfKeyed<T>(
        HttpContext context, string address, Func<JsonBody, T> read, Func<RequestKey?, T, Task<IResult>> act,
        int maxBytes = JsonBody.DefaultMaxBytes, bool mayBeAbsent = false) =>
        context.Request.OptionalKey().IsRead(out var key, out var problem)
            ? await Unkeyed(
                context, read, (body, members) => act(context.RequestKeyIfGiven(key, address, body), members), maxBytes,
                mayBeAbsent)
            : problem;

    /// <summary>A write whose key is a choice: without one it is given its own, that our retries may repeat.</summary>
    /// <inheritdoc cref="Answer{T}"/>
    public static async Task<IResult> AnswerWithOwnKey<T>(
        HttpContext context, string address, Func<JsonBody, T> read, Func<RequestKey, T, Task<IResult>> act) =>
        context.Request.OptionalKey().IsRead(out var key, out var problem)
            ? await Unkeyed(context, read, (body, members) => act(context.RequestKey(key, address, body), members))
            : problem;

    /// <summary>An operator's write under a key, whose body is a reason and nothing else.</summary>
    /// <inheritdoc cref="Answer{T}"/>
    public static Task<IResult> AnswerReasoned(
        HttpContext context, string address, Func<RequestKey, string, Task<IResult>> act) =>
        Answer(context, address, body => body.Reason("reason"), act);

    /// <summary>A write that is its own key, by something in its body.</summary>
    public static async Task<IResult> Unkeyed<T>(
        HttpContext context, Func<JsonBody, T> read, Func<JsonBody, T, Task<IResult>> act,
        int maxBytes = JsonBody.DefaultMaxBytes, bool mayBeAbsent = false)
    {
        if (!(await JsonBody.Read(context.Request, maxBytes, mayBeAbsent)).IsRead(out var body, out var problem))
        {
            return problem;
        }

        using (body)
        {
            var members = read(body);
            return body.Fault is { } fault ? fault : await act(body, members);
        }
    }
}
