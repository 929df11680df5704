"""The completion of each shell, asked as its user would: what it offers is what the program takes."""
import os
import re
import shutil
import subprocess
import sys

from cli import PROGRAM, Skip, cli, main, spec, write

PLACE = os.path.abspath(sys.argv.pop(2))
COMMANDS = ['run', 'target', 'specs list', 'runs list', 'runs export', 'runs compare']


def run(folder, script, *words):
    """@words run a shell, whose script may call loadforge-cli."""
    os.makedirs(os.path.join(folder, 'bin'), exist_ok=True)
    link = os.path.join(folder, 'bin', 'loadforge-cli')
    if not os.path.exists(link):
        os.symlink(PROGRAM, link)
    env = dict(os.environ, PATH=f'{folder}/bin:{os.environ["PATH"]}', HOME=folder, XDG_DATA_HOME=f'{folder}/data',
               XDG_CONFIG_HOME=f'{folder}/config', XDG_CACHE_HOME=f'{folder}/cache', LC_ALL='C.UTF-8')
    done = subprocess.run([*words, script], cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stderr == '', done
    return done.stdout.splitlines()


def bash(folder, *words):
    script = f'''source {PLACE}/loadforge-cli
      COMP_WORDS=(loadforge-cli {' '.join(f"'{word}'" for word in words)}); COMP_CWORD={len(words)}
      _loadforge_cli; printf '%s\\n' "${{COMPREPLY[@]}}"'''
    return run(folder, script, 'bash', '--norc', '-c')


def fish(folder, *words):
    line = ' '.join(('loadforge-cli', *words))
    rows = run(folder, f"source {PLACE}/loadforge-cli.fish; complete -C '{line}'", 'fish', '--no-config', '-c')
    return [row.partition('\t')[0] for row in rows]


def zsh(folder, *words):
    """What stands for the completion system here says what it is handed."""
    quoted = ' '.join(f"'{word}'" for word in ('loadforge-cli', *words))
    script = f'''_arguments () {{ print -rl -- "$@" }}
      _describe () {{ local name=${{@[-1]}}; print -rl -- ${{(P)name}} }}
      _files () {{ print -l FILES }}
      words=({quoted}); CURRENT={len(words) + 1}
      source {PLACE}/_loadforge-cli'''
    rows = run(folder, script, 'zsh', '-f', '-c')
    return [re.sub(r'^(?:\(.*?\))?([^:=+\[]+).*', r'\1', row) for row in rows]


SHELLS = bash, fish, zsh


def need_shells():
    missing = [shell.__name__ for shell in SHELLS if not shutil.which(shell.__name__)]
    assert 'CI' not in os.environ or not missing, missing
    if missing:
        raise Skip(f'{", ".join(missing)} missing')


def options_of(folder, command):
    text = cli(folder, *command.split(), '--help').out.partition('Options:')[2].partition('\n\n')[0]
    return set(re.findall(r'(?<!\S)--?[a-z][a-z-]*', re.sub(r'=\S+|  .*', '', re.sub(r'^  ', '', text, flags=re.M), flags=re.M)))


def test_first_words(folder):
    need_shells()
    told = set(re.findall(r'^  (\w+)', cli(folder, '--help').out.partition('Commands:')[2].partition('\n\n')[0], re.M))
    for shell in SHELLS:
        offered = set(shell(folder, ''))
        assert {word for word in offered if re.fullmatch(r'\w+', word)} == told | {'help'}, (shell.__name__, offered)


def test_second_words(folder):
    need_shells()
    told = re.findall(r'^  runs (\w+)', cli(folder, '--help').out, re.M)
    assert 'compare' in told
    for shell in SHELLS:
        assert sorted(shell(folder, 'runs', '')) == sorted(told), shell.__name__


def test_options(folder):
    need_shells()
    for command in COMMANDS:
        told = options_of(folder, command)
        assert len(told) > 2, told
        for shell in SHELLS:
            offered = {word for word in shell(folder, *command.split(), '-') + shell(folder, *command.split(), '--')
                       if word.startswith('-')}
            assert offered - {'-s'} == told, (shell.__name__, command, offered ^ told)


def test_values(folder):
    need_shells()
    assert bash(folder, 'runs', 'export', '--format', '') == ['csv', 'json']
    assert bash(folder, 'runs', 'export', '--format', '=', 'js') == ['json']
    assert sorted(fish(folder, 'runs', 'export', '--format=')) == ['--format=csv', '--format=json']
    assert {'GET', 'POST'} <= set(fish(folder, 'run', '--method', ''))
    assert any('(csv json)' in row for row in run(
        folder, f'''_arguments () {{ print -rl -- "$@" }}
        words=(loadforge-cli runs export --format ''); CURRENT=5; source {PLACE}/_loadforge-cli''', 'zsh', '-f', '-c'))


def test_names_in_the_store(folder):
    need_shells()
    write(folder, 'shop.json', spec('http://127.0.0.1:1/'))
    ident = cli(folder, 'specs', 'add', 'shop.json').expect(0).out.strip()
    for shell in bash, fish:
        assert shell(folder, 'specs', 'show', '') == [ident], shell.__name__
        assert {'shop.json', ident} <= set(shell(folder, 'run', '')), shell.__name__
        assert 'last' in shell(folder, 'runs', 'show', ''), shell.__name__
    rows = run(folder, f'''_arguments () {{ eval ${{@[-1]##*:}} }}
        _describe () {{ print -rl -- $rows }}
        words=(loadforge-cli specs show ''); CURRENT=4; source {PLACE}/_loadforge-cli''', 'zsh', '-f', '-c')
    assert len(rows) == 1 and rows[0].startswith(f'{ident}:Some spec'), rows


main(globals())
