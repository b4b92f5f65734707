using System.CommandLine;
using Stk.Cli.Api;
using Stk.Client.Spending;

namespace Stk.Cli.Spending;

/// <summary>The verb <c>transfer</c>.</summary>
internal static class TransferVerb
{
    public static Command Make(ApiVerbs verbs)
    {
        var to = Values.Text("to", "The receiver's participant id.");
        var amount = Values.Amount("amount", "STK that the receiver gets; a fee, where there is one, is on top.");
        var note = new Option<string?>("--note") { Description = "For both sides: 1 to 280 characters." };
        return verbs.Asking(
            "transfer", "Sends STK to another participant.", ApiVerbs.Participant, [to, amount, note], async call =>
            {
                await call.Confirm($"Transfer {call.Value(amount)} STK to {call.Value(to)}?");
                await call.Write(
                    key => call.Client.Spending.Transfer(
                        call.Value(to), call.Value(amount), call.Value(note), key, call.Cancellation),
                    transfer => $"transfer {transfer.Id}", Fields);
            });
    }

    private static Table Fields(Transfer transfer) => Table.OfFields(
        ("transferred", $"{transfer.Amount} STK"), ("to", transfer.To), ("fee", $"{transfer.Fee} STK"),
        ("note", transfer.Note), ("at", TerminalText.Of(transfer.At)), ("id", transfer.Id.ToString()));
}
