using Stk.GrainInterfaces.Participants;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Pages;

/// <summary>What is said of an operation beside its kind and sum.</summary>
internal static class OperationWords
{
    public static IEnumerable<string> About(TransactionView one, PageWords words)
    {
        var sum = one.Available + one.Frozen + one.Settling;
        if (one.Counterparty is { } other)
        {
            // No name is declined, and nobody has a gender.
            var role = one.Kind != TransactionKind.Transfer.WireName() ? "history.with"
                : sum < Amount.Zero ? "history.receiver"
                : "history.sender";
            yield return words.Say(role, [("name", other)]);
        }

        if (one.Service is { } service)
        {
            yield return words.Say("history.service", [("name", service)]);
        }

        if (one.Grant is { } grant)
        {
            yield return words.Say("history.grant", [("type", grant.Type is { } type ? words.Type(type) : grant.Id)]);
        }
        else if (WeekId.TryParse(one.Reference, out var week))
        {
            yield return words.Say("history.for", [("week", words.WeekAccusative(week))]);
        }

        if (one.Note is { } note)
        {
            yield return words.Say("history.note", [("note", note)]);
        }

        if (one.Frozen != Amount.Zero)
        {
            yield return words.Say("history.frozen", [("n", words.StkChange(one.Frozen))]);
        }

        if (one.Settling != Amount.Zero)
        {
            yield return words.Say("history.settling", [("n", words.StkChange(one.Settling))]);
        }
    }
}
