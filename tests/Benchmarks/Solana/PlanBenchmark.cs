using System.Collections.Immutable;
using System.Diagnostics;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Payouts;
using Stk.Solana.Programs;

namespace Stk.Benchmarks.Solana;

/// <summary>From a list of payouts to signed bytes: addresses derived, planned, built, signed.</summary>
internal static class PlanBenchmark
{
    public static void Run(int count)
    {
        using var payer = Numbers.Account(1);
        var mint = Numbers.Account(2).PublicKey;
        var terms = new PayoutTerms(
            payer.PublicKey, AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(payer.PublicKey, mint), mint, 6,
            1_000);

        // Once for the compiler.
        Sign(PayoutPlanner.Plan(Numbers.Payouts(2_000, number => number % 2 == 0), terms), terms, payer);
        foreach (var (name, needs) in (List<(string, Func<int, bool>)>)
            [("all accounts exist", _ => false), ("half need an account", number => number % 2 == 0), ("all need an account", _ => true)])
        {
            var payouts = Numbers.Payouts(count, needs);
            var started = Stopwatch.GetTimestamp();
            var plan = PayoutPlanner.Plan(payouts, terms);
            var planned = Stopwatch.GetElapsedTime(started);
            var bytes = Sign(plan, terms, payer);
            var elapsed = Stopwatch.GetElapsedTime(started);
            Numbers.Print($"{name}: {count} payouts, {plan.Length} transactions, {(double)bytes / count:0.0} bytes a payout");
            Numbers.Print($"  {count / elapsed.TotalSeconds:0} payouts a second ({planned.TotalMilliseconds:0} ms planning, {(elapsed - planned).TotalMilliseconds:0} ms building and signing)");
        }
    }

    private static long Sign(ImmutableArray<PayoutBatch> plan, PayoutTerms terms, Account payer) =>
        plan.Select((batch, place) => (batch, place)).AsParallel()
            .WithDegreeOfParallelism(Math.Min(2, Environment.ProcessorCount))
            .Sum(one => (long)Transaction.Sign(
                one.batch.ToMessage(
                    terms, BatchReference.Of(new Guid(one.place, 0, 0, new byte[8])), new Blockhash(new byte[32])),
                payer).Serialize().Length);
}
