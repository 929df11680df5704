#!/usr/bin/env python3
"""make-completions.py CLI SHELL OUTPUT: writes the completion of loadforge-cli for bash, zsh or fish out of what its --help
tells, so that it offers what the program has."""
import os
import re
import subprocess
import sys

METHODS = 'GET HEAD POST PUT PATCH DELETE OPTIONS'.split()


class Option:
    def __init__(self, short, long, value, text):
        self.short, self.long, self.value, self.text = short, long, value, text

    @property
    def names(self):
        return [name for name in (self.short, self.long) if name]

    @property
    def kind(self):
        return kind_of(self.value) if self.value else None

    @property
    def choices(self):
        """The words that may stand there: "table or json (table)" -> table, json."""
        if self.value == 'METHOD':
            return METHODS
        if self.value == 'URI':
            return ['sqlite:', 'mongodb://'] + (['none'] if re.search(r'\bnone\b', self.text) else [])
        if self.value != 'FORMAT':
            return []
        parts = re.split(r',| or ', self.text.partition('(')[0])
        return [part.strip() for part in parts if re.fullmatch(r'\w+', part.strip())]


class Command:
    def __init__(self, cli, name, summary):
        text = read(cli, *name.split(), '--help')
        usage = re.search(rf'loadforge-cli {name} \[OPTION…\]\s*(.*)', text)
        self.words, self.summary = name.split(), summary
        self.kind = kind_of(usage[1] if usage else '')
        self.options = [Option(*found) for found in
                        re.findall(r'^  (?:(-\w), )?(--[\w-]+)(?:=(\S+))?  +(.+)$', text, re.M)]


def kind_of(argument):
    """Which names the program can tell for an argument: of files, of specs, of runs."""
    if 'SPEC' in argument:
        return 'file-or-spec'
    if 'NAME|ID' in argument:
        return 'spec'
    if re.search(r'\blast\b|BEFORE', argument):
        return 'run'
    return 'file' if re.search(r'FILE|PATH|FOLDER', argument) else None


def read(cli, *words):
    env = dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='', ASAN_OPTIONS='detect_leaks=0')
    return subprocess.run([cli, *words], check=True, capture_output=True, encoding='utf-8', env=env).stdout


def read_commands(cli):
    listed = read(cli, '--help').partition('Commands:')[2].partition('\n\n')[0]
    return [Command(cli, *found) for found in re.findall(r'^  (\S+(?: \S+)?)  +(.+)$', listed, re.M)]


def tops_of(commands):
    """The first words, each with what it does: of a group, what its commands are."""
    tops = {}
    for command in commands:
        tops.setdefault(command.words[0], []).append(command)
    for word, members in tops.items():
        yield word, (members[0].summary if len(members[0].words) == 1 else ', '.join(c.words[1] for c in members))
    yield 'help', 'Tells how a command goes'


def groups_of(commands):
    groups = {}
    for command in commands:
        if len(command.words) == 2:
            groups.setdefault(command.words[0], []).append(command)
    return groups


def quote(text):
    return "'" + text.replace("'", "'\\''") + "'"


BASH = '''# Completion of loadforge-cli for bash. Made out of its --help.
_loadforge_cli_ids ()
{
  timeout 2 loadforge-cli "$1" list 2>/dev/null | awk 'NR > 1 { print $1 }'
}

_loadforge_cli_offer () # KIND
{
  case $1 in
    file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")) ;;
    file-or-spec)
      compopt -o filenames 2>/dev/null
      COMPREPLY=($(compgen -f -- "$cur") $(compgen -W "$(_loadforge_cli_ids specs)" -- "$cur"))
      ;;
    spec) COMPREPLY=($(compgen -W "$(_loadforge_cli_ids specs)" -- "$cur")) ;;
    run) COMPREPLY=($(compgen -W "last $(_loadforge_cli_ids runs)" -- "$cur")) ;;
    *) COMPREPLY=($(compgen -W "$1" -- "$cur")) ;;
  esac
}

_loadforge_cli ()
{
  local cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} first=1 command IFS=$' \\t\\n'
  COMPREPLY=()
  # --format=json comes as three words.
  if [ "$cur" = = ]; then
    cur=
  elif [ "$before" = = ]; then
    before=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  [ "${COMP_WORDS[1]}" != help ] || first=2
  if [ "$COMP_CWORD" -eq "$first" ]; then
    _loadforge_cli_offer "@TOPS@$([ $first -eq 2 ] || echo ' help --help --version')"
    return
  fi
  command=${COMP_WORDS[first]}
  case $command in
@GROUPS@
  esac
  [ $first -eq 1 ] || return
  case $command in
@CASES@
  esac
}
complete -F _loadforge_cli loadforge-cli
'''


