using System.Collections.ObjectModel;
using System.ComponentModel.DataAnnotations;
using Stk.GrainInterfaces.Operators;

namespace Stk.Grains.Operators;

/// <summary>
/// Those who are operators and auditors before there are any who could enter them. Section <c>Stk:Operators</c>.
/// </summary>
public sealed class FirstOperatorOptions : IValidatableObject
{
    public const string Section = "Stk:Operators";

    public Collection<FirstOperator> First { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (place, one) in First.Index())
        {
            if (string.IsNullOrWhiteSpace(one.Subject) || one.Role is not ("operator" or "auditor"))
            {
                yield return new(
                    $"Stk:Operators:First:{place} must have a Subject, and the Role operator or auditor");
            }
        }
    }
}

/// <summary>One of the first.</summary>
public sealed class FirstOperator
{
    /// <summary>The token's subject.</summary>
    public string Subject { get; set; } = "";

    /// <summary>Who vouches for the subject.</summary>
    public string Issuer { get; set; } = OperatorEntry.OwnIssuer;

    /// <summary>operator or auditor.</summary>
    public string Role { get; set; } = "operator";

    /// <summary>Which person; the subject where it is not given.</summary>
    public string? Person { get; set; }

    /// <summary>The person's id as a participant; null where they are none.</summary>
    public string? Participant { get; set; }
}
