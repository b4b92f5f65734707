namespace Stk.Rules.Deliveries;

/// <summary>Whose name in the forum: of one, since a list of names would be a message to many.</summary>
public static class DiscourseName
{
    public const int LengthMax = 60;

    /// <summary>The rule that a text breaks; null where it is a name.</summary>
    public static string? Broken(string text) => IsName(text)
        ? null
        : "must be a name in the forum: 1 to 60 letters, digits and . _ -";

    private static bool IsName(string text)
    {
        if (text.Length is 0 or > LengthMax)
        {
            return false;
        }

        foreach (var character in text)
        {
            if (!char.IsLetterOrDigit(character) && character is not ('.' or '_' or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
