using Npgsql;
using Stk.Storage.Sql;

namespace Stk.Grains.Operators;

/// <summary>Table <c>economy.sign_ins</c>. All SQL that touches it is in this file.</summary>
internal sealed class SignInTable(NpgsqlDataSource database)
{
    // Sign-ins are rare: each one clears away what has ended by itself.
    private const string InsertSql = """
        WITH ended AS (DELETE FROM economy.sign_ins WHERE expires < now() - interval '1 day')
        INSERT INTO economy.sign_ins (code, expires) VALUES ($1, $2) ON CONFLICT (code) DO NOTHING
        """;

    /// <summary>False where the code was used before.</summary>
    public async Task<bool> Insert(string code, DateTimeOffset expires)
    {
        await using var command = database.CreateCommand(InsertSql).With(code).With(expires.ToUniversalTime());
        return await command.ExecuteNonQueryAsync() == 1;
    }
}
