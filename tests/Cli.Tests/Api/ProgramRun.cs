using Stk.Cli.Api;
using Stk.Cli.Tests.Endings;

namespace Stk.Cli.Tests.Api;

/// <summary>The program as somebody runs it: its arguments, its terminal, its environment.</summary>
internal sealed class ProgramRun(HttpMessageHandler api)
{
    public const string SecretToken = "ey.secret.token";

    /// <summary>What a person types; null where nobody is there.</summary>
    public string? Typed { get; init; }

    /// <summary>Where nothing that is printed goes: its disk is full.</summary>
    public bool IsOutputFull { get; init; }

    /// <summary>The terminal's width; null where standard output is none.</summary>
    public int? Columns { get; init; }

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal) { ["STK_TOKEN"] = SecretToken };

    public async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var input = new StringReader(Typed ?? "");
        await using var full = new FullOutput();
        var code = await CommandLine.Run(
            arguments,
            new Surroundings(
                TimeProvider.System, input, Typed is not null, Environment.GetValueOrDefault, api, null, Columns),
            IsOutputFull ? full : output, error);
        return (code, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }
}
