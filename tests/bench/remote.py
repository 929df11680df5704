"""The remote endpoint: how much it answers, how fast while a run goes on, and what its viewers cost that run."""
import base64
import json
import os
import selectors
import signal
import socket
import sqlite3
import statistics
import subprocess
import tempfile
import threading
import urllib.request

import peers
from machine import CLI, CLIENT_CORE, TARGET_CORE, pinned

KEPT_RUNS = 1000
VIEWERS = 200


class Serve:
    """loadforge-cli serve with a store of its own, on the client's core with one worker."""

    def __init__(self, folder):
        self.process = subprocess.Popen(pinned(CLIENT_CORE, [CLI, 'serve', '--listen', '127.0.0.1:0', '--store', f'sqlite:{folder}/db']),
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                        env={**os.environ, 'MAX_WORKERS': '1', 'XDG_DATA_HOME': folder})
        self.url = self.process.stdout.readline().strip()
        self.port = int(self.url.rsplit(':', 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    def ask(self, method, path, body=None):
        request = urllib.request.Request(self.url + path, method=method, headers={'Content-Type': 'application/json'},
                                         data=json.dumps(body).encode() if body is not None else None)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def start(self, url, profile):
        spec = self.ask('POST', '/api/specs', {'name': 'bench', 'steps': [{'method': 'GET', 'url': url}], 'loadProfile': profile})
        return self.ask('POST', f'/api/runs/{spec["id"]}')['id']

    def finish(self, run_id):
        """Its summary, once it is there."""
        while True:
            run = self.ask('GET', f'/api/runs/{run_id}')
            if run.get('summary'):
                return run['summary']
            threading.Event().wait(0.2)


class Viewers:
    """Browsers that follow one run: they read each message and acknowledge it."""

    def __init__(self, port, run_id, count):
        self.selector, self.messages, self.done = selectors.DefaultSelector(), 0, False
        for _ in range(count):
            link = socket.create_connection(('127.0.0.1', port))
            key = base64.b64encode(os.urandom(16)).decode()
            link.sendall(f'GET /runs HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n'
                         'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: loadforge.v1\r\n\r\n'.encode())
            head = b''
            while not head.endswith(b'\r\n\r\n'):
                head += link.recv(1)
            assert b' 101 ' in head, head
            self.say(link, {'type': 'join', 'runId': run_id})
            self.selector.register(link, selectors.EVENT_READ, bytearray())
        self.thread = threading.Thread(target=self.read)
        self.thread.start()

    @staticmethod
    def say(link, message):
        data = json.dumps(message).encode()
        link.sendall(bytes([0x81, 0x80 | len(data), 0, 0, 0, 0]) + data)  # a mask of zeros

    def read(self):
        while not self.done:
            for key, _ in self.selector.select(0.2):
                data = key.fileobj.recv(1 << 16)
                if not data:
                    self.selector.unregister(key.fileobj)
                    continue
                key.data.extend(data)
                while (message := self.take(key.data)) is not None:
                    self.messages += 1
                    self.say(key.fileobj, {'type': 'ack', 'seq': json.loads(message)['seq']})

    @staticmethod
    def take(data):
        """The next whole text frame of a server; pings go unanswered, as the run is shorter than its patience."""
        if len(data) < 4:
            return None
        length, head = data[1] & 0x7f, 2
        if length == 126:
            length, head = int.from_bytes(data[2:4], 'big'), 4
        if length == 127 or len(data) < head + length:
            return None
        message = bytes(data[head:head + length])
        is_text = data[0] & 0x0f == 1
        del data[:head + length]
        return message if is_text else Viewers.take(data)

    def stop(self):
        self.done = True
        self.thread.join()
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()
        self.selector.close()
        return self.messages


def fill(folder, runs):
    """A store with as many runs of one real one's size."""
    subprocess.run([CLI, 'run', '--url', 'http://127.0.0.1:1/', '--users', '1', '--steady', '1', '--store', f'sqlite:{folder}/db', '--quiet'],
                   check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with sqlite3.connect(f'{folder}/db') as db:
        run_id, spec_id, status, document = db.execute('SELECT id, spec_id, status, document FROM runs').fetchone()
        ids = [f'{int(run_id, 16) + 1 + number:024x}' for number in range(runs - 1)]
        db.executemany('INSERT INTO runs VALUES (?, ?, ?, ?)', [(one, spec_id, status, document.replace(run_id, one)) for one in ids])
    db.close()


def asked(url, rate, users, seconds):
    """What a client on the target's core sees that sends at a fixed rate."""
    result = peers.loadforge(peers.Job(url=url, users=users, seconds=seconds, rate=rate), cores=TARGET_CORE)
    latency = result['summary']['latency']
    return {'rate': result['requests'] / result['seconds'], 'failed': result['failed'], 'dropped': result['summary'].get('droppedIterations', 0),
            'p50_ms': (latency.get('responseTime') or latency['duration'])['p50'], 'p99_ms': (latency.get('responseTime') or latency['duration'])['p99']}


def watched(serve, server, seconds, viewers):
    """Requests per second of a run at full speed, and the messages that its viewers got."""
    run_id = serve.start(server.url(), {'executor': 'constant-vus', 'vus': 64, 'duration': seconds})
    watching = Viewers(serve.port, run_id, viewers)
    rate = serve.finish(run_id)['requests']['rate']
    return rate, watching.stop()


def measure(server, rounds, seconds):
    with tempfile.TemporaryDirectory() as folder:
        fill(folder, KEPT_RUNS)
        with Serve(folder) as serve:
            health = asked(f'{serve.url}/healthz', 5000, 64, seconds)
            run_id = serve.start(server.url(), {'executor': 'constant-arrival-rate', 'rate': 5000, 'duration': seconds + 4,
                                                'preAllocatedVUs': 64, 'maxVUs': 640})
            listed = asked(f'{serve.url}/api/runs', 20, 4, seconds)
            busy = serve.finish(run_id)
            seen = [(watched(serve, server, seconds, 0)[0], *watched(serve, server, seconds, VIEWERS)) for _ in range(rounds)]
    return {'healthz': health, 'runs': listed, 'run_rate': busy['requests']['rate'], 'run_dropped': busy.get('droppedIterations', 0),
            'kept_runs': KEPT_RUNS, 'viewers': VIEWERS, 'unwatched': statistics.median(row[0] for row in seen),
            'watched': statistics.median(row[1] for row in seen), 'ratio': statistics.median(row[1] / row[0] for row in seen),
            'messages': statistics.median(row[2] for row in seen)}
