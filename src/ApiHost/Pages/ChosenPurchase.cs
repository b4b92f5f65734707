using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Services;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.Participants;
using Stk.Rules.Services;

namespace Stk.ApiHost.Pages;

/// <summary>A purchase as it was chosen: which version for which price, and whom the buyer names.</summary>
/// <param name="Recipients">By role, only where the service leaves it open.</param>
public sealed record ChosenPurchase(
    string Service, int Version, Amount Price, ImmutableSortedDictionary<string, string> Recipients)
{
    internal const string RolePrefix = "for.";

    /// <summary>What is kept where the session ends, beside whom the buyer names.</summary>
    internal static readonly ImmutableArray<string> Fields = ["version", "price", "key"];

    /// <summary>The roles that a buyer chooses.</summary>
    internal static ImmutableArray<string> OpenRoles(ServiceView service) =>
    [
        .. service.Split.Select(share => share.Role)
            .Where(role => role != ServiceRules.TreasuryRole && !service.Recipients.ContainsKey(role))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Whom a form names for the open roles of a service; what it says of others is not read.</summary>
    internal static ImmutableSortedDictionary<string, string> Named(
        ServiceView service, Func<string, StringValues> fields) =>
        OpenRoles(service).ToImmutableSortedDictionary(
            role => role, role => fields(RolePrefix + role) is [{ } said] ? said.Trim() : "", StringComparer.Ordinal);

    /// <summary>Null where a form says no version or no price.</summary>
    internal static ChosenPurchase? Of(ServiceView service, Func<string, StringValues> fields) =>
        int.TryParse(fields("version").ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
        && Amount.TryParse(fields("price").ToString(), out var price)
            ? new(service.Id, version, price, Named(service, fields))
            : null;

    internal string Address(string key) => QueryHelpers.AddQueryString(
        $"/services/{Service}/buy",
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["version"] = Version.ToString(CultureInfo.InvariantCulture),
            ["price"] = Price.ToString(),
            ["key"] = key,
        }.Concat(Recipients.Select(named => KeyValuePair.Create(RolePrefix + named.Key, (string?)named.Value))));

    internal ImmutableArray<FieldFault> Check(string own, PageWords words) =>
    [
        .. Recipients.Where(named => named.Value == own || !ParticipantId.IsValid(named.Value))
            .Select(named => new FieldFault(
                RolePrefix + named.Key,
                words[named.Value.Length == 0 ? "service.recipient.missing" : "refusal.recipient-unresolved"])),
    ];

    /// <summary>One participant's, and of this purchase alone.</summary>
    internal RequestKey RequestKey(string own, string key)
    {
        var said = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Version}\n{Price}");
        foreach (var (role, recipient) in Recipients)
        {
            said.Append(CultureInfo.InvariantCulture, $"\n{role}\n{recipient.Length}:{recipient}");
        }

        return new(
            CauseId.Of("request", own, $"POST /services/{Service}/purchase", key),
            SHA256.HashData(Encoding.UTF8.GetBytes(said.ToString())));
    }
}
