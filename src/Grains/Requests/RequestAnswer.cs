namespace Stk.Grains.Requests;

/// <summary>What became of a request. A closed set.</summary>
internal abstract record RequestAnswer<T, TRefusal>
{
    private RequestAnswer() { }

    /// <param name="IsReplay">True where it was done by an earlier copy of the request.</param>
    internal sealed record Done(T View, bool IsReplay) : RequestAnswer<T, TRefusal>;

    /// <param name="IsReplay">True where the refusal was kept, and is given again.</param>
    internal sealed record Refused(TRefusal Reason, bool IsReplay) : RequestAnswer<T, TRefusal>;

    /// <summary>The key was used with another body: nothing was done.</summary>
    internal sealed record KeyReused : RequestAnswer<T, TRefusal>;
}
