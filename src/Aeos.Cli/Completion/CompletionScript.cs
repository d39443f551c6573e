namespace Aeos.Cli.Completion;

/// <summary>
/// Scripts that complete command lines. What fits is System.CommandLine's to say, by its directive <c>[suggest:POSITION]</c>; options are offered only once a dash is typed,
/// and where nothing fits, files are.
/// </summary>
internal static class CompletionScript
{
    private const string Bash = """
        # Completes aeos in bash.
        _aeos() {
            local word="${COMP_WORDS[COMP_CWORD]}" line="${COMP_LINE:0:COMP_POINT}" found
            COMPREPLY=()
            # The shell takes "=" for a word of its own.
            if [[ $word == "=" ]]; then word=""; fi
            while IFS= read -r found; do
                if [[ -z $found || ($found == [-/]* && $word != -*) || $found != "$word"* ]]; then continue; fi
                COMPREPLY+=("$found")
            done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)
        }
        complete -o default -F _aeos aeos

        """;

    private const string Zsh = """
        #compdef aeos
        # Completes aeos in zsh.
        _aeos() {
            local word="${words[CURRENT]}" line="${(j: :)words[1,CURRENT]}" each
            local -a found
            for each in "${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}"; do
                if [[ -z $each || ($each == [-/]* && $word != -*) ]]; then continue; fi
                found+=("$each")
            done
            if (( ${#found} )); then compadd -- "${found[@]}"; else _files; fi
        }
        if [[ $funcstack[1] == _aeos ]]; then _aeos "$@"; else compdef _aeos aeos; fi

        """;

    private const string Fish = """
        # Completes aeos in fish.
        function __aeos_complete
            set -l word (commandline -ct)
            set -l line (commandline -cp)
            for found in (aeos "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
                if test -z "$found"; or begin; string match -qr '^[-/]' -- $found; and not string match -qr '^-' -- $word; end
                    continue
                end
                echo $found
            end
        end
        complete -c aeos -a '(__aeos_complete)'

        """;

    /// <param name="shell">The shell: bash, zsh or fish.</param>
    public static string For(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        _ => Fish,
    };
}
