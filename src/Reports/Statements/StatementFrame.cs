using Stk.Reports.Drawing;
using Stk.Rules.Statements;

namespace Stk.Reports.Statements;

/// <summary>What is around the sections: where a page ends, what stands above and below on each.</summary>
internal sealed class StatementFrame(Paper paper, WeeklyReport report, string participantId, StatementWords words)
{
    private const float FootHeight = 34;
    private const float RepeatedHeadHeight = 22;

    private static readonly TextStyle Small = new(7, IsPale: true);
    private static readonly TextStyle Repeated = new(9, IsBold: true);

    public Paper Paper => paper;

    private static float Bottom => Paper.Height - Paper.Margin - FootHeight;

    /// <summary>Turns the page where there is less room than this.</summary>
    /// <returns>True where it has.</returns>
    public bool Need(float height)
    {
        if (paper.Y + height <= Bottom)
        {
            return false;
        }

        paper.TurnPage();
        paper.Y += RepeatedHeadHeight;
        return true;
    }

    /// <summary>Head and foot of every page: last, when it is known how many there are.</summary>
    /// <param name="hash">Of the statement.</param>
    public void DrawMargins(string hash, Uri? accessible)
    {
        for (var page = 0; page < paper.Pages; page++)
        {
            if (page > 0)
            {
                var title = words.Title(report.Statement.Week);
                var baseline = Paper.Margin + Repeated.Size;
                var used = paper.Measure(title, Repeated) + 12;
                paper.Text(Paper.Margin, baseline, title, Repeated, page: page);
                paper.Outside(
                    Paper.Margin + used, baseline, participantId, Small with { Size = 9 }, Paper.Inner - used, page);
            }

            DrawFoot(page, hash, accessible);
        }
    }

    private void DrawFoot(int page, string hash, Uri? accessible)
    {
        var lower = Paper.Height - Paper.Margin - 2;
        paper.Text(Paper.Margin, lower - 20, words.Origin(report), Small, page: page);
        paper.Text(Paper.Margin, lower - 10, words.Hash(hash), Small, page: page);
        if (accessible is not null)
        {
            paper.Link(Paper.Margin, lower, words.Accessible, Small, accessible.AbsoluteUri, page);
        }

        if (paper.Pages > 1)
        {
            paper.Text(
                Paper.Width - Paper.Margin, lower, words.Page(page + 1, paper.Pages), Small, Side.Right, page);
        }
    }
}
