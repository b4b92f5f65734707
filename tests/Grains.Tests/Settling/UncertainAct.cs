namespace Stk.Grains.Tests.Settling;

/// <summary>An act of no payouts that was sent, and of which nothing is known.</summary>
internal static class UncertainAct
{
    // Base58 of zeros: a key has 32 bytes, a signature 64.
    private const string Key = "11111111111111111111111111111111";
    private const string Signature = Key + Key;

    public static string Sql(Guid act) => $$"""
        INSERT INTO settlement.acts (id, kind, epoch, version, state, plan, at, changed_at)
        VALUES ('{{act}}', 1, 1, 4, 6,
            '{"kind":1,"authority":"{{Key}}","mint":"{{Key}}","moves":[],"payouts":[],"memo":null,"firstInstruction":2}',
            now(), now());
        INSERT INTO settlement.attempts (
            act, number, bytes, signature, value, last_valid_height, signed_slot, node, signed_at, sent_at, send_answer,
            evidence)
        VALUES ('{{act}}', 1, '\x01', '{{Signature}}', '{{Key}}', 150, 1, 'alpha', now(), now(), 'taken',
            '{"at":"2026-01-05T06:00:00+00:00","conclusion":"Nothing is proved.","nodes":[]}')
        """;
}
