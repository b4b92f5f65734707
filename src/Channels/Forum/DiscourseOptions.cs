using System.ComponentModel.DataAnnotations;

namespace Stk.Channels.Forum;

/// <summary>The forum that private messages are sent in. Without <see cref="Url"/> there is no such channel.</summary>
public sealed class DiscourseOptions : IValidatableObject
{
    public const string Section = "Stk:Notices:Discourse";

    /// <summary>Where it is, as https://forum.example.org/.</summary>
    public Uri? Url { get; set; }

    /// <summary>A file with the key of its API.</summary>
    public string? ApiKeyFile { get; set; }

    /// <summary>Who writes: a name in the forum.</summary>
    public string ApiUser { get; set; } = "system";

    /// <summary>The forum's own limit for such a key is 60 a minute. Unit: messages a second.</summary>
    [Range(0.01, 1_000)]
    public double PerSecond { get; set; } = 1;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is not null && (!Url.IsAbsoluteUri || Url.Scheme is not ("https" or "http") || ApiKeyFile is null))
        {
            yield return new($"{Section} must have a whole {nameof(Url)}, and an {nameof(ApiKeyFile)}.");
        }
    }
}
