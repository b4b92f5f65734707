using Stk.Reports.Notices;
using Stk.Rules.Notices;

namespace Stk.Grains.Deliveries;

/// <summary>What a notice says in words.</summary>
internal interface INoticeTexts
{
    /// <param name="language">ru or en.</param>
    /// <param name="values">JSON, with all that was looked up for it.</param>
    /// <param name="channel">On which it is said: others' words must be no more than words there.</param>
    /// <exception cref="InvalidDataException">There are no words for it, or a value is missing.</exception>
    NoticeText Render(string kind, string language, string values, NoticeChannel channel);
}
