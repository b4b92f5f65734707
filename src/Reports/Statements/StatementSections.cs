using System.Collections.Immutable;
using Stk.Reports.Drawing;
using Stk.Rules.Rewards;
using Stk.Rules.RuleBooks;
using Stk.Rules.Statements;

namespace Stk.Reports.Statements;

/// <summary>The sections of a drawn statement, each below the one before.</summary>
internal sealed class StatementSections(StatementFrame frame, WeeklyReport report, RuleBook book, StatementWords words)
{
    private const float RowHeight = 11.2f;
    private const float Leading = 11;
    private const float SectionGap = 9;
    private const float ComparedWidth = 300;

    private static readonly TextStyle Body = new(8.5f);
    private static readonly TextStyle Pale = new(8.5f, IsPale: true);
    private static readonly TextStyle Strong = new(8.5f, IsBold: true);
    private static readonly TextStyle ColumnHead = new(7, IsPale: true);
    private static readonly TextStyle SectionTitle = new(10.5f, IsBold: true);

    // Of the table: where each column's numbers end, and their room. The first is the activity's.
    private static readonly ImmutableArray<Column> TableColumns = Columns(144, 48, 50, 52, 44, 56, 86, 43.276f);
    private static readonly ImmutableArray<Column> ComparedColumns = Columns(138, 54, 54, 54);

    private readonly Paper _paper = frame.Paper;
    private readonly Statement _statement = report.Statement;

    public void DrawHead(string participantId)
    {
        const float left = Paper.Margin;
        _paper.Text(left, _paper.Y + 8, words.Heading, ColumnHead with { Size = 8 });
        _paper.Text(left, _paper.Y + 28, words.Title(_statement.Week), new(15, IsBold: true));
        DrawNamed(words.Participant, participantId, _paper.Y + 43);
        var level = book.LevelOf(_statement.Level);
        DrawNamed(words.Standing(_statement, level), words.LevelName(level), _paper.Y + 55);
        _paper.Number(left, _paper.Y + 86, words.Stk(report.CorrectedReward), new(28, IsBold: true), Paper.Inner, Side.Left);
        _paper.Number(
            left, _paper.Y + 99, words.Parts(_statement.Available, _statement.Frozen), Pale, Paper.Inner, Side.Left);
        _paper.Y += 101;
        if (!report.Corrections.IsEmpty)
        {
            _paper.Paragraph(
                left, words.CorrectedHead(_statement.Reward, report.CorrectedReward - _statement.Reward), Strong,
                Paper.Inner, Leading);
        }
    }

    public void DrawFormula()
    {
        if (_statement.Activities.IsEmpty)
        {
            return;
        }

        DrawTitle(words.HowTitle, 3 * Leading);
        var full = WeeklyReward.For(_statement.Points, _statement.Qualification, _statement.Consistency);
        _paper.Paragraph(Paper.Margin, words.Formula(_statement, full), Body, Paper.Inner, Leading);
        if (_statement.Reserved < _statement.Total)
        {
            _paper.Paragraph(Paper.Margin, words.Scaled(_statement, full), Body, Paper.Inner, Leading);
        }

        _paper.Y += 3;
    }

    public void DrawTable()
    {
        _paper.Y += SectionGap - 3;
        if (_statement.Activities.IsEmpty)
        {
            _paper.Paragraph(Paper.Margin, words.NothingCounted, Body, Paper.Inner, Leading);
            return;
        }

        DrawTableHead();
        foreach (var line in _statement.Activities)
        {
            DrawTableRow(
                Body, words.TypeName(line.Type), line.Received, line.Counted, line.OverLimit, words.Numbers.Of(line.Weight),
                line.Points, words.Numbers.Of(line.Reward), line.VestsDays > 0 ? words.Days(line.VestsDays) : "–");
        }

        DrawTableRow(
            Strong, words.Total, _statement.Activities.Sum(line => (long)line.Received),
            _statement.Activities.Sum(line => (long)line.Counted),
            _statement.Activities.Sum(line => (long)line.OverLimit), "",
            _statement.Points, words.Numbers.Of(_statement.Reward), "");
        if (_statement.Frozen.Micro > 0)
        {
            var note = report.Unlocks.IsEmpty
                ? words.FrozenNote(_statement.Frozen)
                : words.UnlockNote(_statement.Frozen, report.Unlocks);
            frame.Need(_paper.CountLines(note, Pale, Paper.Inner) * Leading);
            _paper.Paragraph(Paper.Margin, note, Pale, Paper.Inner, Leading);
        }

        _paper.Y += 2;
    }

    /// <summary>What was added later, or taken, and why.</summary>
    public void DrawCorrections()
    {
        if (report.Corrections.IsEmpty)
        {
            return;
        }

        DrawTitle(words.CorrectionsTitle, 2 * Leading);
        foreach (var correction in report.Corrections)
        {
            var text = words.Corrected(correction);
            frame.Need(_paper.CountLines(text, Body, Paper.Inner) * Leading);
            _paper.Paragraph(Paper.Margin, text, Body, Paper.Inner, Leading);
            _paper.Y += 1;
        }

        frame.Need(Leading);
        _paper.Paragraph(Paper.Margin, words.CorrectedSum(report.CorrectedReward), Strong, Paper.Inner, Leading);
    }

