using System.CommandLine;
using System.Globalization;
using Stk.Cli.Api;
using Stk.Client.Payouts;

namespace Stk.Cli.Payouts;

/// <summary>The verbs of <c>wallet</c> that take STK to it.</summary>
internal static class PayoutVerbs
{
    public static Command Withdraw(ApiVerbs verbs)
    {
        var amount = Values.Amount("amount", "STK; neither fee nor rent is taken from it.");
        return verbs.Asking(
            "withdraw", "Takes STK to your linked wallet.", ApiVerbs.Participant, [amount], async call =>
            {
                var wallet = await call.Client.Wallets.Get(cancellation: call.Cancellation);
                await call.Confirm($"Send {call.Value(amount)} STK to {wallet.Address ?? "a wallet (none is linked)"}?");
                await call.Write(
                    key => call.Client.Payouts.Withdraw(call.Value(amount), key, call.Cancellation),
                    payout => $"payout {payout.Id} of {payout.Amount} STK is {payout.State}", Fields);
            });
    }

    public static Command List(ApiVerbs verbs)
    {
        var participant = Values.Participant();
        var limit = Values.Limit();
        return verbs.Reading(
            "payouts", "What has left for wallets, newest first, and what is on its way.", ApiVerbs.Participant,
            [participant, limit], async call =>
            {
                var payouts = await call.Client.Payouts.List(call.Value(participant), call.Cancellation)
                    .Take(call.Value(limit)).ToListAsync(call.Cancellation);
                await call.ShowAll(payouts, items => Table.Of(
                    ["id", "kind", ">amount", "address", "state", "since", "signature or reason"], items, payout =>
                    [
                        payout.Id.ToString(), payout.Week ?? payout.Kind, payout.Amount.ToString(), payout.Address,
                        payout.State, TerminalText.Of(payout.Since),
                        payout.Signature ?? payout.Reason ?? payout.WaitsFor ?? "-",
                    ]));
            });
    }

    public static Command Show(ApiVerbs verbs)
    {
        var id = Values.Id("id", "As payouts shows it.");
        var participant = Values.Participant();
        return verbs.Reading(
            "payout", "One payout, and how it stands.", ApiVerbs.Participant, [id, participant],
            async call => await call.Show(
                await call.Client.Payouts.Get(call.Value(id), call.Value(participant), call.Cancellation), Fields));
    }

    public static Command CallOff(ApiVerbs verbs)
    {
        var id = Values.Id("id", "As payouts shows it.");
        return verbs.Writing(
            "call-off", "Calls a payout off, until a batch has it.", ApiVerbs.Participant, [id], async call => await call.Write(
                key => call.Client.Payouts.CallOff(call.Value(id), key, call.Cancellation),
                payout => $"payout {payout.Id} is {payout.State}: {payout.Amount} STK are available again", Fields));
    }

    private static Table Fields(Payout payout) => Table.OfFields(
        ("id", payout.Id.ToString()), ("kind", payout.Week ?? payout.Kind), ("amount", $"{payout.Amount} STK"),
        ("address", payout.Address), ("state", payout.State), ("since", TerminalText.Of(payout.Since)),
        ("waits for", payout.WaitsFor), ("reason", payout.Reason), ("signature", payout.Signature),
        ("slot", payout.Slot?.ToString(CultureInfo.InvariantCulture)), ("explorer", payout.Explorer),
        ("", payout.Message));
}
