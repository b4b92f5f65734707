using Stk.GrainInterfaces.Entitlements;
using Stk.GrainInterfaces.Services;

namespace Stk.ApiHost.Pages;

/// <summary>What a service gives, and what is left of it, in words.</summary>
internal static class ServiceWords
{
    public static string Term(TermView term, PageWords words) => term switch
    {
        { Days: { } days } => words.Say("service.term", [("term", words.Count("n.days", days))]),
        { Months: { } months } => words.Say("service.term", [("term", words.Count("n.months", months))]),
        { Sessions: { } sessions } => words.Say("service.term", [("term", words.Count("n.sessions.given", sessions))]),
        _ => words["service.term.endless"],
    };

    public static string Given(EntitlementView given, PageWords words) =>
        given.Left is { } left
            ? words.Form("n.sessions", left).Replace("{n}", words.Number(left), StringComparison.Ordinal)
            : given.Until is { } until
                ? words.Say("service.until", [("day", words.Day(DateOnly.FromDateTime(until.UtcDateTime)))])
                : words["service.term.endless"];

    /// <summary>Whom a part of the price goes to, by role.</summary>
    public static string Role(string role, PageWords words) => words.Known($"role.{role}") ?? role;

    /// <summary>A share of 10,000 as a percentage.</summary>
    public static string Share(int basisPoints, PageWords words) =>
        words.Coefficient(basisPoints) + (words.IsRussian ? "\u00A0%" : "%");
}
