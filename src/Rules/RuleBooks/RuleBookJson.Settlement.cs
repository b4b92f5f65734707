using System.Text.Json;

namespace Stk.Rules.RuleBooks;

/// <content>The section of how STK leaves for wallets.</content>
public static partial class RuleBookJson
{
    private static void WriteSettlement(Utf8JsonWriter json, SettlementRules settlement)
    {
        json.WriteStartObject("settlement");
        json.WriteString("minimum", settlement.Minimum.ToString());
        json.WriteNumber("walletWaitHours", settlement.WalletWaitHours);
        json.WriteNumber("paidAccounts", settlement.PaidAccounts);
        json.WriteEndObject();
    }

    // Each member may be left out: it is the default then.
    private static SettlementRules ReadSettlement(JsonElement element, ObjectionList objections)
    {
        var members = Members.Of(element, "settlement", objections, ["minimum", "walletWaitHours", "paidAccounts"]);
        var silent = SettlementRules.Default;
        return new(
            members.Has("minimum") ? members.Amount("minimum") : silent.Minimum,
            members.Has("walletWaitHours") ? members.Int("walletWaitHours") : silent.WalletWaitHours,
            members.Has("paidAccounts") ? members.Int("paidAccounts") : silent.PaidAccounts);
    }
}
