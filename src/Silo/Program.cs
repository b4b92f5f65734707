using System.CommandLine;
using Stk.Silo.Hosting;
using Stk.Silo.Verbs;

var root = new RootCommand("A silo of STK; and the verbs that need no cluster.")
{
    MigrateVerb.Command(),
    VerifyVerb.Command(),
    RecomputeVerb.Command(),
    SigningKeyVerb.Command(),
    CertificatesVerb.Command(),
};
root.TreatUnmatchedTokensAsErrors = false;
root.SetAction((parsed, cancellation) => SiloHost.Run([.. parsed.UnmatchedTokens], cancellation));

try
{
    return await root.Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception exception) when (Failures.Sentence(exception) is { } sentence)
{
    Console.Error.WriteLine(sentence);
    return 1;
}
