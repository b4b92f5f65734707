namespace Stk.Testing;

/// <summary>A server that forgets at a power cut, for tests that make much data and measure none of its safety.</summary>
public sealed class PostgresServerWithoutFsync() : PostgresServer(fsync: false);
