using System.ComponentModel.DataAnnotations;

namespace Stk.Grains.Deliveries;

/// <summary>How people are told beside the inbox.</summary>
public sealed class DeliveryOptions : IValidatableObject
{
    public const string Section = "Stk:Notices";

    /// <summary>Whether this silo sends. One that does not leaves it to the others.</summary>
    public bool Deliver { get; set; } = true;

    /// <summary>
    /// Where the API is reached from outside, as https://stk.example.org/api/v1/: links in letters begin with it. Without it
    /// no address of mail can be confirmed.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicUrl is not null && (!PublicUrl.IsAbsoluteUri || !PublicUrl.AbsolutePath.EndsWith('/')))
        {
            yield return new($"{Section}:{nameof(PublicUrl)} must be a whole address that ends with /.");
        }
    }
}
