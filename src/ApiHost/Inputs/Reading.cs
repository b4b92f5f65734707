using System.Diagnostics.CodeAnalysis;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Inputs;

/// <summary>What came of reading a part of a request: it, or what to answer in its place. A closed set.</summary>
internal abstract record Reading<T>
{
    private Reading()
    {
    }

    /// <summary>The one or the other; never both, never none.</summary>
    public bool IsRead([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Problem? problem)
    {
        if (this is Read read)
        {
            value = read.Value;
            problem = null;
            return true;
        }

        value = default;
        problem = ((Refused)this).Problem;
        return false;
    }

    public static implicit operator Reading<T>(Problem problem) => new Refused(problem);

    public sealed record Read(T Value) : Reading<T>;

    public sealed record Refused(Problem Problem) : Reading<T>;
}
