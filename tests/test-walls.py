#!/usr/bin/env python3
"""Proves the walls of src/DESIGN.md: a header of a floor that a folder may not see does not compile
there, and a library of the system keeps to the folder that owns it."""
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

BUILD = sys.argv[1]
SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'src')
MAY_SEE = {
    'model': set(),
    'http': set(),
    'stats': {'model'},
    'store': {'model'},
    'engine': {'http', 'stats', 'model'},
    'target': {'http', 'model'},
    'report': {'stats', 'model'},
    'control': {'engine', 'target', 'report', 'store', 'stats', 'http', 'model'},
    'server': {'control', 'engine', 'target', 'report', 'store', 'stats', 'http', 'model'},
    'cli': {'server', 'control', 'engine', 'target', 'report', 'store', 'stats', 'http', 'model'},
    'ui': {'server', 'control', 'engine', 'target', 'report', 'store', 'stats', 'http', 'model'},
}
OWNERS = {  # of the system's headers, by how their #include begins
    'curl/': {'engine', 'cli'},  # cli: --version tells the library's
    'sqlite3.h': {'store', 'cli'},
    'mongoc': {'store', 'cli'},
    'bson': {'store'},
    'libsoup/': {'server'},
    'gtk/': {'ui'},
    'adwaita.h': {'ui'},
}


def one_command_per_folder():
    commands = {}
    with open(os.path.join(BUILD, 'compile_commands.json'), encoding='utf-8') as file:
        for entry in json.load(file):
            match = re.search(r'(?:^|/)src/([a-z]+)/lf-[^/]*\.c$', entry['file'])
            if match:
                commands.setdefault(match[1], entry)
    return commands


def first_header(folder):
    names = sorted(n for n in os.listdir(os.path.join(SOURCE, folder)) if re.match(r'lf-.*\.h$', n))
    public = [n for n in names if not n.endswith('-private.h')]
    return (public or names or [None])[0]


def compiles(entry, header):
    with tempfile.NamedTemporaryFile('w', suffix='.c') as probe:
        probe.write(f'#include "{header}"\n')
        probe.flush()
        words, skip = [], False
        for word in shlex.split(entry['command']):
            if skip or word in ('-MD', '-MQ', '-MF', '-o', '-c'):
                skip = word in ('-MQ', '-MF', '-o')
                continue
            words.append(word)
        words = [w for w in words if not w.endswith('.c') and w not in ('ccache',)]
        return subprocess.run(words + ['-fsyntax-only', '-w', probe.name], cwd=entry['directory'],
                              capture_output=True, check=False).returncode == 0


def main():
    results = []
    commands = one_command_per_folder()
    folders = [f for f in MAY_SEE if f in commands and first_header(f)]
    for folder, entry in sorted(commands.items()):
        for other in folders:
            if other == folder:
                continue
            if other not in MAY_SEE.get(folder, set()):
                results.append((not compiles(entry, first_header(other)),
                                f'src/{folder} cannot see src/{other}'))
        stray = [f'{name}: {line.strip()}'
                 for name in sorted(os.listdir(os.path.join(SOURCE, folder)))
                 if name.endswith(('.c', '.h'))
                 for line in open(os.path.join(SOURCE, folder, name), encoding='utf-8')
                 for start, owners in OWNERS.items()
                 if re.match(rf'\s*#\s*include\s*[<"]{re.escape(start)}', line) and folder not in owners]
        paths = [f'{name}: {line.strip()}'
                 for name in sorted(os.listdir(os.path.join(SOURCE, folder)))
                 if name.endswith(('.c', '.h'))
                 for line in open(os.path.join(SOURCE, folder, name), encoding='utf-8')
                 if re.match(r'\s*#\s*include\s*"[^"]*/', line)]
        for fault in stray + paths:
            print('#', fault)
        results.append((not stray and not paths, f'src/{folder} includes only what it owns'))
    print(f'1..{len(results)}')
    for number, (ok, name) in enumerate(results, 1):
        print('ok' if ok else 'not ok', number, name)
    return 0


sys.exit(main())
