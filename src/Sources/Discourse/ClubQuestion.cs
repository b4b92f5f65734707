namespace Stk.Sources.Discourse;

/// <summary>What the club must be asked before more is known. A closed set.</summary>
public abstract record ClubQuestion
{
    private ClubQuestion()
    {
    }

    /// <summary><c>GET /u/NAME.json</c>: whose name it is now.</summary>
    public sealed record User(string Name) : ClubQuestion;

    /// <summary><c>GET /t/ID.json</c>: whose topic it is, and whether it lives.</summary>
    public sealed record Topic(long Id) : ClubQuestion;

    /// <summary><c>GET /posts/ID.json</c>: whether it lives, and whose it is.</summary>
    public sealed record Post(long Id) : ClubQuestion;

    /// <summary><c>GET /user_actions.json?username=NAME&amp;filter=1</c>: what somebody likes, and since when.</summary>
    public sealed record Likes(long Liker, string Name) : ClubQuestion;
}
