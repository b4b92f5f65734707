namespace Stk.Rules.Notices;

/// <summary>What a value of a notice is, and so how it is shown.</summary>
public enum NoticeValueForm
{
    /// <summary>STK, a text of digits.</summary>
    Amount,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>Basis points, shown as percent.</summary>
    Rate,

    /// <summary>An ISO week, <c>2025-W51</c>.</summary>
    Week,

    /// <summary>A day, an instant, or an ISO week, of which its last day is meant.</summary>
    Time,

    Flag,

    /// <summary>A type of activity, which a language may have a name for.</summary>
    ActivityType,

    /// <summary>Something of this economy's that has a name: a service, a fund, a quarter.</summary>
    Name,

    /// <summary>What somebody else has written: shown as text, whatever stands in it.</summary>
    Foreign,
}
