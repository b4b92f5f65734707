using System.CommandLine;
using Stk.Cli.Api;
using Stk.Client.Services;

namespace Stk.Cli.Services;

/// <summary>The verb <c>services</c>.</summary>
internal static class ServiceVerbs
{
    public static Command Services(ApiVerbs verbs) => new("services", "What is sold.") { List(verbs), Show(verbs) };

    private static Command List(ApiVerbs verbs)
    {
        var all = new Option<bool>("--all") { Description = "The proposed and the withdrawn too; for operators and auditors." };
        return verbs.Reading("list", "The services that can be bought.", ApiVerbs.Participant, [all], async call =>
        {
            var services = call.Value(all)
                ? await call.Client.Services.ListAll(call.Cancellation)
                : await call.Client.Services.List(call.Cancellation);
            await call.ShowAll(services, items => Table.Of(
                ["id", ">price", "gives", "state", "name"], items,
                service => [service.Id, service.Price.ToString(), Gives(service.Term), service.State, service.Name]));
        });
    }

    private static Command Show(ApiVerbs verbs)
    {
        var id = Values.Text("service", "Its id.");
        return verbs.Reading("show", "One service: price, split and who receives.", ApiVerbs.Participant, [id], async call =>
            await call.Show(await call.Client.Services.Get(call.Value(id), call.Cancellation), Fields));
    }

    private static Table Fields(Service service)
    {
        var table = Table.OfFields(
            ("service", $"{service.Id}, version {service.Version}"), ("state", service.State), ("name", service.Name),
            ("description", string.IsNullOrEmpty(service.Description) ? null : service.Description),
            ("price", $"{service.Price} STK"), ("gives", Gives(service.Term)), ("provider", service.Provider),
            ("changed", TerminalText.Of(service.ChangedAt)));
        foreach (var share in service.Split)
        {
            table.Add($"to {share.Role}", $"{TerminalText.Percent(share.ShareBp)}, {Recipient(service, share.Role)}");
        }

        return table;
    }

    private static string Recipient(Service service, string role) =>
        role == Rules.Services.ServiceRules.TreasuryRole ? "the treasury"
        : service.Recipients?.GetValueOrDefault(role) ?? "whom the buyer chooses";

    private static string Gives(Term? term) => term switch
    {
        { Days: { } days } => $"{days} days",
        { Months: { } months } => months == 1 ? "1 month" : $"{months} months",
        { Sessions: { } sessions } => sessions == 1 ? "1 session" : $"{sessions} sessions",
        _ => "for ever",
    };
}