def bash_value(option):
    return ' '.join(option.choices) or option.kind or ''


def bash(commands):
    tops = ' '.join(word for word, _ in tops_of(commands) if word != 'help')
    groups = [f'''    {word})
      if [ "$COMP_CWORD" -eq $((first + 1)) ]; then
        _loadforge_cli_offer "{' '.join(c.words[1] for c in members)}"
        return
      fi
      command="$command ${{COMP_WORDS[first + 1]}}"
      ;;''' for word, members in groups_of(commands).items()]
    cases = []
    for command in commands:
        values = ''.join(f"\n        {'|'.join(o.names)}) _loadforge_cli_offer {quote(bash_value(o))}; return ;;"
                         for o in command.options if o.value)
        names = ' '.join(name for option in command.options for name in option.names)
        cases.append(f'''    {quote(' '.join(command.words))})
      case $before in{values}
      esac
      case $cur in
        -*) _loadforge_cli_offer {quote(names)} ;;
        *) _loadforge_cli_offer {quote(command.kind or '')} ;;
      esac
      ;;''')
    return BASH.replace('@TOPS@', tops).replace('@GROUPS@', '\n'.join(groups)).replace('@CASES@', '\n'.join(cases))


ZSH = '''#compdef loadforge-cli
# Completion of loadforge-cli for zsh. Made out of its --help.
_loadforge_cli_rows () # specs or runs
{
  local -a rows=(${(f)"$(timeout 2 loadforge-cli $1 list 2>/dev/null | sed -E '1d; s/:/\\\\:/g; s/^([^ ]+) +/\\1:/')"})
  [[ $1 != runs ]] || rows=('last:the newest' $rows)
  _describe -V ${1%s} rows
}

_loadforge_cli_file_or_spec ()
{
  _files -g '*.json'
  _loadforge_cli_rows specs
}

_loadforge_cli ()
{
  local -a tops=(
@TOPS@
  ) members=()
  if (( CURRENT == 2 )); then
    _describe command tops
    _arguments '(- *)'{-h,--help}'[Show this help]' '(- *)--version[Show the versions of the program and its libraries]'
    return
  fi
  local command=$words[2]
  case $command in
@GROUPS@
  esac
  if (( $#members )); then
    if (( CURRENT == 3 )); then
      _describe command members
      return
    fi
    command+=" $words[3]"
    shift words
    (( CURRENT-- ))
  fi
  shift words
  (( CURRENT-- ))
  case $command in
@CASES@
  esac
}

_loadforge_cli "$@"
'''
ZSH_ACTIONS = {'file': '_files', 'file-or-spec': '_loadforge_cli_file_or_spec', 'spec': '_loadforge_cli_rows specs',
               'run': '_loadforge_cli_rows runs', None: ' '}


def zsh_text(text):
    return re.sub(r'([\[\]:\\])', r'\\\1', text)


def zsh_option(option):
    value = ''
    if option.value:
        action = f"({' '.join(choice.replace(':', chr(92) + ':') for choice in option.choices)})" if option.choices else ZSH_ACTIONS[option.kind]
        value = f':{zsh_text(option.value)}:{action}'
    alone = f"({' '.join(option.names)})" if len(option.names) > 1 else ''
    for name in option.names:
        sign = '' if not option.value else '=' if name.startswith('--') else '+'
        yield quote(f'{alone}{name}{sign}[{zsh_text(option.text)}]{value}')


