using Stk.Benchmarks.Solana;

// dotnet run -c Release --project tests/Benchmarks -- VERB [COUNT]
var count = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : (int?)null;
switch (args.FirstOrDefault())
{
    case "solana-plan":
        PlanBenchmark.Run(count ?? 100_000);
        return 0;
    case "solana-chain":
        await ChainBenchmark.Run(count ?? 100_000);
        return 0;
    case "solana-kit":
        await KitBenchmark.Run();
        return 0;
    default:
        Console.Error.WriteLine("Verbs: solana-plan [PAYOUTS], solana-chain [PAYOUTS], solana-kit");
        return 2;
}
