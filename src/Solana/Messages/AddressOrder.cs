namespace Stk.Solana.Messages;

/// <summary>
/// The order in which accounts of one role stand in a message: by address as a dictionary would sort it, digits before
/// letters, small before capital where nothing else differs.
/// </summary>
/// <remarks>
/// The chain takes any order. This is the one of <c>@solana/kit</c> (a collator for English), so that both make the
/// same bytes of the same instructions. An <c>IComparer</c> of the platform would need ICU to be there, and be slower.
/// </remarks>
internal static class AddressOrder
{
    public static int Compare(string left, string right)
    {
        var shorter = Math.Min(left.Length, right.Length);
        var byCase = 0;
        for (var place = 0; place < shorter; place++)
        {
            var (here, there) = (left[place], right[place]);
            if (here == there)
            {
                continue;
            }

            // Setting bit 5 makes a capital small and leaves a digit alone; digits stay below letters.
            var byLetter = (here | 0x20) - (there | 0x20);
            if (byLetter != 0)
            {
                return byLetter;
            }

            if (byCase == 0)
            {
                byCase = there - here;
            }
        }

        return left.Length != right.Length ? left.Length - right.Length : byCase;
    }
}
