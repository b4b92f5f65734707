using System.Text.Json.Nodes;
using Stk.Testing;
using Stk.Torture.Hosts;
using Stk.Torture.Workloads;

namespace Stk.Torture.Upgrades;

/// <summary>
/// An operator whom the earlier build did not know, and who confirms those that were taken over from its log: until then
/// they approve nothing.
/// </summary>
internal sealed class Confirmation(RestApi api, Tokens tokens)
{
    private const string By = "confirmer";

    public async Task Run()
    {
        foreach (var subject in (string[])[Market.FirstOperator, Market.SecondOperator])
        {
            var body = new JsonObject { ["subject"] = subject, ["reason"] = "known from before" }.ToJsonString();
            await Eventually.True(
                async () => await api.Write(
                    HttpMethod.Post, "admin/operators/confirm", tokens.Of("operator", By), $"confirm-{subject}", body)
                    is { IsSuccess: true },
                $"{subject} is confirmed");
        }
    }
}
