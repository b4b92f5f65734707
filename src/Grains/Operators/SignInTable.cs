using Npgsql;
using Stk.Storage.Sql;

namespace Stk.Grains.Operators;

/// <summary>Table <c>economy.sign_ins</c>. All SQL that touches it is in this file.</summary>
internal static class SignInTable
{
    /// <summary>What the log calls a sign-in; its subject is the code's <c>jti</c>.</summary>
    public const string Action = "operator.sign-in";

    // The log is signed: a code that is in it stays used, also where somebody has deleted its row.
    private const string InsertSql = $"""
        WITH added AS (
            INSERT INTO economy.sign_ins (code, expires, by, at)
            SELECT $1, $2, $3, $4
            WHERE NOT EXISTS (
                SELECT FROM audit.entries entry JOIN audit.texts texts USING (sequence)
                WHERE entry.action = '{Action}' AND texts.subject = $1)
            ON CONFLICT (code) DO NOTHING RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM added) = 1, 'a code that was not used')
        """;

    /// <summary>The command that uses a code; it fails as a conflict where the code was used before.</summary>
    public static NpgsqlBatchCommand Insert(string code, DateTimeOffset expires, string by, DateTimeOffset at) =>
        new NpgsqlBatchCommand(InsertSql)
            .With(code).With(expires.ToUniversalTime()).With(by).With(at.UtcDateTime);
}
