namespace Stk.ApiHost.Problems;

/// <summary>One kind of refusal or failure: what it is called for ever, and what it means.</summary>
/// <param name="Slug">Last part of the type's URI reference.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">The same for each occurrence.</param>
/// <param name="Meaning">What has happened and what to do about it; shown on the type's own page.</param>
internal sealed record ProblemType(string Slug, int Status, string Title, string Meaning)
{
    /// <summary>A URI reference, relative to the host: the page that explains the type.</summary>
    public string Uri => $"/problems/{Slug}";

    /// <summary>True where an answer names the fields at fault.</summary>
    public bool NamesFields { get; init; }
}
