using System.CommandLine;
using System.Text;

namespace Stk.Cli.Completion;

/// <summary>
/// The verb <c>completion bash</c>: a script that knows every verb and option of this build, so that a key press starts
/// no program.
/// </summary>
internal static class CompletionVerb
{
    /// <summary>The verbs that <c>./stk</c> has beside this program's.</summary>
    private static readonly string[] Wrapped =
        ["up", "down", "test", "torture", "bench", "fuzz", "nightly", "psql", "sign-in", "verify", "recompute", "help"];

    /// <summary>Verbs that only <c>./stk</c> itself asks for.</summary>
    private static readonly string[] Inner = ["keys", "sign-in-link", "demo"];

    public static Command Make(RootCommand root)
    {
        var bash = new Command("bash", "For bash: source <(./stk completion bash)");
        bash.SetAction(parsed => parsed.InvocationConfiguration.Output.Write(Script(root)));
        return new("completion", "Prints a completion script.") { bash };
    }

    private static string Script(RootCommand root)
    {
        var cases = new StringBuilder();
        cases.Append("    '') words='").AppendJoin(' ', Wrapped.Concat(Names(root).Except(Inner)).Order(StringComparer.Ordinal)).Append("' ;;\n");
        Write(cases, root, "");
        return $$"""
            # stk completion for bash: source <(./stk completion bash)
            _stk() {
              local path='' words='' word
              for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                [[ $word == -* ]] || path=${path:+$path }$word
              done
              # What follows the last verb is its arguments.
              while [[ -n $path ]] && ! _stk_words "$path"; do
                [[ $path == *' '* ]] || return
                path=${path% *}
              done
              [[ -n $words ]] || _stk_words ''
              mapfile -t COMPREPLY < <(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}")
            }
            _stk_words() {
              case $1 in
            {{cases}}    *) return 1 ;;
              esac
            }
            complete -o default -F _stk stk ./stk

            """;
    }

    private static void Write(StringBuilder cases, Command command, string path)
    {
        foreach (var sub in command.Subcommands)
        {
            var own = path.Length == 0 ? sub.Name : $"{path} {sub.Name}";
            cases.Append("    '").Append(own).Append("') words='").AppendJoin(' ', Names(sub)).Append("' ;;\n");
            Write(cases, sub, own);
        }
    }

    private static IEnumerable<string> Names(Command command) =>
        command.Subcommands.Select(sub => sub.Name)
            .Concat(command.Options.Where(option => !option.Hidden).Select(option => option.Name));
}
