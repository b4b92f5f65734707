using Stk.Testing;
using Xunit;

namespace Stk.Storage.Tests;

/// <summary>Each login may do what its work needs, by the group that it is a member of.</summary>
[Collection(StorageCollection.Name)]
public sealed class RightsTests(PostgresServerWithoutFsync server)
{
    [Fact]
    public async Task An_API_host_reads_where_the_cluster_is_and_nothing_else() => Assert.Equal(
        "SELECT orleans.orleansmembershiptable, SELECT orleans.orleansmembershipversiontable, SELECT orleans.orleansquery",
        await Rights("stk_api", ""));

    [Fact]
    public async Task Who_verifies_reads_every_table_but_what_is_secret_or_was_not_taken_in_and_writes_none()
    {
        Assert.Equal("", await Rights("stk_reader", "AND privilege <> 'SELECT'"));
        Assert.Equal(
            "SELECT notices.addresses, SELECT notices.link_keys, SELECT settlement.challenges, SELECT sources.quarantine",
            await Rights("stk_reader", "AND privilege = 'SELECT'", isLacking: true));
    }

    // What is deleted: refusals and answers whose days are over (in functions of the owner's), proposals that ended, what a
    // person has chosen and takes back, what a wallet was asked to sign once it is answered, what has become of old
    // deliveries, sessions that are over, what a club has answered, events that have reached their participants, and what
    // was not taken in.
    [Fact]
    public async Task Silos_change_what_they_must_and_delete_nothing_that_decides_about_money() => Assert.Equal(
        "DELETE economy.clock, DELETE ledger.refusals, DELETE notices.addresses, DELETE notices.deliveries, "
            + "DELETE notices.preferences, DELETE sessions.sessions, DELETE settlement.challenges, DELETE sources.club_questions, "
            + "DELETE sources.given_events, DELETE sources.quarantine, DELETE spending.proposals",
        await Rights(
            "stk_service", "AND privilege NOT IN ('SELECT', 'INSERT', 'UPDATE') AND nspname <> 'orleans'"));

    [Fact]
    public async Task Silos_rewrite_neither_the_journal_nor_the_log_nor_what_two_persons_have_said() => Assert.Equal(
        "UPDATE audit.head, UPDATE ledger.accounts, UPDATE ledger.head",
        await Rights(
            "stk_service",
            "AND privilege = 'UPDATE' AND nspname IN ('ledger', 'audit', 'approvals', 'operators', 'revocations', 'suspensions')"));

    private async Task<string> Rights(string role, string which, bool isLacking = false)
    {
        var database = await server.CreateDatabase();
        Migration.Run(database);
        return await TestDatabase.Ask<string>(database, $"""
            SELECT coalesce(string_agg(format('%s %s.%s', privilege, nspname, relname), ', '
                ORDER BY privilege, nspname, relname), '')
            FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace,
                unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS privilege
            WHERE relkind IN ('r', 'p', 'v') AND nspname NOT IN ('pg_catalog', 'information_schema') {which}
                AND {(isLacking ? "NOT" : "")} has_table_privilege('{role}', pg_class.oid, privilege)
            """);
    }
}
