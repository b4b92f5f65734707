using System.Security.Cryptography;
using System.Text.Json;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Transfers;
using Stk.GrainInterfaces.Faults;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Causes;
using Stk.Rules.Money;

namespace Stk.ApiHost.Pages;

/// <summary>What a page's transfer is known by, and what a failure says of it.</summary>
internal static class TransferWrites
{
    /// <summary>As the API makes it of a key and a body: one participant's, and of this transfer alone.</summary>
    public static RequestKey RequestKey(string own, string key, TypedTransfer typed, Amount amount) => new(
        CauseId.Of("request", own, "POST /transfer", key),
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
            new TransferBody(typed.To, amount, typed.NoteOrNone), TransferJson.Default.TransferBody)));

    /// <summary>What is said of a failure, beside the same key.</summary>
    /// <param name="unknown">The text of an outcome that is not known.</param>
    public static TransferTrouble Told(HttpContext context, ProblemType type, string unknown)
    {
        var words = PageView.Words(context.Request);
        var isUnknown = type == ProblemTypes.OutcomeUnknown;
        context.Response.Headers.RetryAfter = "1";
        return new(
            type.Slug,
            isUnknown ? words[unknown] : words.Say("problem.busy", [("seconds", words.Count("n.seconds", 1))]),
            System.Diagnostics.Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier, isUnknown);
    }

    /// <summary>What a failure is of; null where it is a fault of ours.</summary>
    /// <param name="wasUnknown">
    /// An earlier copy may have been done: that this one was not begun says nothing of it.
    /// </param>
    public static ProblemType? Trouble(Exception exception, bool wasUnknown) => exception switch
    {
        OutcomeUnknownException or CommitUnknownException => ProblemTypes.OutcomeUnknown,
        ClusterBusyException or LimitExceededException or GatewayTooBusyException or DatabaseUnavailableException
            or ClusterUnavailableException => wasUnknown ? ProblemTypes.OutcomeUnknown : ProblemTypes.Busy,
        _ => null,
    };
}
