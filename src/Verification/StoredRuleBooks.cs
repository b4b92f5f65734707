using Stk.Rules.RuleBooks;

namespace Stk.Verification;

internal static class StoredRuleBooks
{
    /// <summary>Null where the document was altered so that it is no rule book.</summary>
    public static RuleBook? Read(byte[] document)
    {
        try
        {
            return RuleBookJson.ReadStored(document);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
