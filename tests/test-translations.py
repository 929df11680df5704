#!/usr/bin/env python3
"""Holds po/ against the sources: POTFILES names every file with words to translate, and each language of LINGUAS is
complete: nothing missing, nothing fuzzy, nothing that msgfmt -c objects to. And lf-kept-templates.c against what the engine
writes into logs, so that every line can be shown in the user's language."""
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


STRINGS = r'(?:"(?:[^"\\\\]|\\\\.)*"\s*|G_GU?INT64_FORMAT\s*)+'
DIRECTIVE = re.compile(r'%[-+ 0-9.*]*(?:l|ll)?[a-zA-Z]')


def strings_of(text):
    """The string literals of C, each with what the compiler puts together."""
    for match in re.finditer(STRINGS, text):
        yield ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', match[0].replace('G_GINT64_FORMAT', '"d"').replace('G_GUINT64_FORMAT', '"d"')))


def check_kept_templates():
    with open(os.path.join(TOP, 'src/model/lf-kept-templates.c'), encoding='utf-8') as file:
        templates = list(strings_of(file.read().split('_lf_kept_templates[] = {')[1].split('};')[0]))
    fits = [re.compile('.+'.join(re.escape(part.replace('%%', '%')) for part in re.split('%[ds]', text))) for text in templates]
    problems = []
    for path, _, names in os.walk(os.path.join(TOP, 'src/engine')):
        for name in names:
            text = open(os.path.join(path, name), encoding='utf-8').read()
            for call in re.findall(r'lf_load_log_add \((.*?)\);', text, re.S):
                for words in strings_of(call):
                    line = DIRECTIVE.sub('1', words.replace('%%', '\0')).replace('\0', '%')
                    if ' ' in line and not any(fit.fullmatch(line) for fit in fits):
                        problems.append(f'lf-kept-templates.c lacks what {name} writes: {words}')
    return problems if templates else ['lf-kept-templates.c holds no templates']


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
        checks = [('POTFILES', check_potfiles()), ('kept words', check_kept_templates())] + [(name, check_language(name, folder)) for name in languages]
    print(f'1..{len(checks)}')
    for number, (name, problems) in enumerate(checks, 1):
        print(f'{"not ok" if problems else "ok"} {number} {name}')
        for problem in problems:
            print(f'# {problem}')
    sys.exit(any(problems for _, problems in checks))


main()
