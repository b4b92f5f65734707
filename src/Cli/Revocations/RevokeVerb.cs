using System.CommandLine;
using Stk.Cli.Api;
using Stk.Client.Revocations;

namespace Stk.Cli.Revocations;

/// <summary>The verb <c>token revoke</c>.</summary>
internal static class RevokeVerb
{
    public static Command Make(ApiVerbs verbs)
    {
        var id = new Option<string?>("--jti") { Description = "The one token's jti." };
        var subject = new Option<string?>("--sub") { Description = "Whose: all tokens of this subject, in every role." };
        var before = Values.Instant("--before", "Those that were made before it (now).");
        var reason = Values.Reason();
        var command = verbs.Writing(
            "revoke", "Ends a token, or all of a subject's of before, on every host within a second.", ApiVerbs.Operator,
            [id, subject, before, reason],
            async call => await call.Write(
                key => call.Value(id) is { } jti
                    ? call.Client.Revocations.Revoke(jti, call.Required(reason), key, call.Cancellation)
                    : call.Client.Revocations.RevokeAll(
                        call.Value(subject) ?? "", call.Value(before), call.Required(reason), key, call.Cancellation),
                _ => "revoked", Fields));
        command.Validators.Add(result =>
        {
            if ((result.GetResult(id) is null) == (result.GetResult(subject) is null))
            {
                result.AddError("Give --jti or --sub, and not both.");
            }
            else if (result.GetResult(id) is not null && result.GetResult(before) is not null)
            {
                result.AddError("--before stands beside --sub: one token has one beginning.");
            }
        });
        return command;
    }

    private static Table Fields(TokenRevocation done) => Table.OfFields(
        ("token", done.Jti), ("subject", done.Subject),
        ("before", done.Before is { } before ? TerminalText.Of(before) : null), ("by", done.By));
}
