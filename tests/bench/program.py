"""The programs as people use them: large files, the window, the bundled target."""
import json
import os
import statistics
import subprocess
import tempfile

import peers
from machine import APP, CLI, TOP, measured
from servers import Target


def target_speed(rounds, seconds):
    """Requests per second that the bundled target answers on one core."""
    if not peers.find('wrk'):
        return None
    server = Target()
    try:
        job = peers.Job(url=server.url(), users=64, seconds=seconds)
        return statistics.median(r['requests'] / r['seconds'] for r in (peers.wrk(job) for _ in range(rounds)))
    finally:
        server.stop()


def upload(users=500, seconds=30):
    """A 25 MiB body from many users at once: memory, and whether it arrives whole."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, 'body.bin'), 'wb') as file:
            file.write(os.urandom(25 * 1024 * 1024))
        spec = os.path.join(folder, 'upload.loadforge.json')
        server = Target()
        try:
            with open(spec, 'w', encoding='utf-8') as file:
                json.dump({'name': 'Upload', 'request': {'method': 'POST', 'url': server.url(),
                                                         'body': {'type': 'file', 'file': 'body.bin'}},
                           'loadProfile': {'rampUp': 0, 'users': users, 'steady': seconds, 'rampDown': 0}}, file)
            result = measured([CLI, 'run', spec, '--store', f'sqlite:{folder}/db', '--quiet', '--summary', '-'])
            summary = peers.first_json(result['out'])
            return {'users': users, 'seconds': summary['duration'], 'requests': summary['requests']['total'],
                    'failed': summary['requests'].get('failed', 0), 'rss_mib': result['rss'] / 1024,
                    'sent_gib': summary['data']['sent'] / 2**30}
        finally:
            server.stop()


def on_desktop(*command):
    """What a program prints that has a desktop of its own; a script is Python's."""
    if not os.path.exists(APP):
        return None
    if command[0].endswith('.py'):
        command = ('/usr/bin/python3', os.path.join(TOP, 'tests/bench', command[0])) + command[1:]
    return subprocess.run([os.path.join(TOP, 'tests/with-desktop'), *map(str, command)], stdout=subprocess.PIPE, text=True, check=True,
                          env={**os.environ, 'GSETTINGS_SCHEMA_DIR': os.path.join(TOP, 'build/release/data')}).stdout


def first_window(rounds):
    """Seconds from exec to a mapped window."""
    seen = on_desktop('first-window.py', APP, rounds)
    return seen and statistics.median(float(line) for line in seen.split())


def desktop(users=500, seconds=30):
    """The upload above, from the window: memory, and how long its main loop lets anybody wait."""
    seen = on_desktop('desktop.py', APP, CLI, users, seconds)
    return seen and json.loads(seen)


def list_frames(specs=2000):
    """The list of many specs: how far apart its frames come while it opens, is scrolled and searched."""
    seen = on_desktop(os.path.join(TOP, 'build/release/tests/bench/list-frames'), specs)
    return seen and json.loads(seen)


def frames(seconds=30, lines=1000000):
    """A live run at 50,000 requests per second in its window, with a million lines in the console: how far apart its frames come."""
    server = Target()
    try:
        with tempfile.TemporaryDirectory() as folder:
            seen = on_desktop(os.path.join(TOP, 'build/release/tests/bench/frames'), server.url(), folder, seconds, lines)
            return seen and json.loads(seen)
    finally:
        server.stop()
