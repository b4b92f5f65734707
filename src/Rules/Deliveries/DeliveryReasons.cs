using System.Globalization;

namespace Stk.Rules.Deliveries;

/// <summary>
/// Why something was not delivered. Codes, stored and shown: never what the other side has written, which may name people.
/// </summary>
public static class DeliveryReasons
{
    /// <summary>The other side did not take the connection, or has ended it.</summary>
    public const string NoConnection = "no-connection";

    /// <summary>It did not answer within the time there is.</summary>
    public const string Timeout = "timeout";

    /// <summary>It was begun ten times, and no silo has lived to say what became of it.</summary>
    public const string NoOutcome = "no-outcome";

    /// <summary>No connection that nobody else reads: no TLS, or a certificate that does not fit.</summary>
    public const string NoTls = "no-tls";

    /// <summary>The name leads to an address that is not of the internet, or what is written cannot be used.</summary>
    public const string AddressNotAllowed = "address-not-allowed";

    /// <summary>The name leads nowhere now.</summary>
    public const string NameNotFound = "name-not-found";

    /// <summary>It answered something that is none of its protocol's answers, or more than is read.</summary>
    public const string AnswerNotUnderstood = "answer-not-understood";

    /// <summary>Nobody has that name there.</summary>
    public const string UnknownRecipient = "unknown-recipient";

    /// <summary>Whom it was for has no address of this channel any more.</summary>
    public const string NoAddress = "no-address";

    /// <summary>It was of no use any more when its turn came.</summary>
    public const string TooOld = "too-old";

    /// <summary>What was to be said could not be put into words: a template or a value is missing.</summary>
    public const string NoText = "no-text";

    /// <summary>An HTTP status.</summary>
    public static string Http(int status) => string.Create(CultureInfo.InvariantCulture, $"http-{status}");

    /// <summary>An SMTP reply code.</summary>
    public static string Smtp(int code) => string.Create(CultureInfo.InvariantCulture, $"smtp-{code}");
}
