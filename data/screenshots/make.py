"""make.py PROGRAM CLI FOLDER: draws what README and software centres show: a live run against the bundled target, the editor
of its spec, and the list of specs.

  tests/with-desktop python3 data/screenshots/make.py build/src/ui/loadforge build/src/cli/loadforge-cli FOLDER

The target answers after 25 to 55 ms, fails one request in 5,000 and stands still three times, so that there is something to see.
"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../tests'))
from person import App, sh, wait  # noqa: E402

WIDTH, HEIGHT = 1290, 980  # with the shadow
OTHERS = (('Product search', 'GET', '/anything/search?q=anvil', ['shop'], 12, 3), ('Sign in', 'POST', '/anything/login', ['accounts'], 6, 2),
          ('Order export', 'GET', '/anything/export', ['nightly'], 4, 1), ('Avatar upload', 'PUT', '/anything/avatar', ['accounts'], 8, 2))
SPEC = {'name': 'Checkout', 'description': 'What the shop takes on a Friday evening.',
        'request': {'method': 'POST', 'url': 'http://127.0.0.1:8080/anything/cart/checkout',
                    'headers': [{'name': 'Content-Type', 'value': 'application/json'}],
                    'body': {'type': 'json', 'text': '{"cart": 4711, "pay": "invoice"}'}},
        'loadProfile': {'rampUp': 15, 'users': 150, 'steady': 60, 'rampDown': 10}}


def take(window, path):
    """The window alone, with its round corners and a shadow as a desktop would draw it."""
    info = sh('xwininfo', '-id', window)
    left, top, width, height = (int(re.search(f'{name}: +(-?\\d+)', info)[1])
                                for name in ('Absolute upper-left X', 'Absolute upper-left Y', 'Width', 'Height'))
    frame = list(map(int, re.findall(r'\d+', sh('xprop', '-id', window, '_GTK_FRAME_EXTENTS').partition('=')[2])))
    width, height = width - frame[0] - frame[1], height - frame[2] - frame[3]
    sh('import', '-window', 'root', '-crop', f'{width}x{height}+{left + frame[0]}+{top + frame[2]}', '+repage', path)
    sh('convert', path, '-alpha', 'set', '(', '-size', f'{width}x{height}', 'xc:none', '-fill', 'white', '-draw',
       f'roundrectangle 0,0,{width - 1},{height - 1},12,12', ')', '-compose', 'DstIn', '-composite', '-compose', 'over',
       '(', '+clone', '-background', 'black', '-shadow', '35x10+0+5', ')', '+swap', '-background', 'none', '-layers', 'merge',
       '+repage', '-strip', '-define', 'png:compression-level=9', path)


def place(window):
    """Where every picture has its window; the pointer rests outside."""
    sh('xdotool', 'windowmove', window, 20, 10, 'windowsize', window, WIDTH, HEIGHT, 'mousemove', 1400, 990)


def windows_of(app):
    """The windows of the spec: where it is edited, and where it runs."""
    look = ['xdotool', 'search', '--onlyvisible', '--pid', str(app.process.pid), '--name', '^Checkout$']
    return subprocess.run(look, capture_output=True, text=True, check=False).stdout.split()


def write(folder, name, spec):
    path = os.path.join(folder, f'{name}.loadforge.json')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(spec, file)
    return path


def fill(cli, folder, store):
    """Specs that were run some times before, so that the list has something to tell."""
    for name, method, path, tags, users, runs in OTHERS:
        spec = {'name': name, 'tags': tags, 'request': {'method': method, 'url': f'http://127.0.0.1:8080{path}'},
                'loadProfile': {'rampUp': 0, 'users': users, 'steady': 1, 'rampDown': 0}}
        sh(cli, 'specs', 'add', '--store', store, write(folder, 'other', spec))
        for _ in range(runs):
            subprocess.run([cli, 'run', '--quiet', '--store', store, name], stderr=subprocess.DEVNULL, check=True)


def run_and_take(app, target, path):
    app.keys('F5')
    window = app.expect(lambda: windows_of(app)[1:])[0]
    place(window)
    for seconds, pause in ((23, 0.05), (15, 0.1), (7, 0.03)):
        time.sleep(seconds)
        target.send_signal(signal.SIGSTOP)
        time.sleep(pause)
        target.send_signal(signal.SIGCONT)
    time.sleep(10.5)
    take(window, path)
    assert wait(lambda: app.all('label', 'Passed after 1:25'), 60)
    app.keys('ctrl+w')
    app.expect(lambda: len(app.all('frame')) == 1)


def take_main(app, path, *keys):
    place(app.window)
    if keys:
        app.keys(*keys)
    time.sleep(2)  # until all is drawn
    take(app.window, path)


def main(program, cli, out):
    with tempfile.TemporaryDirectory() as folder:
        store = f'sqlite:{folder}/loadforge.db'
        target = subprocess.Popen([cli, 'target', '--delay', '40', '--jitter', '15', '--error-rate', '0.0002'],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        fill(cli, folder, store)
        app = App(program, '--store', store, write(folder, 'checkout', SPEC))
        try:
            app.find('label', 'Checkout')  # the spec was read and is in the editor
            take_main(app, os.path.join(out, 'editor.png'))
            run_and_take(app, target, os.path.join(out, 'run-window.png'))
            take_main(app, os.path.join(out, 'specs.png'), 'alt+Left')
        finally:
            app.process.kill()
            target.kill()


main(*sys.argv[1:])
