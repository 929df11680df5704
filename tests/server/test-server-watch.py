"""Watching runs over the WebSocket, with the client that Node's programs use."""
import contextlib
import http.client
import json
import os
import queue
import socket
import ssl
import subprocess
import threading
import time

from server import Server, Target, make_certificate, new_token
from cli import PATIENCE, Running, Skip, cli, main

HERE = os.path.dirname(os.path.abspath(__file__))


class Viewer:
    def __init__(self, server, **headers):
        if subprocess.run(['node', '-e', "require('ws')"], check=False, capture_output=True).returncode != 0:
            raise Skip('Node has no ws here: ./dev test installs it')
        self.process = subprocess.Popen(['node', os.path.join(HERE, 'viewer.js'), server.url.replace('http', 'ws') + '/runs', json.dumps(headers)],
                                        text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.events, self.last = queue.Queue(), None
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.events.put(json.loads(line))
        self.events.put(None)

    def next(self):
        event = self.events.get(timeout=PATIENCE)
        assert event is not None, 'the viewer has ended'
        return event

    def opened(self):
        event = self.next()
        assert event == {'event': 'open', 'protocol': 'loadforge.v1'}, event
        return self

    def do(self, **command):
        self.process.stdin.write(json.dumps(command) + '\n')
        self.process.stdin.flush()

    def say(self, **message):
        self.do(send=message)

    def message(self, *types):
        """The next message of one of @types; others pass."""
        while True:
            event = self.next()
            assert event['event'] in ('message', 'ping'), event
            if event['event'] == 'message':
                self.last = event['message']['seq']
                if not types or event['message']['type'] in types:
                    return event['message']

    def closed(self):
        while True:
            event = self.next()
            if event['event'] in ('close', 'error'):
                return event

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def until_end(viewer):
    messages = []
    while not messages or messages[-1]['type'] != 'end':
        messages.append(viewer.message())
    return messages


def test_a_run_from_beginning_to_end(folder):
    with Target(folder) as target, Server(folder) as server, Viewer(server) as viewer:
        viewer.opened()
        run = server.start(server.add_spec(target, steady=3))
        viewer.say(type='join', runId=run['id'], since=0)
        messages = until_end(viewer)
        assert {m['runId'] for m in messages} == {run['id']}
        told = [m for m in messages if m['type'] != 'state' or m['seq'] > 0]
        assert [m['seq'] for m in told] == sorted({m['seq'] for m in told}), told
        totals = [m['data'] for m in messages if m['type'] == 'progress' and m['data']['step'] == -1]
        summary = server.get(f'/api/runs/{run["id"]}/summary').json
        assert sum(sample['completed'] for sample in totals) == summary['requests']['total']
        assert all('histograms' not in sample for sample in totals)
        assert [m['data']['seq'] for m in messages if m['type'] == 'logLine'] == \
            [line['seq'] for line in server.get(f'/api/runs/{run["id"]}/logs').json['items']]
        assert messages[0]['type'] == 'state' and messages[0]['data']['status'] == 'running'
        assert messages[-1]['data']['verdict'] == 'passed'


def test_who_comes_back_misses_nothing(folder):
    with Target(folder) as target, Server(folder) as server:
        run = server.start(server.add_spec(target, steady=5))
        with Viewer(server) as first:
            first.opened().say(type='join', runId=run['id'], since=0)
            first.message('progress')
            first.message('progress')
            last = first.last
        with Viewer(server) as second:
            second.opened().say(type='join', runId=run['id'], since=last)
            state = second.message()
            assert state['type'] == 'state' and state['seq'] == last
            messages = until_end(second)
            assert min(m['seq'] for m in messages) > last and 'gap' not in {m['type'] for m in messages}
        with Viewer(server) as late:  # who comes when it is over hears how it ended
            late.opened().say(type='join', runId=run['id'])
            assert until_end(late)[-1]['data']['status'] == 'finished'
    with Server(folder) as server, Viewer(server) as later:  # and from a server that never ran it
        later.opened().say(type='join', runId=run['id'], since=last)
        ended = later.message()
        assert ended['type'] == 'end' and ended['data']['verdict'] == 'passed' and ended['seq'] > last
        later.say(type='join', runId='6567f0a1b2c3d4e5f6a7b8c9')
        assert later.message()['data']['status'] == 404


def test_a_run_of_another_process(folder):
    """As beside the desktop, on one store: its state is told now and then, and its end."""
    with Target(folder) as target, Server(folder, '--store', 'sqlite:both.db') as server, Viewer(server) as viewer:
        viewer.opened()
        with Running(folder, 'run', '--url', target.url, '--users', 1, '--steady', 4, '--store', 'sqlite:both.db') as run:
            run.wait_for(r'^1 of 4 s')
            active = server.wait('/api/runs?active=true', lambda page: page['items'])['items'][0]['id']
            viewer.say(type='join', runId=active)
            first = viewer.message()
            assert first['type'] == 'state' and first['data']['status'] == 'running', first
            run.end().expect(0)
        last = until_end(viewer)[-1]
        assert last['data']['status'] == 'finished' and last['runId'] == active, last


def test_who_asks_without_reading_is_shown_the_door(folder):
    with Target(folder) as target, Server(folder) as server, Viewer(server) as viewer:
        viewer.opened().do(acks=False)
        run = server.start(server.add_spec(target, steady=60))
        for _ in range(300):
            viewer.say(type='join', runId=run['id'])
        assert viewer.closed().get('code') == 1008
        server.ask('DELETE', f'/api/runs/{run["id"]}').expect(204)


def test_pause_stop_and_leave(folder):
    with Target(folder) as target, Server(folder) as server, Viewer(server) as viewer, Viewer(server) as gone:
        run = server.start(server.add_spec(target, steady=600))
        for one in (viewer, gone):
            one.opened().say(type='join', runId=run['id'])
            assert one.message('state')['data']['status'] == 'running'
        gone.say(type='leave', runId=run['id'])
        place = f'/api/runs/{run["id"]}'
        server.ask('PATCH', place, {'status': 'paused'}).expect(200)
        assert viewer.message('state')['data']['status'] == 'paused'
        server.ask('PATCH', place, {'status': 'running'}).expect(200)
        assert viewer.message('state')['data']['status'] == 'running'
        assert viewer.message('progress')['data']['completed'] > 0
        server.ask('DELETE', place).expect(204)
        assert viewer.message('state')['data']['status'] == 'stopping'
        assert viewer.message('end')['data']['status'] == 'stopped'
        gone.say(type='join', runId=run['id'])  # it heard nothing since it left
        told = until_end(gone)
        assert len([m for m in told if m['type'] == 'progress']) <= 1, told  # what came before it had left


def test_who_does_not_acknowledge_loses_numbers_but_not_the_end(folder):
    with Target(folder) as target, Server(folder) as server, Viewer(server) as slow, Viewer(server) as quick:
        spec = server.add_spec(target, steady=600)
        for number in range(40):  # messages come fast: a sample of each step
            spec['steps'].append({'name': f'step {number}', 'url': f'{target.url}/anything'})
        server.ask('PUT', f'/api/specs/{spec["id"]}', spec).expect(200)
        run = server.start(spec)
        slow.opened().do(acks=False)
        quick.opened()
        for one in (slow, quick):
            one.say(type='join', runId=run['id'], since=0)
        seen = 0
        while seen < 200:  # long past the credit of the slow one
            seen += quick.message()['type'] == 'progress'
        server.ask('DELETE', f'/api/runs/{run["id"]}').expect(204)
        assert 'gap' not in [m['type'] for m in until_end(quick)]
        messages = until_end(slow)
        assert len([m for m in messages if m['type'] == 'progress']) < 70
        gap = messages[-2]
        assert gap['type'] == 'gap' and gap['data']['until'] < messages[-1]['seq'] and gap['data']['after'] == messages[-3]['seq'], messages[-3:]


def test_who_does_not_read_holds_nobody_up(folder):
    with Target(folder) as target, Server(folder) as server, Viewer(server) as stalled, Viewer(server) as quick:
        run = server.start(server.add_spec(target, steady=600))
        for one in (stalled, quick):
            one.opened().say(type='join', runId=run['id'])
        stalled.message('progress')
        stalled.do(pause=True)
        begin = time.monotonic()
        for _ in range(3):
            quick.message('progress')
        assert time.monotonic() - begin < 30
        assert [v for v in server.get('/metrics').body.decode().splitlines() if v == 'loadforge_viewers 2']
        server.ask('DELETE', f'/api/runs/{run["id"]}').expect(204)
        quick.message('end')


class TlsViewer:
    """A WebSocket over TLS by hand, so that it can be left unread down to its socket."""

    def __init__(self, server, **headers):
        self.link = socket.socket()
        self.link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.link.settimeout(PATIENCE)
        self.link.connect(('127.0.0.1', server.port))
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        self.link = context.wrap_socket(self.link)
        self.link.sendall(f'GET /runs HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nUpgrade: websocket\r\n'
                          'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n'
                          'Sec-WebSocket-Protocol: loadforge.v1\r\n'.encode()
                          + ''.join(f'{name}: {value}\r\n' for name, value in headers.items()).encode() + b'\r\n')
        self.file = self.link.makefile('rb')
        assert b' 101 ' in self.file.readline()
        while self.file.readline() != b'\r\n':
            pass

    def say(self, **message):
        text = json.dumps(message).encode()
        assert len(text) < 126
        self.link.sendall(bytes([0x81, 0x80 | len(text)]) + b'\0\0\0\0' + text)  # masked with zeros

    def message(self, *types):
        """The next message of one of @types, acknowledged; others pass."""
        while True:
            head = self.file.read(2)
            length = head[1]
            if length >= 126:
                length = int.from_bytes(self.file.read(2 if length == 126 else 8), 'big')
            text = self.file.read(length)
            if head[0] == 0x81:
                message = json.loads(text)
                self.say(type='ack', seq=message['seq'])
                if message['type'] in types:
                    return message

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.link.close()


def resident(server):
    with open(f'/proc/{server.process.pid}/status', encoding='ascii') as file:
        return int([line.split()[1] for line in file if line.startswith('VmRSS')][0])  # KiB


def test_who_does_not_read_tls_holds_nobody_up(folder):
    """What TLS has taken in cannot be taken back, nor written on: neither the run nor others wait for it, and the end of
    the server does not."""
    make_certificate(folder)
    with Target(folder) as target, Server(folder, '--tls-cert', 'cert.pem', '--tls-key', 'key.pem', '--require-token') as server:
        token = new_token(folder, 'ci', 'operator')
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        server.connect = lambda: http.client.HTTPSConnection('127.0.0.1', server.port, timeout=PATIENCE, context=context)
        server.token = token
        run = server.start(server.add_spec(target, steady=600))
        with contextlib.ExitStack() as stack:
            viewers = [stack.enter_context(TlsViewer(server, Authorization=f'Bearer {token}')) for _ in range(20)]
            quick = viewers.pop()
            for one in viewers:  # and nobody reads what comes
                one.say(type='join', runId=run['id'], since=0)
            quick.say(type='join', runId=run['id'])
            quick.message('progress')
            before, begin = resident(server), time.monotonic()
            for _ in range(3):
                quick.message('progress')
            assert time.monotonic() - begin < 30
            assert resident(server) - before < 64 * 1024, (before, resident(server))
            server.ask('DELETE', f'/api/runs/{run["id"]}').expect(204)
            quick.message('end')
            assert server.stop() == 0


def test_tokens_come_first(folder):
    viewer_token = new_token(folder, 'wall', 'viewer')
    with Target(folder) as target, Server(folder, '--require-token') as server:
        server.token = new_token(folder, 'ci', 'operator')
        run = server.start(server.add_spec(target, steady=600))
        with Viewer(server) as silent, Viewer(server) as rude, Viewer(server) as wrong, Viewer(server) as good, \
                Viewer(server, Authorization=f'Bearer {viewer_token}') as program, \
                Viewer(server, Authorization='Bearer lf_wrong') as refused:
            assert '401' in refused.closed()['message']
            rude.opened().say(type='join', runId=run['id'])
            assert rude.closed()['code'] == 1008
            wrong.opened().say(type='auth', token='lf_wrong')
            assert wrong.closed()['code'] == 1008
            good.opened().say(type='auth', token=viewer_token)
            good.say(type='join', runId=run['id'])
            assert good.message()['type'] == 'state'
            program.opened().say(type='join', runId=run['id'])
            assert program.message()['type'] == 'state'
            number = [line.split()[0] for line in cli(folder, 'token', 'list').out.splitlines() if 'wall' in line][0]
            cli(folder, 'token', 'revoke', number).expect(0)
            assert good.closed()['code'] == 1008 and program.closed()['code'] == 1008
            assert silent.opened().closed()['code'] == 1008  # 5 s without a word
        server.ask('DELETE', f'/api/runs/{run["id"]}').expect(204)


def test_nonsense_ends_the_talk(folder):
    with Server(folder) as server:
        for said in ('no json', '[]', '{}', '{"type": 7}', '{"type": "shout"}', '{"type": "join"}', '{"type": "join", "runId": {}}',
                     '[' * 5000, '{"type": "join", "runId": "' + 'x' * 5000 + '"}'):
            with Viewer(server) as viewer:
                viewer.opened().do(send=said)
                assert viewer.closed()['code'] == 1008, said
        with Viewer(server) as viewer:
            viewer.opened().do(send='x' * 20_000)
            event = viewer.closed()
            assert event['event'] == 'error' or event['code'] in (1006, 1009), event
        for headers in ({'Origin': 'http://evil.example'}, {'Host': 'evil.example'}):
            with Viewer(server, **headers) as viewer:
                assert viewer.closed()['event'] == 'error'
        assert 'loadforge_viewers 0' in server.get('/metrics').body.decode()
        plain = server.ask('GET', '/runs', headers={'Upgrade': 'websocket', 'Connection': 'Upgrade', 'Sec-WebSocket-Version': '13',
                                                    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA=='}, checked=False)
        plain.expect(400)  # without the subprotocol


main(globals())
