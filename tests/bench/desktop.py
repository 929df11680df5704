"""desktop.py PROGRAM CLI USERS SECONDS: a 25 MiB body sent by many users from the window, as a person would start it.

Prints one line of JSON. Needs a desktop of its own (tests/with-desktop). Each request carries its body's
Content-Digest, which the bundled target checks, so that "failed: 0" says that every file arrived whole.
"""
import base64
import hashlib
import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

import gi
gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from person import App  # noqa: E402

APP_ID, APP_PATH = 'io.github.loadforge.LoadForge', '/io/github/loadforge/LoadForge'
BODY = 25 * 1024 * 1024
ASK_EVERY = 0.02  # s
LOOKS = 5  # how often it is looked whether the window moves


class Heartbeat(threading.Thread):
    """Asks the program's main loop for the names of its actions, on schedule, whether it has answered or not."""

    def __init__(self):
        super().__init__(daemon=True)
        self.waits = []
        self.done = threading.Event()
        self.bus = Gio.DBusConnection.new_for_address_sync(
            os.environ['DBUS_SESSION_BUS_ADDRESS'],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)

    def ask(self, due):
        def answered(bus, result):
            bus.call_finish(result)
            self.waits.append(1000 * (time.monotonic() - due))
        self.bus.call(APP_ID, APP_PATH, 'org.gtk.Actions', 'List', None, None, Gio.DBusCallFlags.NONE, 60000, None, answered)

    def run(self):
        context = GLib.MainContext.new()
        context.push_thread_default()
        timer = GLib.timeout_source_new(1000 * ASK_EVERY)
        timer.set_callback(self.tick)
        timer.attach(context)
        while not self.done.is_set():
            context.iteration(True)
        timer.destroy()
        context.pop_thread_default()

    def tick(self, *_):
        self.ask(time.monotonic())
        return GLib.SOURCE_CONTINUE

    def stop(self):
        self.done.set()
        self.join()
        waits = sorted(self.waits)
        return {'asked': len(waits), 'p50_ms': statistics.median(waits), 'p99_ms': waits[int(len(waits) * 0.99)],
                'max_ms': waits[-1]}


def memory(pid):
    with open(f'/proc/{pid}/status', encoding='ascii') as file:
        return {key: int(size) / 1024 for key, size in re.findall(r'^(VmHWM|VmRSS):\s+(\d+)', file.read(), re.M)}


def status_of(url, body, digest):
    request = urllib.request.Request(url, body, {'Content-Digest': digest})
    try:
        return urllib.request.urlopen(request).status
    except urllib.error.HTTPError as error:
        return error.code


def make_spec(folder, url, users, seconds):
    content = os.urandom(BODY)
    digest = f'sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:'
    assert (status_of(url, content, digest), status_of(url, content[1:], digest)) == (200, 400), 'the target checks nothing'
    with open(os.path.join(folder, 'body.bin'), 'wb') as file:
        file.write(content)
    spec = os.path.join(folder, 'upload.loadforge.json')
    with open(spec, 'w', encoding='utf-8') as file:
        json.dump({'name': 'Upload', 'request': {'method': 'POST', 'url': url, 'body': {'type': 'file', 'file': 'body.bin'},
                                                 'headers': [{'name': 'Content-Digest', 'value': digest}]},
                   'loadProfile': {'rampUp': 0, 'users': users, 'steady': seconds, 'rampDown': 0}}, file)
    return spec


def find_moving(app, frame):
    """What a person sees move: the charts, which say their newest values, and the count of the console's lines."""
    charts = app.all('image', 'no samples yet', frame)
    lines = [node for node in app.all('label', within=frame) if node.get_name().endswith((' line', ' lines'))]
    assert len(charts) > 1 and len(lines) == 1
    return charts + lines


def ended_run(store):
    with sqlite3.connect(store) as database:
        for (document,) in database.execute('SELECT document FROM runs'):
            run = json.loads(document)
            if run.get('endedAt'):
                return run
    return None


def start_run(app):
    app.find('label', 'body.bin')  # the spec was read, with its file, and is in the editor
    app.keys('F5')
    frame = app.expect(lambda: next((f for f in app.all('frame') if f.get_name() == 'Upload'), None))
    return find_moving(app, frame)


def watch(app, moving, store, seconds):
    """Until the run has ended: its record, what was seen moving, and the most memory."""
    start, looks, rss, run = time.monotonic(), [], [], None
    while run is None:
        assert time.monotonic() < start + seconds + 60, 'the run does not end'  # what is under way may take 30 s
        rss.append(memory(app.process.pid)['VmRSS'])
        if len(looks) < LOOKS and time.monotonic() > start + seconds * (len(looks) + 1) / (LOOKS + 1):
            looks.append([node.get_name() for node in moving])
        time.sleep(0.5)
        run = ended_run(store)
    return run, [len(set(seen)) for seen in zip(*looks)], max(rss)


def measure(program, cli, users, seconds):
    with tempfile.TemporaryDirectory() as folder:
        target = subprocess.Popen([cli, 'target', '--listen', '127.0.0.1:0'], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True)
        app = None
        try:
            url = target.stdout.readline().strip() + '/anything'
            store = os.path.join(folder, 'loadforge.db')
            app = App(program, '--store', f'sqlite:{store}', make_spec(folder, url, users, seconds))
            heartbeat = Heartbeat()
            heartbeat.start()
            run, moved, rss = watch(app, start_run(app), store, seconds)
            answers, peak = heartbeat.stop(), memory(app.process.pid)['VmHWM']
            app.keys('ctrl+q')
            app.process.wait(30)
            summary = run['summary']
            return {'users': users, 'seconds': summary['duration'], 'requests': summary['requests']['total'],
                    'failed': summary['requests'].get('failed', 0), 'sent_gib': summary['data']['sent'] / 2**30,
                    'looks': LOOKS, 'charts_moved': min(moved[:-1]), 'console_moved': moved[-1], 'window': answers,
                    'rss_most_mib': rss, 'rss_peak_mib': peak}
        finally:
            if app is not None and app.process.poll() is None:
                app.process.kill()
            target.terminate()
            target.wait()


print(json.dumps(measure(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))))
