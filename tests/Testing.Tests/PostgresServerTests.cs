using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Stk.Testing.Runs;
using Xunit;

namespace Stk.Testing.Tests;

public sealed class PostgresServerTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Theory]
    [InlineData("fsync", "on")]
    [InlineData("synchronous_commit", "on")]
    [InlineData("full_page_writes", "on")]
    [InlineData("data_checksums", "on")]
    [InlineData("server_encoding", "UTF8")]
    [InlineData("lc_collate", "C.UTF-8")]
    [InlineData("listen_addresses", "127.0.0.1")]
    [InlineData("password_encryption", "scram-sha-256")]
    public async Task The_server_is_as_durable_and_as_closed_as_in_production(string setting, string value) =>
        Assert.Equal(value, await Ask(
            server.ConnectionString("postgres"), $"SELECT setting FROM pg_settings WHERE name = '{setting}'"));

    [Fact]
    public async Task Nobody_comes_in_without_the_password()
    {
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres")) { Password = "wrong" };
        var refusal = await Assert.ThrowsAsync<PostgresException>(
            () => Ask(wrong.ConnectionString, "SELECT 'in'"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
    }

    [Fact]
    public async Task A_new_database_is_empty_and_its_own()
    {
        var first = await server.CreateDatabase();
        var second = await server.CreateDatabase();
        Assert.Equal("1", await Ask(first, "CREATE TABLE here (); SELECT count(*)::text FROM pg_tables WHERE tablename = 'here'"));
        Assert.Equal("0", await Ask(second, "SELECT count(*)::text FROM pg_tables WHERE tablename = 'here'"));
    }

    [Fact]
    public async Task A_dropped_database_can_be_made_again_under_its_name()
    {
        await server.CreateDatabase("again");
        await server.DropDatabase("again");
        Assert.Equal("again", await Ask(await server.CreateDatabase("again"), "SELECT current_database()"));
    }

    [Fact]
    public async Task A_disposed_server_leaves_no_process_and_no_file()
    {
        var own = new PostgresServerWithoutFsync();
        await own.InitializeAsync();
        var text = own.ConnectionString("postgres");
        var directory = await Ask(text, "SHOW data_directory");
        var pid = ProcessId(directory!);

        await own.DisposeAsync();

        Assert.False(Directory.Exists(directory));
        Assert.False(RunningProcess.IsAlive(pid));
    }

    // A killed process lets go of its end of the pipe, as this does; nothing else is asked of it.
    [Fact]
    public async Task A_server_is_gone_soon_after_its_users_pipe_has_broken()
    {
        var home = Directory.CreateTempSubdirectory("stk-orphan-").FullName;
        using var script = Serve(home);
        Assert.Equal("ready", await script.StandardOutput.ReadLineAsync());
        var pid = Postmaster(home);

        script.StandardInput.Close();

        await Eventually.True(() => !RunningProcess.IsAlive(pid), "the server has stopped");
        await Eventually.True(() => !Directory.EnumerateFileSystemEntries(home).Any(), "its data is deleted");
        Directory.Delete(home);
    }

    [Fact]
    public async Task A_server_dies_with_the_script_that_started_it()
    {
        var home = Directory.CreateTempSubdirectory("stk-orphan-").FullName;
        using var script = Serve(home);
        Assert.Equal("ready", await script.StandardOutput.ReadLineAsync());
        var pid = Postmaster(home);

        script.Kill();

        await Eventually.True(() => !RunningProcess.IsAlive(pid), "the server has stopped");
        await Run("delete", Path.Combine(home, "pg"));
        Directory.Delete(home);
    }

    private static Process Serve(string home) => Start("serve", Path.Combine(home, "pg"), $"{FreePort.Next()}", "--no-fsync");

    private static async Task Run(params string[] arguments)
    {
        using var script = Start(arguments);
        await script.WaitForExitAsync();
        Assert.Equal(0, script.ExitCode);
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo(Path.Combine(Repository.Root, "deploy", "local", "postgres.sh"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    // Under /var/tmp where the server's user cannot reach a directory of ours.
    private static int Postmaster(string home) => ProcessId(
        Path.Combine(File.ReadAllText(Path.Combine(home, "pg", "base")).Trim(), "data"));

    private static int ProcessId(string dataDirectory) => int.Parse(
        File.ReadLines(Path.Combine(dataDirectory, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private static async Task<string?> Ask(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // constants of this file
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}