def zsh(commands):
    tops = '\n'.join('    ' + quote(f'{word}:{zsh_text(text)}') for word, text in tops_of(commands))
    groups = []
    for word, members in groups_of(commands).items():
        rows = ' '.join(quote(f'{c.words[1]}:{zsh_text(c.summary)}') for c in members)
        groups.append(f'    {word}) members=({rows}) ;;')
    cases = []
    for command in commands:
        words = [word for option in command.options for word in zsh_option(option)]
        if command.kind:
            words.append(quote(f'*:{command.kind}:{ZSH_ACTIONS[command.kind]}'))
        lines = ' \\\n        '.join(words)
        cases.append(f'''    {quote(' '.join(command.words))})
      _arguments -s \\
        {lines}
      ;;''')
    return ZSH.replace('@TOPS@', tops).replace('@GROUPS@', '\n'.join(groups)).replace('@CASES@', '\n'.join(cases))


FISH = '''# Completion of loadforge-cli for fish. Made out of its --help.
function __loadforge_cli_rows # specs or runs
    timeout 2 loadforge-cli $argv[1] list 2>/dev/null | tail -n +2 | string replace -r '^(\\S+)\\s+' '$1\\t'
end

function __loadforge_cli_is # WORD...: whether the words of the line begin so
    set -l words (commandline -opc)[2..]
    set -l n (count $argv)
    test (count $words) -ge $n
    and test "$words[1..$n]" = "$argv"
end

function __loadforge_cli_after # N: whether so many words stand before the one under way
    test (count (commandline -opc)) -eq $argv[1]
end

complete -c loadforge-cli -f
complete -c loadforge-cli -n '__loadforge_cli_after 1' -s h -l help -d 'Show this help'
complete -c loadforge-cli -n '__loadforge_cli_after 1' -l version -d 'Show the versions of the program and its libraries'
'''
FISH_ACTIONS = {'file': '-F', 'file-or-spec': "-F -a '(__loadforge_cli_rows specs)'", 'spec': "-a '(__loadforge_cli_rows specs)'",
                'run': "-a 'last (__loadforge_cli_rows runs)'"}


def fish_quote(text):
    return "'" + text.replace('\\', '\\\\').replace("'", "\\'") + "'"


def fish_option(option):
    words = [f'-s {option.short[1:]}'] if option.short else []
    words += [f'-l {option.long[2:]}', f'-d {fish_quote(option.text)}']
    if option.value:
        words.append('-r' if (option.kind or '').startswith('file') else '-x')
        words.append(f"-a '{' '.join(option.choices)}'" if option.choices else FISH_ACTIONS.get(option.kind, ''))
    return ' '.join(word for word in words if word)


def fish(commands):
    lines = [f"complete -c loadforge-cli -n '__loadforge_cli_after 1' -a {word} -d {fish_quote(text)}"
             for word, text in tops_of(commands)]
    for word, members in groups_of(commands).items():
        lines += [f"complete -c loadforge-cli -n '__loadforge_cli_after 2; and __loadforge_cli_is {word}' -a {c.words[1]} "
                  f'-d {fish_quote(c.summary)}' for c in members]
    for command in commands:
        start = f"complete -c loadforge-cli -n '__loadforge_cli_is {' '.join(command.words)}'"
        if command.kind:
            lines.append(f'{start} {FISH_ACTIONS[command.kind]}')
        lines += [f'{start} {fish_option(option)}' for option in command.options]
    return FISH + '\n'.join(lines) + '\n'


def main(cli, shell, output):
    commands = read_commands(cli)
    assert commands, 'the help lists no commands'
    with open(output, 'w', encoding='utf-8') as file:
        file.write({'bash': bash, 'zsh': zsh, 'fish': fish}[shell](commands))


if __name__ == '__main__':
    main(*sys.argv[1:])
