namespace Stk.ApiHost.Authentication;

/// <summary>Who may do what. Every endpoint names one, or says that it is for anybody.</summary>
internal static class Policy
{
    /// <summary>A participant's own data; operators and auditors name the participant.</summary>
    public const string ReadParticipant = "read-participant";

    /// <summary>What everybody with a place in the economy may see.</summary>
    public const string ReadEconomy = "read-economy";

    /// <summary>What a participant alone does: paying, buying, offering, choosing how to be told of things.</summary>
    public const string Spend = "spend";

    /// <summary>Whether somebody may use a service: other systems, and everybody who may read a participant.</summary>
    public const string CheckEntitlement = "check-entitlement";

    public const string UseEntitlement = "use-entitlement";

    public const string SendEvents = "send-events";

    public const string ReadAdmin = "read-admin";

    public const string WriteAdmin = "write-admin";

    /// <summary>The dashboard: an operator, by the cookie of the sign-in link or by a token.</summary>
    public const string Dashboard = "dashboard";

    /// <summary>An operator's session in a browser, which the sign-in link has opened.</summary>
    public const string Session = "session";
}
