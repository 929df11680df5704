#!/usr/bin/env python3
"""shots.py BUILD FOLDER [LOOK…]: pictures of every page and state that the tests of the window draw.

Runs the tests of widgets once in the light style, then the cases that took pictures again in the other looks. Each look gets
a folder of its own under FOLDER. Tests look for English words, and for widths and places of this direction: in LENIENT looks a
case goes on after what it does not find, and that is no failure here.
"""
import concurrent.futures
import json
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
DESKTOP = os.path.join(HERE, '..', 'with-desktop')
LOOKS = {
    'light': {},
    'dark': {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'},
    'contrast': {'ADW_DEBUG_HIGH_CONTRAST': '1'},
    'rtl': {'LF_TEST_DIRECTION': 'rtl'},
    'large': {'LF_TEST_TEXT_DPI': '192'},
    'german': {'LF_TEST_LOCALE': 'de_DE.UTF-8'},
}
LENIENT = ('rtl', 'large', 'german')
SECONDS = 120


def programs(build):
    tests = json.loads(subprocess.run(['meson', 'introspect', '--tests', build], check=True, capture_output=True).stdout)
    words = [os.path.join(build, word) for test in tests if 'ui' in test['suite'][0].split(':') for word in test['cmd']]
    return sorted({word for word in words if os.path.basename(word).startswith('test-') and not word.endswith('.py')})


def environment(build, folder, look):
    lenient = {'LF_TEST_LENIENT': '1'} if look in LENIENT else {'G_DEBUG': 'fatal-warnings'}
    return dict(os.environ, LF_TEST_SCREENSHOTS=folder, LF_TEST_LOCALE_DIR=os.path.join(build, 'po'),
                LOCPATH=os.path.join(build, 'tests', 'locales'), ASAN_OPTIONS='detect_leaks=0',
                GSETTINGS_SCHEMA_DIR=os.path.join(build, 'data'), **lenient, **LOOKS[look])


def run(build, folder, look, program, cases):
    os.makedirs(folder, exist_ok=True)
    words = [word for case in cases for word in ('-p', case)]
    try:
        done = subprocess.run([DESKTOP, program, '--tap', *words], env=environment(build, folder, look), timeout=SECONDS,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    except subprocess.TimeoutExpired:
        return f'{program} takes too long'
    return None if done.returncode == 0 else f'{program} {" ".join(words)}\n{done.stdout[-2000:]}'


def cases_of(folder, program):
    """The cases of @program that took pictures: lf_test_screenshot() wrote them down."""
    try:
        with open(os.path.join(folder, os.path.basename(program) + '.cases'), encoding='utf-8') as file:
            return sorted(set(file.read().split()))
    except FileNotFoundError:
        return []


def draw(build, top, looks):
    failures = []
    found = programs(build)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        light = os.path.join(top, 'light')
        failures += pool.map(lambda program: run(build, light, 'light', program, []), found)
        jobs = [(look, program, cases_of(light, program)) for look in looks for program in found]
        for look, program, cases in jobs:
            # One at a time where the first that stops would take the others along.
            for some in ([[case] for case in cases] if look in LENIENT else [cases]):
                job = pool.submit(run, build, os.path.join(top, look), look, program, some) if some else None
                if job and look not in LENIENT:
                    failures.append(job)
    return [text for text in (f.result() if hasattr(f, 'result') else f for f in failures) if text]


def main(build, top, *looks):
    build, top = os.path.abspath(build), os.path.abspath(top)
    shutil.rmtree(top, ignore_errors=True)
    failures = draw(build, top, looks or list(LOOKS)[1:])
    for look in LOOKS:
        folder = os.path.join(top, look)
        names = os.listdir(folder) if os.path.isdir(folder) else []
        for name in names:
            if name.endswith('.cases'):
                os.remove(os.path.join(folder, name))
        print(f'{look}: {sum(name.endswith(".png") for name in names)} pictures in {os.path.relpath(folder)}')
    for text in failures:
        print(text, file=sys.stderr)
    sys.exit(bool(failures))


main(*sys.argv[1:])
