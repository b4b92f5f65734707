using System.Collections.Immutable;
using Stk.Reports.Drawing;
using Stk.Rules.Money;
using Stk.Rules.Statements;

namespace Stk.Reports.Statements;

/// <summary>Rewards week by week, as bars: this week's is the darkest.</summary>
internal static class RewardPlot
{
    public const float Height = 118;

    private const float Top = 24;
    private const float Below = 11;

    private static readonly TextStyle Caption = new(7, IsPale: true);
    private static readonly TextStyle Value = new(6.5f);

    public static void Draw(
        Paper paper, ImmutableArray<WeekResult> weeks, StatementWords words, float left, float top, float width)
    {
        paper.Text(left, top + 9, words.ChartTitle, Caption);
        var most = weeks.Max(week => week.Reward.Micro);
        var step = width / weeks.Length;
        var foot = top + Height - Below;
        for (var i = 0; i < weeks.Length; i++)
        {
            var middle = left + (step * (i + 0.5f));
            // Whole units of a thousandth: what a float makes of a long is the same everywhere, and no more is seen.
            var thousandths = most == 0 ? 0 : (int)((Int128)weeks[i].Reward.Micro * 1_000 / most);
            var height = (Height - Top - Below - 8) * thousandths / 1_000;
            paper.Bar(middle - (step * 0.35f), foot - height, step * 0.7f, height, isPale: i < weeks.Length - 1);
            paper.Number(
                middle, foot - height - 2.5f, words.Numbers.Of(Whole(weeks[i].Reward)), Value, step - 1, Side.Middle);
            // The week's number without its year: 2025-W51 is W51.
            paper.Text(middle, foot + 8, weeks[i].Week.ToString()[5..], Caption with { Size = 6.5f }, Side.Middle);
        }

        paper.Rule(left, foot, width);
    }

    private static long Whole(Amount amount) => amount.Micro / Amount.MicroPerStk;
}
