using System.Collections.Immutable;
using System.CommandLine;
using Stk.Cli.Api;
using Stk.Client.Spending;

namespace Stk.Cli.Spending;

/// <summary>The verbs <c>buy</c>, <c>renewal</c> and <c>entitlements</c>.</summary>
internal static class BuyVerbs
{
    public static Command Buy(ApiVerbs verbs)
    {
        var service = Values.Text("service", "The service's id; services list shows them.");
        var recipients = new Option<string[]>("--recipient")
        {
            Description = "Who stands for a role that the service leaves open, as mentor=ID; once for each role.",
            DefaultValueFactory = _ => [],
        };
        recipients.Validators.Add(result =>
        {
            if (result.Tokens.Select(token => token.Value.Split('=', 2))
                    .Any(pair => pair is not [{ Length: > 0 }, { Length: > 0 }])
                || result.Tokens.DistinctBy(token => token.Value.Split('=')[0]).Count() < result.Tokens.Count)
            {
                result.AddError("--recipient must be ROLE=ID, once for each role.");
            }
        });
        var price = Values.AmountOption("--price", "Buy for this price or not at all (default: the price when it is asked).");
        var renew = new Option<bool>("--renew")
        {
            Description = "Buy the next months too, for at most this price, until the renewal verb says otherwise.",
        };
        return verbs.Asking(
            "buy", "Buys a service.", ApiVerbs.Participant, [service, recipients, price, renew], async call =>
            {
                var offer = await call.Client.Services.Get(call.Value(service), call.Cancellation);
                await call.Confirm($"Buy {offer.Id} ({offer.Name}) for {call.Value(price) ?? offer.Price} STK?");
                var chosen = call.Required(recipients).Select(pair => pair.Split('=', 2))
                    .ToImmutableSortedDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
                // What was shown is what is bought.
                var order = new PurchaseOrder(chosen.IsEmpty ? null : chosen, call.Value(price) ?? offer.Price)
                {
                    Renew = call.Value(renew) ? true : null,
                };
                await call.Write(
                    key => call.Client.Spending.Buy(offer.Id, order, key, call.Cancellation),
                    purchase => $"purchase {purchase.Id}", Fields);
            });
    }

    public static Command Renewal(ApiVerbs verbs)
    {
        var id = Values.Id("id", "Of the entitlement; entitlements shows it.");
        var choice = Values.Text("choice", "on or off.").AcceptOnlyFromAmong("on", "off");
        var price = Values.AmountOption("--max-price", "The most that one renewal may cost (default: what was paid last).");
        return verbs.Writing(
            "renewal", "Says whether the months of a service are followed by others.", ApiVerbs.Participant,
            [id, choice, price], async call =>
            {
                var isOn = call.Value(choice) == "on";
                await call.Write(
                    key => call.Client.Entitlements.SetRenewal(
                        call.Value(id), isOn, isOn ? call.Value(price) : null, key, call.Cancellation),
                    renewal => $"renewal is {(renewal.On ? "on" : "off")}",
                    renewal => Table.OfFields(
                        ("renewal", renewal.On ? "on" : "off"),
                        ("at most", renewal.MaxPrice is { } max ? $"{max} STK" : null)));
            });
    }

    public static Command Entitlements(ApiVerbs verbs)
    {
        var participant = Values.Participant();
        return verbs.Reading(
            "entitlements", "What purchases give a right to, newest first.", ApiVerbs.Participant, [participant], async call =>
            {
                var rights = await call.Client.Entitlements.List(call.Value(participant), call.Cancellation);
                await call.ShowAll(rights, items => Table.Of(
                    ["service", "active", "from", "until", ">left", "renewed for", "ended", "id"], items, right =>
                    [
                        right.Service, right.IsActive ? "yes" : "no", TerminalText.Of(right.From), TerminalText.Of(right.Until),
                        right.Left is { } left ? $"{left} of {right.Sessions}" : "",
                        right.Renewal?.MaxPrice is { } max ? $"at most {max}" : "", TerminalText.Of(right.EndedAt),
                        right.Id.ToString(),
                    ]));
            });
    }

    private static Table Fields(Purchase purchase)
    {
        var table = Table.OfFields(
            ("bought", $"{purchase.Service}, version {purchase.Version}"), ("price", $"{purchase.Price} STK"),
            ("until", purchase.Entitlement.Until is { } until ? TerminalText.Of(until) : null),
            ("sessions", purchase.Entitlement.Sessions is { } sessions ? TerminalText.Of(sessions) : null),
            ("at", TerminalText.Of(purchase.At)), ("id", purchase.Id.ToString()));
        foreach (var part in purchase.Parts)
        {
            table.Add($"to {part.Role}", part.Recipient is null ? $"{part.Amount} STK" : $"{part.Amount} STK, {part.Recipient}");
        }

        return table;
    }
}
