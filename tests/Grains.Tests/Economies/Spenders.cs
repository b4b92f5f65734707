using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Stk.GrainInterfaces.Entitlements;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Services;
using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Treasury;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.Treasury;
using Xunit;

namespace Stk.Grains.Tests.Economies;

/// <summary>People with money, and the requests that they send.</summary>
internal static class Spenders
{
    public static ISpenderGrain Spender(this TestEconomy economy, string id) => economy.Grains.GetGrain<ISpenderGrain>(id);

    public static IEntitledGrain Entitled(this TestEconomy economy, string id) =>
        economy.Grains.GetGrain<IEntitledGrain>(id);

    public static IServiceGrain Service(this TestEconomy economy, string id) => economy.Grains.GetGrain<IServiceGrain>(id);

    public static ITreasuryGrain Treasury(this TestEconomy economy) => economy.Grains.GetGrain<ITreasuryGrain>(0);

    /// <summary>The key of a request as the API host makes it: of the key's text, and of the body's.</summary>
    public static RequestKey Key(string key, string body = "") =>
        new(CauseId.Of("request", key), SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    public static RequestKey NewKey() => Key(Guid.NewGuid().ToString());

    /// <summary>Registers somebody without money.</summary>
    public static Task Register(this TestEconomy economy, string id) =>
        economy.Participant(id).ChangeProfile(new(1, null, "joins", "operator"), CancellationToken.None);

    /// <summary>
    /// Registers somebody and pays from the treasury's fund, two persons where it takes them: genesis' day has emitted some
    /// hundred thousand.
    /// </summary>
    public static async Task Fund(this TestEconomy economy, string id, Amount amount)
    {
        await economy.Register(id);
        var paid = await economy.Treasury().Spend(
            new(NewKey(), Rules.Money.Fund.Treasury, id, amount, FundSpendKind.Grant, "for a test", 0, "operator"),
            CancellationToken.None);
        if (Done(paid) is { State: FundSpendState.Waiting, Id: var waiting })
        {
            Done(await economy.Decide(waiting));
        }
    }

    public static Task<SpendingReply<TransferView>> Transfer(
        this TestEconomy economy, string from, string to, Amount amount, string? note = null, RequestKey? key = null) =>
        economy.Spender(from).Transfer(new(key ?? NewKey(), to, amount, note), CancellationToken.None);

    public static Task<SpendingReply<PurchaseView>> Buy(
        this TestEconomy economy, string buyer, string service, RequestKey? key = null, int? version = null,
        Amount? price = null,
        params (string Role, string Participant)[] recipients) => economy.Spender(buyer).Purchase(
            new(
                key ?? NewKey(), service, version, price,
                recipients.ToImmutableDictionary(pair => pair.Role, pair => pair.Participant)),
            CancellationToken.None);

    public static ServiceDraft Draft(Amount price, TermView term, params (string Role, int ShareBp)[] split) => new(
        "A service", "", price, [.. split.Select(share => new SplitShareView(share.Role, share.ShareBp))], term,
        ImmutableDictionary<string, string>.Empty);

    /// <summary>A version of a service, by an operator: it stands at once.</summary>
    public static async Task Offer(
        this TestEconomy economy, string service, Amount price, TermView term, params (string Role, int ShareBp)[] split) =>
        Assert.IsType<ServiceReply.Done>(await economy.Service(service).Put(
            new(NewKey(), Draft(price, term, split), null, "operator", IsOperator: true), CancellationToken.None));

    public static async Task<Amount> Available(this TestEconomy economy, string id) =>
        new(await economy.Ask<long>($"""
            SELECT coalesce((SELECT balance_micro FROM ledger.accounts WHERE kind = 6 AND owner = {await economy.NumberOf(id)}), 0)
            """));

    public static Task<long> FundBalance(this TestEconomy economy, Fund fund) => economy.Ask<long>(
        $"SELECT coalesce((SELECT balance_micro FROM ledger.accounts WHERE kind = 3 AND owner = {(int)fund}), 0)");

    /// <summary>Announces rules of spending from next week on.</summary>
    /// <returns>That week.</returns>
    public static async Task<Rules.Weeks.WeekId> SpendingRules(this TestEconomy economy, string spending)
    {
        var versions = await economy.RuleBook.GetVersions();
        var document = JsonNode.Parse(versions[^1].Document)!;
        document.AsObject().Remove("version");
        document["spending"] = JsonNode.Parse(spending);
        var next = Rules.Weeks.WeekId.Of((await economy.Schedule.GetClock()).Now).Next;
        await economy.Announce(next, Encoding.UTF8.GetBytes(document.ToJsonString()));
        return next;
    }

    public static T Done<T>(SpendingReply<T> reply) => Assert.IsType<SpendingReply<T>.Done>(reply).View;

    public static Rules.Spending.SpendingRefusal Refused<T>(SpendingReply<T> reply) =>
        Assert.IsType<SpendingReply<T>.Refused>(reply).Reason;
}
