namespace Stk.Reports.Notices;

/// <summary>A notice in words.</summary>
/// <param name="Subject">One line of plain text, whatever the markup: nothing in it is anybody else's.</param>
/// <param name="Text">Lines end in a line feed; in HTML, paragraphs.</param>
public sealed record NoticeText(string Subject, string Text);
