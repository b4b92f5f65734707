using System.Security.Cryptography;
using Stk.Reports.Drawing;
using Stk.Rules.RuleBooks;
using Stk.Rules.Statements;

namespace Stk.Reports.Statements;

/// <summary>
/// A report drawn for the one whom it is about. The same report, language and <see cref="Renderer.Number"/> give the same
/// bytes, on any machine, in any process.
/// </summary>
/// <remarks>Source document, "Индивидуальные отчёты": PDF с расшифровкой начислений.</remarks>
public static class StatementPdf
{
    /// <param name="participantId">
    /// The outside id: drawn as far as there is room, and whole in the document's subject.
    /// </param>
    /// <param name="book">The version that the statement names.</param>
    /// <param name="accessible">Where the same is to be read on a page of the cabinet; null where there is none.</param>
    public static byte[] Draw(
        WeeklyReport report, RuleBook book, string participantId, StatementWords words, Uri? accessible = null)
    {
        using var paper = new Paper();
        var frame = new StatementFrame(paper, report, participantId, words);
        var sections = new StatementSections(frame, report, book, words);
        sections.DrawHead(participantId);
        sections.DrawFormula();
        sections.DrawTable();
        sections.DrawCorrections();
        sections.DrawComparison();
        sections.DrawAdvice();
        var hash = SHA256.HashData(StatementJson.WriteShown(report.Statement, participantId, report.Corrections));
        frame.DrawMargins(Convert.ToHexStringLower(hash), accessible);
        return paper.Write(
            words.Title(report.Statement.Week), participantId, $"{words.Heading}, {Renderer.Number}");
    }
}
