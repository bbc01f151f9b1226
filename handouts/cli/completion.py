"""Completion for bash, zsh and fish: their scripts, printed or installed, and the answers they ask for at each Tab.

Every script sends the line up to the cursor and gets lines of `kind TAB value TAB description`; kind is `plain`, or
`file` or `dir` when the shell itself knows best. Click finds the values; its own scripts show no description in bash,
and lose the word after a colon or an equals sign.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, split_arg_string

from handouts.cli.output import put, say_unless_quiet
from handouts.errors import FileTrouble, HandoutError
from handouts.input_files import read_start
from handouts.output_paths import make_folder
from handouts.pdf.files import write_whole

_SCRIPTS = {
    "bash": r"""# bash completion of handouts
%(complete_func)s() {
    local kind value about drop="" width=0 index word=${COMP_LINE:0:COMP_POINT}
    local -a values=() abouts=()
    COMPREPLY=()
    while IFS=$'\t' read -r kind value about; do
        case $kind in
            file) compopt -o default 2>/dev/null ;;
            dir) compopt -o dirnames 2>/dev/null ;;
            plain) values+=("$value") abouts+=("$about"); ((${#value} > width)) && width=${#value} ;;
        esac
    done < <(COMP_LINE=$word %(complete_var)s=bash_complete "$1" 2>/dev/null)
    word=${word##*[[:space:]]} word=${word#--*=}
    [[ $COMP_WORDBREAKS == *:* && $word == *:* ]] && drop=${word%%"${word##*:}"}
    for index in "${!values[@]}"; do
        value=${values[index]#"$drop"}
        [[ $value == *[=:] ]] && compopt -o nospace 2>/dev/null
        # What Tab is to insert stands alone; in a list each value has its description, on a line of its own.
        if ((${#values[@]} > 1)) && [[ $COMP_TYPE != 37 && $COMP_TYPE != 42 && -n ${abouts[index]} ]]; then
            printf -v value '%%-*s  (%%s)' "$((width - ${#drop}))" "$value" "${abouts[index]}"
            value=${value:0:${COLUMNS:-80} - 2}
        fi
        COMPREPLY+=("$value")
    done
}
# Older shells, such as the one of macOS, know neither nosort nor compopt, and complete all the same.
complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null ||
    complete -o default -F %(complete_func)s %(prog_name)s
""",
    "zsh": r"""#compdef handouts
%(complete_func)s() {
    local kind value about line="${(j: :)words[1,CURRENT-1]} $PREFIX"
    local -a described stay
    [[ $PREFIX == --*=* ]] && compset -P '*='
    while IFS=$'\t' read -r kind value about; do
        case $kind in
            file) _files ;;
            dir) _files -/ ;;
            plain)
                described+=("${value//:/\\:}${about:+:$about}")
                [[ $value == *[=:] ]] && stay=(-S '')
                ;;
        esac
    done < <(COMP_LINE=$line %(complete_var)s=zsh_complete %(prog_name)s 2>/dev/null)
    ((${#described})) && _describe -V 'handouts' described "${stay[@]}"
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
""",
    "fish": r"""# fish completion of handouts
function %(complete_func)s
    set -l word (commandline -ct)
    set -l option (string match -r -- '^--[^=]+=' $word)
    set -lx COMP_LINE (commandline -cp | string collect)
    for line in (env %(complete_var)s=fish_complete %(prog_name)s 2>/dev/null)
        set -l part (string split \t -- $line)
        switch $part[1]
            case file
                __fish_complete_path $word
            case dir
                __fish_complete_directories $word
            case plain
                printf '%%s\t%%s\n' "$option$part[2]" "$part[3]"
        end
    end
end
complete --no-files --command %(prog_name)s --arguments '(%(complete_func)s)'
""",
}
SHELLS = tuple(_SCRIPTS)
FIRST_LINE = {shell: script.partition("\n")[0] for shell, script in _SCRIPTS.items()}
"""How each script begins, by which an installed one is known again; zsh reads its own as an instruction."""


class _Completion(ShellComplete):
    """What the three shells have in common: one way to ask and to answer."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one at the cursor, and what is there of that one."""
        line = os.environ.get("COMP_LINE", "")
        words = split_arg_string(line)[1:]
        if words and not line.endswith((" ", "\t")):
            return words[:-1], words[-1]
        # Click's own splitting would end the word here and offer the wrong completions.
        if words and line.count('"') % 2:  # a blank inside a quotation still belongs to its word
            return words[:-1], words[-1] + " "
        return words, ""

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """One line of the answer."""
        return f"{item.type}\t{item.value}\t{' '.join((item.help or '').split())}"

    def complete(self) -> str:
        """The answer; nothing when the library cannot be read, because Tab is no place for an error."""
        try:
            return super().complete()
        except HandoutError:
            return ""


_BY_SHELL: dict[str, type[_Completion]] = {
    name: type(name, (_Completion,), {"name": name, "source_template": script}) for name, script in _SCRIPTS.items()
}
"""Click asks for a class of its own for each shell."""


def register_shells() -> None:
    """Make Click answer these scripts instead of its own."""
    for completion in _BY_SHELL.values():
        add_completion_class(completion)


_LEFT_TO_DO = {
    "bash": "open a new shell; it needs the bash-completion package",
    "zsh": "put this line into ~/.zshrc before compinit, then open a new shell: fpath=({folder} $fpath)",
    "fish": "open a new shell",
}


def run(ctx: click.Context, shell: str, *, install: bool) -> None:
    """Print the script that a shell reads, or write it where the shell looks for it."""
    script = _BY_SHELL[shell](ctx.find_root().command, {}, "handouts", "_HANDOUTS_COMPLETE").source()
    if not install:
        put(script.rstrip("\n"))
        return
    path, start = _place(shell), FIRST_LINE[shell].encode()
    # Most machines have no such folder before the first completion is installed.
    make_folder(path.parent)
    if path.exists() and read_start(path, len(start)) != start:  # only an earlier one of ours is replaced
        raise FileTrouble(str(path), "is there already and was not written by handouts: move it away first")
    write_whole(path, script.encode(), force=True)
    put(str(path))
    say_unless_quiet(_LEFT_TO_DO[shell].format(folder=path.parent))


def _place(shell: str) -> Path:
    """Where the shell looks for a user's own completions, by its own rules and those of freedesktop.org."""
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    if shell == "bash":
        return Path(os.environ.get("BASH_COMPLETION_USER_DIR") or data / "bash-completion") / "completions/handouts"
    if shell == "zsh":
        return data / "zsh/site-functions/_handouts"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "fish/completions/handouts.fish"
