namespace Stk.Settlement.Looks;

/// <summary>What became of operators' word. A closed set: nothing outside can add a case.</summary>
public abstract record ResolutionReply
{
    private ResolutionReply()
    {
    }

    /// <summary>It stands, or the nodes have proved the same by themselves.</summary>
    public sealed record Done : ResolutionReply;

    /// <summary>A node shows otherwise. Nothing has changed.</summary>
    /// <param name="What">A sentence that names node and contradiction.</param>
    public sealed record Contradicted(string What) : ResolutionReply;

    /// <summary>No node has answered well enough to hold the word against it. Nothing has changed.</summary>
    public sealed record NotLooked(string Why) : ResolutionReply;

    /// <summary>The act is not uncertain: there is nothing to resolve.</summary>
    public sealed record NotUncertain : ResolutionReply;
}
