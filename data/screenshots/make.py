"""make.py PROGRAM CLI FILE: draws data/screenshots/run-window.png, a live run against the bundled target.

  tests/with-desktop python3 data/screenshots/make.py build/src/ui/loadforge build/src/cli/loadforge-cli FILE

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
from person import App, sh  # noqa: E402

WIDTH, HEIGHT = 1290, 980  # with the shadow
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
    sh('convert', path, '(', '-size', f'{width}x{height}', 'xc:none', '-fill', 'white', '-draw',
       f'roundrectangle 0,0,{width - 1},{height - 1},12,12', ')', '-compose', 'DstIn', '-composite', '-compose', 'over',
       '(', '+clone', '-background', 'black', '-shadow', '35x10+0+5', ')', '+swap', '-background', 'none', '-layers', 'merge',
       '+repage', '-strip', '-define', 'png:compression-level=9', path)


def windows_of(app):
    """The windows of the spec: where it is edited, and where it runs."""
    look = ['xdotool', 'search', '--onlyvisible', '--pid', str(app.process.pid), '--name', '^Checkout$']
    return subprocess.run(look, capture_output=True, text=True, check=False).stdout.split()


def main(program, cli, path):
    with tempfile.TemporaryDirectory() as folder:
        spec = os.path.join(folder, 'checkout.loadforge.json')
        with open(spec, 'w', encoding='utf-8') as file:
            json.dump(SPEC, file)
        target = subprocess.Popen([cli, 'target', '--delay', '40', '--jitter', '15', '--error-rate', '0.0002'],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        app = App(program, '--store', f'sqlite:{folder}/loadforge.db', spec)
        try:
            app.find('label', 'Checkout')  # the spec was read and is in the editor
            app.keys('F5')
            window = app.expect(lambda: windows_of(app)[1:])[0]
            sh('xdotool', 'windowmove', window, 20, 10, 'windowsize', window, WIDTH, HEIGHT, 'mousemove', 1400, 990)
            for wait, pause in ((23, 0.05), (15, 0.1), (7, 0.03)):
                time.sleep(wait)
                target.send_signal(signal.SIGSTOP)
                time.sleep(pause)
                target.send_signal(signal.SIGCONT)
            time.sleep(10.5)
            take(window, path)
        finally:
            app.process.kill()
            target.kill()


main(*sys.argv[1:])
