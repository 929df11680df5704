"""What the tests of the remote endpoint share: loadforge-cli serve, and a client that holds every answer against the
server's own OpenAPI document."""
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'cli'))
from cli import PATIENCE, STAIN, PROGRAM, Target, cli, environment  # noqa: E402  pylint: disable=wrong-import-position

import jsonschema  # noqa: E402  pylint: disable=wrong-import-position

SECRET = 'geheim-47110815'


class Answer:
    def __init__(self, response, body):
        self.status, self.headers, self.body = response.status, response.headers, body

    @property
    def json(self):
        return json.loads(self.body)

    def expect(self, status):
        assert self.status == status, f'{status} expected: {self.status} {self.headers}\n{self.body[:2000]}'
        return self

    def __getitem__(self, name):
        return self.json[name]


class Server:
    """loadforge-cli serve on a free port, for a `with` block."""

    def __init__(self, folder, *words, env=None, listen='127.0.0.1:0'):
        self.folder, self.token, self.document = folder, None, None
        self.process = subprocess.Popen([PROGRAM, 'serve', '--listen', listen, *words], cwd=folder, text=True,
                                        env=environment(folder, **(env or {})), stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=open(os.path.join(folder, 'serve.err'), 'w+'))
        self.url = self.process.stdout.readline().strip()

    def __enter__(self):
        assert self.url.startswith('http'), self.said()
        self.port = int(self.url.rsplit(':', 1)[1])
        return self

    def __exit__(self, *failure):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()
        said = self.said()
        assert failure[0] is not None or (self.process.returncode == 0 and not STAIN.search(said)), \
            f'{self.process.returncode}\n{said}'
        if failure[0] is not None:
            print(''.join(f'# {line}\n' for line in said.splitlines()[-40:]))

    def said(self):
        with open(os.path.join(self.folder, 'serve.err'), encoding='utf-8', errors='replace') as file:
            return file.read()

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def connect(self):
        return http.client.HTTPConnection('127.0.0.1', self.port, timeout=PATIENCE)

    def ask(self, method, path, body=None, headers=None, checked=True):
        """One request; its answer is held against the OpenAPI document."""
        headers = dict(headers or {})
        if self.token:
            headers.setdefault('Authorization', f'Bearer {self.token}')
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            headers.setdefault('Content-Type', 'application/json')
        connection = self.connect()
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            answer = Answer(response, response.read())
        finally:
            connection.close()
        if checked:
            self.check(method, path, answer)
        return answer

    def get(self, path, **options):
        return self.ask('GET', path, **options)

    def post(self, path, body=None, **options):
        return self.ask('POST', path, body, **options)

    def check(self, method, path, answer):
        """Whether the document allows @answer."""
        if self.document is None:
            self.document = self.ask('GET', '/api/openapi.json', checked=False).expect(200).json
        operation = find_operation(self.document, method, path)
        if operation is None or method == 'HEAD' or 'Content-Encoding' in answer.headers:
            return
        allowed = operation['responses'].get(str(answer.status))
        assert allowed is not None, f'{method} {path}: {answer.status} is not documented: {answer.body[:500]}'
        if 'content' not in allowed:
            assert not answer.body, f'{method} {path}: {answer.status} has a body: {answer.body[:500]}'
            return
        kind = answer.headers['Content-Type'].split(';')[0]
        media = allowed['content'].get(kind, allowed['content'].get('*/*'))
        assert media is not None, f'{method} {path}: {kind} is not documented'
        if 'schema' in media:
            schema = {**media['schema'], 'components': self.document['components']}
            jsonschema.Draft202012Validator(schema).validate(answer.json)

    def wait(self, path, good):
        """Asks until @good says so of the JSON."""
        end = time.monotonic() + PATIENCE
        while True:
            answer = self.get(path)
            if answer.status == 200 and good(answer.json):
                return answer.json
            assert time.monotonic() < end, f'{path}: {answer.status} {answer.body[:2000]}'
            time.sleep(0.1)

    def add_spec(self, target, **more):
        return self.post('/api/specs', make_spec(target, **more)).expect(201).json

    def start(self, spec, **options):
        return self.post(f'/api/runs/{spec["id"]}', **options).expect(202).json

    def finish(self, run):
        return self.wait(f'/api/runs/{run["id"]}', lambda now: now['status'] in ('finished', 'stopped'))


def find_operation(document, method, path):
    path = path.split('?')[0]
    for template, operations in document['paths'].items():
        pattern = re.sub(r'\\{\w+\\}', '[^/]+', re.escape(template))
        if re.fullmatch(pattern, path) and method.lower() in operations:
            return operations[method.lower()]
    return None


def make_spec(target, steady=1, users=1, profile=None, **more):
    """A spec with a secret of every kind that a spec has."""
    return {'name': 'tried', 'variables': {},
            'steps': [{'name': 'first', 'url': f'{target.url}/anything',
                       'headers': [{'name': 'X-Api-Key', 'value': SECRET}, {'name': 'Accept', 'value': '*/*'}],
                       'auth': {'type': 'bearer', 'token': SECRET}}],
            'loadProfile': profile or {'rampUp': 0, 'users': users, 'steady': steady, 'rampDown': 0}, **more}


def make_certificate(folder):
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost',
                    '-addext', 'subjectAltName=DNS:localhost', '-keyout', 'key.pem', '-out', 'cert.pem'],
                   cwd=folder, check=True, capture_output=True)


def new_token(folder, name, role):
    return cli(folder, 'token', 'new', name, '--role', role).expect(0).out.strip()


def raw(port, data, patience=PATIENCE, more=()):
    """What the server answers to these bytes, sent as they are, until it hangs up."""
    with socket.create_connection(('127.0.0.1', port), timeout=patience) as link:
        try:
            link.sendall(data)
            for piece in more:
                link.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
        said = b''
        try:
            while True:
                piece = link.recv(65536)
                if not piece:
                    return said
                said += piece
        except ConnectionResetError:
            return said
