#!/usr/bin/env python3
"""Holds po/ against the sources: POTFILES names every file with words to translate, and each language of LINGUAS is
complete: nothing missing, nothing fuzzy, nothing that msgfmt -c objects to."""
import os
import re
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PO = os.path.join(TOP, 'po')
MARKED = {'.c': re.compile(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext) ?\('), '.h': re.compile(r'\bN_ ?\('),
          '.ui': re.compile(r'translatable="yes"')}
KEYWORDS = ['--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2', '--keyword=ngettext:1,2',
            '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3']


def lines_of(name):
    with open(os.path.join(PO, name), encoding='utf-8') as file:
        return [line.strip() for line in file if line.strip() and not line.startswith('#')]


def strip_comments(text):
    return re.sub(r'/\*.*?\*/', '', text, flags=re.S)


def files_with_words():
    for folder in ('src', 'ui'):
        for path, _, names in os.walk(os.path.join(TOP, folder)):
            for name in names:
                pattern = MARKED.get(os.path.splitext(name)[1])
                full = os.path.join(path, name)
                if pattern and pattern.search(strip_comments(open(full, encoding='utf-8').read())):
                    yield os.path.relpath(full, TOP)


def check_potfiles():
    listed, marked = lines_of('POTFILES'), set(files_with_words())
    problems = [f'po/POTFILES lacks {name}' for name in sorted(marked - set(listed))]
    problems += [f'po/POTFILES names {name}, which is gone' for name in listed if not os.path.exists(os.path.join(TOP, name))]
    if listed != sorted(listed):
        problems.append('po/POTFILES is not sorted')
    return problems


def run(*words):
    return subprocess.run(words, cwd=TOP, capture_output=True, text=True, env=dict(os.environ, LC_ALL='C.UTF-8'), check=False)


def check_language(language, folder):
    """What is missing is told with its text; the sources are read anew, as the file may be behind them."""
    template, merged = os.path.join(folder, 'new.pot'), os.path.join(folder, f'{language}.po')
    source = os.path.join(PO, f'{language}.po')
    if not os.path.exists(source):
        return [f'po/{language}.po is missing']
    for step in (['xgettext', '--files-from=po/POTFILES', '--from-code=UTF-8', *KEYWORDS, '-o', template],
                 ['msgmerge', '--quiet', '--no-fuzzy-matching', '-o', merged, source, template],
                 ['msgfmt', '-c', '-o', os.devnull, merged]):
        done = run(*step)
        if done.returncode != 0:
            return [f'po/{language}.po: {step[0]}: {done.stderr.strip()}']
    problems = []
    for kind in ('--untranslated', '--only-fuzzy'):
        left = run('msgattrib', kind, '--no-obsolete', '--no-wrap', merged).stdout
        for text in re.findall(r'^msgid "(.+)"$', left, re.M):
            problems.append(f'po/{language}.po: {kind[2:]}: {text}')
    return problems


def main():
    languages = lines_of('LINGUAS')
    with tempfile.TemporaryDirectory() as folder:
        checks = [('POTFILES', check_potfiles())] + [(name, check_language(name, folder)) for name in languages]
    print(f'1..{len(checks)}')
    for number, (name, problems) in enumerate(checks, 1):
        print(f'{"not ok" if problems else "ok"} {number} {name}')
        for problem in problems:
            print(f'# {problem}')
    sys.exit(any(problems for _, problems in checks))


main()
