namespace Stk.Reports.Notices;

/// <summary>What whoever shows a text makes of it, and so how others' words are kept from being more than words.</summary>
public enum NoticeMarkup
{
    /// <summary>Nothing: the inbox, a webhook's JSON.</summary>
    Plain,

    /// <summary>Links, of whatever looks like one: an e-mail's text.</summary>
    Mail,

    /// <summary>Markdown and mentions: a message in the forum.</summary>
    Markdown,

    /// <summary>HTML.</summary>
    Html,
}