    /// <summary>The week before at the left, eight weeks at the right.</summary>
    public void DrawComparison()
    {
        DrawTitle(words.ComparedTitle(_statement.Week.Previous), RewardPlot.Height);
        var top = _paper.Y;
        var page = _paper.Pages;
        RewardPlot.Draw(
            _paper, report.History, words, Paper.Margin + ComparedWidth + 14, top, Paper.Inner - ComparedWidth - 14);
        if (report.Before is not { } before)
        {
            _paper.Paragraph(Paper.Margin, words.NothingBefore(_statement.Week.Previous), Body, ComparedWidth, Leading);
        }
        else
        {
            DrawComparedHead();
            foreach (var type in ComparedTypes(before))
            {
                DrawComparedRow(Body, words.TypeName(type), PointsOf(before, type), PointsOf(_statement, type));
            }

            DrawComparedRow(Strong, words.Total, before.Points, _statement.Points);
            var compared = words.Compared(before.Reward, _statement.Reward, report.Change);
            // Below the plot there is the whole width.
            var width = page < _paper.Pages || _paper.Y >= top + RewardPlot.Height ? Paper.Inner : ComparedWidth;
            frame.Need(_paper.CountLines(compared, Body, width) * Leading);
            _paper.Paragraph(Paper.Margin, compared, Body, width, Leading);
        }

        _paper.Y = page == _paper.Pages ? MathF.Max(_paper.Y, top + RewardPlot.Height) : _paper.Y;
    }

    public void DrawAdvice()
    {
        if (report.Advice.IsEmpty)
        {
            return;
        }

        ImmutableArray<string> texts = [.. report.Advice.Select(advice => words.Advise(advice, book))];
        DrawTitle(words.AdviceTitle, 2 * Leading);
        foreach (var text in texts)
        {
            frame.Need(_paper.CountLines(text, Body, Paper.Inner - 10) * Leading);
            _paper.Text(Paper.Margin, _paper.Y + Leading, "–", Pale);
            _paper.Paragraph(Paper.Margin + 10, text, Body, Paper.Inner - 10, Leading);
            _paper.Y += 1;
        }
    }

    private static ImmutableArray<Column> Columns(params ReadOnlySpan<float> widths)
    {
        var columns = ImmutableArray.CreateBuilder<Column>(widths.Length);
        var left = Paper.Margin;
        foreach (var width in widths)
        {
            columns.Add(new(left + width, width - 4));
            left += width;
        }

        return columns.MoveToImmutable();
    }

    // In the statement's order; what only the week before had comes after.
    private IEnumerable<string> ComparedTypes(Statement before) => _statement.Activities.Concat(before.Activities)
        .Select(line => line.Type).Distinct(StringComparer.Ordinal);

    private static long PointsOf(Statement statement, string type) =>
        statement.Activities.Where(line => line.Type == type).Sum(line => line.Points);

    private void DrawTitle(string title, float with)
    {
        frame.Need(SectionGap + SectionTitle.Size + 4 + with);
        _paper.Y += SectionGap + SectionTitle.Size;
        _paper.Text(Paper.Margin, _paper.Y, title, SectionTitle);
        _paper.Y += 3;
    }

    private void DrawNamed(string label, string name, float baseline)
    {
        var used = _paper.Measure(label, Pale);
        _paper.Text(Paper.Margin, baseline, label, Pale);
        _paper.Outside(Paper.Margin + used, baseline, name, Strong, Paper.Inner - used);
    }

    private void DrawTableHead()
    {
        frame.Need(2 * RowHeight);
        DrawColumnHeads(TableColumns, words.Columns);
        _paper.Rule(Paper.Margin, _paper.Y, Paper.Inner);
    }

    private void DrawTableRow(
        TextStyle style, string name, long received, long counted, long overLimit, string weight, long points, string reward,
        string vests)
    {
        if (frame.Need(RowHeight))
        {
            DrawTableHead();
        }

        _paper.Y += RowHeight;
        var baseline = _paper.Y - 2.6f;
        _paper.Outside(Paper.Margin, baseline, name, style, TableColumns[0].Room);
        string[] numbers =
        [
            words.Numbers.Of(received), words.Numbers.Of(counted), words.Numbers.Of(overLimit), weight,
            words.Numbers.Of(points), reward, vests,
        ];
        DrawNumbers(TableColumns, baseline, numbers, style);
        _paper.Rule(Paper.Margin, _paper.Y, Paper.Inner);
    }

    private void DrawComparedHead()
    {
        DrawColumnHeads(ComparedColumns, words.ComparedColumns);
        _paper.Rule(Paper.Margin, _paper.Y, ComparedWidth);
    }

    private void DrawComparedRow(TextStyle style, string name, long before, long now)
    {
        if (frame.Need(RowHeight))
        {
            DrawComparedHead();
        }

        _paper.Y += RowHeight - 0.8f;
        var baseline = _paper.Y - 2.4f;
        _paper.Outside(Paper.Margin, baseline, name, style, ComparedColumns[0].Room);
        DrawNumbers(
            ComparedColumns, baseline,
            [words.Numbers.Of(before), words.Numbers.Of(now), words.Numbers.Change(now - before)], style);
        _paper.Rule(Paper.Margin, _paper.Y, ComparedWidth);
    }

    private void DrawColumnHeads(ImmutableArray<Column> columns, IReadOnlyList<string> heads)
    {
        _paper.Y += RowHeight;
        var baseline = _paper.Y - 2.6f;
        _paper.Text(Paper.Margin, baseline, heads[0], ColumnHead);
        DrawNumbers(columns, baseline, [.. heads.Skip(1)], ColumnHead);
    }

    private void DrawNumbers(ImmutableArray<Column> columns, float baseline, string[] numbers, TextStyle style)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i].Length > 0)
            {
                _paper.Number(columns[i + 1].Right, baseline, numbers[i], style, columns[i + 1].Room);
            }
        }
    }

    private readonly record struct Column(float Right, float Room);
}
