using System.CommandLine;
using Stk.Benchmarks.Http;
using Stk.Benchmarks.Inactivity;
using Stk.Benchmarks.Ledger;
using Stk.Benchmarks.Notices;
using Stk.Benchmarks.Solana;
using Stk.Benchmarks.Spending;
using Stk.Benchmarks.Vesting;
using Stk.Benchmarks.Statements;
using Stk.Benchmarks.Weeks;

var root = new RootCommand("Speed, side by side with a peer or a limit in the same run.")
{
    LedgerBenchmark.Command(),
    LedgerTlsBenchmark.Command(),
    LedgerCallersBenchmark.Command(),
    WeekBenchmark.Command(),
    VestingBenchmark.Command(),
    PendingBenchmark.Command(),
    QuarterBenchmark.Command(),
    HttpBenchmark.Command(),
    OverloadBenchmark.Command(),
    SpendingBenchmark.Command(),
    StreamsBenchmark.Command(),
    DrawingBenchmark.Command(),
    CrowdBenchmark.Command(),
    MondayBenchmark.Command(),
    SolanaBenchmarks.Plan(),
    SolanaBenchmarks.Chain(),
    SolanaBenchmarks.Kit(),
};
return await root.Parse(args).InvokeAsync();
