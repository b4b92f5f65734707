using Stk.Reports.Statements;
using Stk.Rules.Merkle;

namespace Stk.Grains.Weeks;

/// <summary>The leaf of one statement under its week's root.</summary>
public static class WeekLeaf
{
    /// <param name="key">The week's, of its salts.</param>
    /// <param name="participant">The number.</param>
    /// <param name="document">The statement as stored: as it was first.</param>
    /// <returns>32 bytes.</returns>
    /// <exception cref="InvalidDataException">It is no statement: the stored document was altered.</exception>
    public static byte[] Of(byte[] key, long participant, string id, byte[] document) =>
        StatementProofJson.Leaf(LeafSalt.Of(key, participant), StatementJson.Show(document, id));
}
