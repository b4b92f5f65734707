using System.Collections.Immutable;
using System.Text.Json;
using Stk.ApiHost.Inputs;
using Stk.GrainInterfaces.Services;

namespace Stk.ApiHost.Services;

/// <summary>
/// Reads what a provider or an operator says of a service. Whether it can be offered is the rules' affair.
/// </summary>
internal static class ServiceDrafts
{
    public static ServiceDraft Read(JsonBody body) => new(
        body.Text("name"), body.OptionalText("description"), body.Amount("price"), Split(body), Term(body),
        body.Recipients("recipients"));

    private static ImmutableArray<SplitShareView> Split(JsonBody body)
    {
        const string Field = "split";
        const string Rule = "must be an array of {\"role\", \"shareBp\"}";
        if (body.List(Field) is not { } list)
        {
            return [];
        }

        var shares = ImmutableArray.CreateBuilder<SplitShareView>();
        foreach (var share in list.EnumerateArray())
        {
            if (share.ValueKind == JsonValueKind.Object && share.GetPropertyCount() == 2
                && share.TryGetProperty("role", out var role) && role.ValueKind == JsonValueKind.String
                && share.TryGetProperty("shareBp", out var part) && part.ValueKind == JsonValueKind.Number
                && part.TryGetInt32(out var shareBp))
            {
                shares.Add(new(role.GetString() ?? "", shareBp));
                continue;
            }

            body.Object(Field, Rule);
            break;
        }

        return shares.ToImmutable();
    }

    private static TermView Term(JsonBody body)
    {
        const string Field = "term";
        int? days = null, months = null, sessions = null;
        if (body.OptionalNested(Field) is not { } term)
        {
            return new(null, null, null);
        }

        foreach (var member in term.EnumerateObject())
        {
            int? value = member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var number)
                ? number
                : null;
            if (value is null && member.Value.ValueKind != JsonValueKind.Null)
            {
                body.Object(Field, "must hold whole numbers");
            }

            switch (member.Name)
            {
                case "days":
                    days = value;
                    break;
                case "months":
                    months = value;
                    break;
                case "sessions":
                    sessions = value;
                    break;
                default:
                    body.Object(Field, "must hold no member but days, months and sessions");
                    break;
            }
        }

        return new(days, months, sessions);
    }
}
