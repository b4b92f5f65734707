using System.CommandLine;
using Stk.Signer.Hosting;
using Stk.Signer.Verbs;

var root = new RootCommand("The signer of STK: it alone has the float's key.") { BeginVerb.Command() };
root.TreatUnmatchedTokensAsErrors = false;
root.SetAction((parsed, cancellation) => SignerHost.Run([.. parsed.UnmatchedTokens], cancellation));

try
{
    return await root.Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception exception) when (Failures.Sentence(exception) is { } sentence)
{
    Console.Error.WriteLine(sentence);
    return 1;
}
