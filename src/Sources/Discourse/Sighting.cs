namespace Stk.Sources.Discourse;

/// <summary>When and how something of the club was seen.</summary>
/// <param name="At">
/// Real time: when the question was sent, or the webhook came. An answer is no younger than its question.
/// </param>
public readonly record struct Sighting(Authority Authority, DateTimeOffset At)
{
    public bool IsTold => Authority == Authority.Told;

    public static Sighting Hint(DateTimeOffset at) => new(Authority.Hint, at);

    public static Sighting Told(DateTimeOffset at) => new(Authority.Told, at);
}
