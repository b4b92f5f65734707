using System.ComponentModel.DataAnnotations;

namespace Stk.Channels.Emails;

/// <summary>The mail server that takes what we send. Without <see cref="Host"/> there is no such channel.</summary>
public sealed class EmailOptions : IValidatableObject
{
    public const string Section = "Stk:Notices:Email";

    public string? Host { get; set; }

    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>Who writes: a plain address.</summary>
    public string? From { get; set; }

    /// <summary>How the writer is called.</summary>
    public string FromName { get; set; } = "STK";

    public string? User { get; set; }

    /// <summary>A file with the password of <see cref="User"/>.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>A file with the certificate of an authority that is trusted beside those of the machine.</summary>
    public string? TrustedAuthority { get; set; }

    /// <summary>Unit: messages a second.</summary>
    [Range(0.01, 1_000)]
    public double PerSecond { get; set; } = 50;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Host is not null && (From is null || Rules.Deliveries.EmailAddress.Broken(From) is not null))
        {
            yield return new($"{Section}:{nameof(From)} must be the address that mail is sent from, as ann@example.org.");
        }

        if ((User is null) != (PasswordFile is null))
        {
            yield return new($"{Section}:{nameof(User)} and {nameof(PasswordFile)} go together.");
        }
    }
}
