using System.CommandLine;
using Stk.Cli.Api;
using Stk.Client.Statistics;

namespace Stk.Cli.Statistics;

/// <summary>The verbs <c>audit</c>, <c>supply</c> and <c>distribution</c>.</summary>
internal static class StatisticsVerbs
{
    public static Command Audit(ApiVerbs verbs)
    {
        var limit = Values.Limit();
        return verbs.Reading("audit", "What operators have done, newest first.", ApiVerbs.Auditor, [limit], async call =>
        {
            var entries = await call.Client.Audit.List(call.Cancellation).Take(call.Value(limit))
                .ToListAsync(call.Cancellation);
            await call.ShowAll(entries, items => Table.Of(
                [">sequence", "at", "by", "action", "subject", "reason"], items, entry =>
                [
                    TerminalText.Of(entry.Sequence), TerminalText.Of(entry.At), entry.By, entry.Action, entry.Subject,
                    entry.Reason,
                ]));
        });
    }

    public static Command Supply(ApiVerbs verbs) =>
        verbs.Reading("supply", "What was issued, and where it is.", ApiVerbs.Auditor, [], async call =>
            await call.Show(await call.Client.Statistics.GetSupply(call.Cancellation), Fields));

    public static Command Distribution(ApiVerbs verbs) =>
        verbs.Reading("distribution", "How STK are spread over participants.", ApiVerbs.Auditor, [], async call =>
            await call.Show(await call.Client.Statistics.GetDistribution(call.Cancellation), Classes));

    private static Table Fields(Supply supply)
    {
        var table = new Table("", ">");
        foreach (var fund in supply.Funds)
        {
            table.Add($"fund {fund.Name}", fund.Balance.ToString());
        }

        table.Add("available", supply.Available.ToString())
            .Add("frozen", supply.Frozen.ToString())
            .Add("settling", supply.Settling.ToString())
            .Add("on chain", supply.OnChain.ToString())
            .Add("reserved by weekly runs", supply.Reserved.ToString())
            .Add("burned", supply.Burned.ToString())
            .Add("emitted", supply.Emitted.ToString())
            .Add("scheduled to today's end", supply.Scheduled.ToString())
            .Add("token year", TerminalText.Of(supply.Year))
            .Add("at", TerminalText.Of(supply.At));
        return table;
    }

    private static Table Classes(Distribution distribution)
    {
        var table = new Table("holders with", ">holders", ">share");
        foreach (var size in distribution.Classes)
        {
            table.Add(
                size.Below is { } below ? $"{size.From} to {below} STK" : $"{size.From} STK and more",
                TerminalText.Of(size.Holders), TerminalText.Percent(size.ShareBp));
        }

        return table
            .Add("all", TerminalText.Of(distribution.Holders), "")
            .Add("the largest ten", "", TerminalText.Percent(distribution.Top.Take(10).Sum(holder => holder.ShareBp)))
            .Add("Gini", "", distribution.Gini);
    }
}
