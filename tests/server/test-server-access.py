"""Who is kept out of the remote endpoint, and what it endures."""
import json
import os
import re
import socket
import subprocess
import time

from server import SECRET, Server, Target, make_certificate, make_spec, new_token, raw
from cli import PATIENCE, Skip, cli, main

REQUEST = b'GET /api/specs HTTP/1.1\r\nHost: 127.0.0.1\r\n'


# Freed memory that the sanitizer holds back would count as the server's.
LEAN = {'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':quarantine_size_mb=1'}


def rss(server):
    """KiB that the server has in memory."""
    with open(f'/proc/{server.process.pid}/status', encoding='ascii') as file:
        return int(re.search(r'VmRSS:\s+(\d+)', file.read())[1])


def status_of(said):
    return int(said.split(b' ', 2)[1]) if said.startswith(b'HTTP/1.') else None


def test_tokens_and_roles(folder):
    viewer, operator = new_token(folder, 'wall screen', 'viewer'), new_token(folder, 'ci', 'operator')
    path = os.path.join(folder, 'data/loadforge/remote-tokens.json')
    with open(path, encoding='utf-8') as file:
        kept = file.read()
    assert viewer not in kept and operator not in kept and os.stat(path).st_mode & 0o777 == 0o600, kept
    assert re.fullmatch(r'lf_[\w-]{43}', viewer) and viewer != operator
    with Target(folder) as target, Server(folder, '--require-token') as server:
        refused = server.get('/api/specs').expect(401)
        assert refused.headers['WWW-Authenticate'].startswith('Bearer')
        server.get('/healthz').expect(200)
        server.get('/metrics').expect(401)
        for wrong in ('Bearer lf_wrong', f'Bearer {viewer}x', f'Basic {viewer}', f'Bearer {viewer[:-1]}', 'Bearer '):
            server.get('/api/specs', headers={'Authorization': wrong}).expect(401)
        server.token = operator
        spec = server.add_spec(target, steady=30)
        server.token = viewer
        server.get('/api/specs').expect(200)
        server.get('/metrics').expect(200)
        assert 'viewer' in server.post(f'/api/runs/{spec["id"]}').expect(403)['detail']
        server.post('/api/specs', make_spec(target)).expect(403)
        server.ask('PUT', f'/api/specs/{spec["id"]}', spec).expect(403)
        server.ask('DELETE', f'/api/specs/{spec["id"]}').expect(403)
        server.post('/api/attachments', b'x').expect(403)
        server.token = operator
        run = server.start(spec)
        server.token = viewer
        server.ask('PATCH', f'/api/runs/{run["id"]}', {'status': 'stopping'}).expect(403)
        server.ask('DELETE', f'/api/runs/{run["id"]}').expect(403)
        listed = cli(folder, 'token', 'list').expect(0).out
        number = re.search(r'^(\w{24}) +ci +operator', listed, re.M)[1]
        cli(folder, 'token', 'revoke', number).expect(0)
        server.token = operator
        server.ask('DELETE', f'/api/runs/{run["id"]}').expect(401)
        said = server.said()
        assert re.search(r'ci \(127\.0\.0\.1\) POST /api/runs/\w+ 202', said), said
        assert re.search(r'wall screen \(127\.0\.0\.1\) POST /api/runs/\w+ 403', said), said
        assert viewer not in said and operator not in said
    cli(folder, 'token', 'revoke', number).expect(104, 'there is no token')
    cli(folder, 'token', 'new', 'x', '--role', 'king').expect(104, 'viewer or operator')


def test_wrong_tokens_are_slowed_down(folder):
    with Server(folder, '--require-token') as server:
        seen = [server.get('/api/specs', headers={'Authorization': 'Bearer lf_guess'}).status for _ in range(40)]
        assert seen[0] == 401 and 429 in seen, seen
        server.get('/healthz').expect(200)


def test_other_machines_need_tls_and_a_token(folder):
    refused = cli(folder, 'serve', '--listen', '0.0.0.0:0').expect(104, 'TLS only')
    assert refused.out == ''
    make_certificate(folder)
    with Server(folder, '--tls-cert', 'cert.pem', '--tls-key', 'key.pem', listen='0.0.0.0:0') as server:
        assert curl('-k', f'https://127.0.0.1:{server.port}/api/specs') == 401
        assert curl('--cacert', os.path.join(folder, 'cert.pem'), f'https://localhost:{server.port}/healthz') == 200
        token = new_token(folder, 'x', 'viewer')
        assert curl('-k', '-H', f'Authorization: Bearer {token}', f'https://127.0.0.1:{server.port}/api/specs') == 200
        assert raw(server.port, REQUEST + b'\r\n', more=[b'x' * 100]) == b''  # plain HTTP where TLS is spoken
    with Server(folder, '--insecure', listen='0.0.0.0:0') as server:
        server.get('/api/specs').expect(200)
    with Server(folder, '--insecure', '--require-token', listen='0.0.0.0:0') as server:
        server.get('/api/specs').expect(401)
    with Server(folder, '--tls-self-signed', listen='0.0.0.0:0') as server:
        own = os.path.join(folder, 'data/loadforge/remote-certificate.pem')
        assert os.stat(own).st_mode & 0o777 == 0o600 and re.search(r'SHA-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}', server.said()), server.said()
        assert curl('--cacert', own, f'https://localhost:{server.port}/healthz') == 200
        with open(own, encoding='ascii') as file:
            before = file.read()
    with Server(folder, '--tls-self-signed', listen='0.0.0.0:0') as server:  # the same one, which somebody may have come to trust
        assert curl('--cacert', own, f'https://localhost:{server.port}/healthz') == 200
        with open(own, encoding='ascii') as file:
            assert file.read() == before
    cli(folder, 'serve', '--tls-self-signed', '--tls-cert', 'cert.pem').expect(104, 'take one')
    os.remove(own)
    cli(folder, 'serve', '--tls-self-signed', env={'PATH': folder}).expect(104, 'openssl is missing')
    cli(folder, 'serve', '--tls-cert', 'nowhere.pem').expect(104, 'nowhere.pem')
    cli(folder, 'serve', '--listen', 'nonsense').expect(104, '127.0.0.1:8090')
    with Server(folder) as server:
        cli(folder, 'serve', '--listen', f'127.0.0.1:{server.port}', '--store', 'sqlite:other.db').expect(106)


def test_who_is_silent_where_tls_is_spoken(folder):
    make_certificate(folder)
    with Server(folder, '--tls-cert', 'cert.pem', '--tls-key', 'key.pem') as server:
        idle = [socket.create_connection(('127.0.0.1', server.port), timeout=PATIENCE) for _ in range(600)]
        for link in idle[:30]:
            link.sendall(b'\x16\x03\x01\x02')  # a greeting that does not go on
        begin = time.monotonic()
        assert curl('-k', f'https://127.0.0.1:{server.port}/healthz') == 200
        assert time.monotonic() - begin < 15
        for link in idle:
            try:
                assert link.recv(1) == b''
            except ConnectionResetError:
                pass
            link.close()
        assert curl('-k', f'https://127.0.0.1:{server.port}/healthz') == 200


def curl(*words):
    done = subprocess.run(['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', '--max-time', '60', *words],
                          check=False, capture_output=True, text=True)
    return int(done.stdout or 0)


def test_bodies_where_none_is_taken(folder):
    """None of them needs a token; none may cost the server its life or its memory."""
    with Server(folder, '--require-token', env=LEAN) as server:
        for method, path, more in (('OPTIONS', '/api/specs', b''), ('GET', '/', b''), ('POST', '/runs', b''), ('GET', '/page/app.js', b''),
                                   ('POST', '/runs', b'Upgrade: websocket\r\nConnection: Upgrade\r\n'),
                                   ('GET', '/runs', b'Upgrade: websocket\r\nConnection: Upgrade\r\n'),
                                   ('POST', '/runs', b'Upgrade: x\r\nConnection: Upgrade\r\n')):
            head = f'{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n'.encode() + more
            raw(server.port, head + b'Connection: close\r\nContent-Length: 1\r\n\r\nx')
            server.get('/healthz').expect(200)
            before = rss(server)
            raw(server.port, head + b'Transfer-Encoding: chunked\r\n\r\n', more=[b'100000\r\n' + b'x' * 0x100000 + b'\r\n'] * 100)
            assert rss(server) < before + 40 * 1024, (method, path, before, rss(server))
        many = b''.join(b'X-%d: y\r\n' % number for number in range(100))
        for head in (b'OPTIONS /api/specs HTTP/1.1\r\n', b'GET /runs HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'):
            assert status_of(raw(server.port, head + f'Host: 127.0.0.1:{server.port}\r\n'.encode() + many + b'Connection: close\r\n\r\n')) == 431
            assert status_of(raw(server.port, head + b'Host: evil.example\r\nConnection: close\r\n\r\n')) == 421


def test_a_secret_is_not_made_public_by_calling_it_none(folder):
    with Target(folder) as target, Server(folder) as server:
        spec = server.add_spec(target, variables={'pw': {'value': SECRET, 'secret': True}})
        for value in ({'redacted': True}, SECRET):
            spec['variables'] = {'pw': {'value': value, 'secret': False}}
            kept = server.ask('PUT', f'/api/specs/{spec["id"]}', spec).expect(200)
            assert SECRET not in kept.body.decode() and kept['variables']['pw']['secret'] is True, kept.body
            assert SECRET not in server.get(f'/api/specs/{spec["id"]}').body.decode()


def test_a_refused_url_keeps_its_password(folder):
    with Server(folder, '--allow-target', '127.0.0.1') as server:
        spec = server.post('/api/specs', {'name': 'x', 'steps': [{'url': f'https://svc:{SECRET}@api.example/x?f=a|b'}]}).expect(201)
        for answer in (server.post(f'/api/specs/{spec["id"]}/validate'), server.post(f'/api/runs/{spec["id"]}').expect(403)):
            assert SECRET not in answer.body.decode() and '/steps/0/url' in answer.body.decode(), answer.body
        assert SECRET not in server.said()


def test_pages_of_other_sites(folder):
    with Server(folder, '--allow-host', 'forge.example') as server:
        own = f'127.0.0.1:{server.port}'
        for host in ('evil.example', f'evil.example:{server.port}', 'localhost.evil.example', ''):
            server.get('/api/specs', headers={'Host': host}, checked=False).expect(421)
        for host in (own, f'localhost:{server.port}', 'forge.example', f'[::1]:{server.port}', '192.0.2.7'):
            server.get('/api/specs', headers={'Host': host}).expect(200)
        for origin in ('http://evil.example', 'null', f'https://{own}', f'http://127.0.0.1:{server.port + 1}', f'http://{own}.evil.example'):
            server.get('/api/specs', headers={'Origin': origin}).expect(403)
            server.post('/api/specs', {}, headers={'Origin': origin}).expect(403)
        server.get('/api/specs', headers={'Origin': f'http://{own}', 'Sec-Fetch-Site': 'same-origin'}).expect(200)
        server.get('/api/specs', headers={'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors'}).expect(403)
        # What a form of another site can send without asking first.
        server.post('/api/specs', b'{}', headers={'Content-Type': 'text/plain'}).expect(415)
        assert not [name for name in server.get('/api/specs').headers if name.lower().startswith('access-control')]


def test_no_token_in_a_url(folder):
    token = new_token(folder, 'x', 'operator')
    with Server(folder, '--require-token') as server:
        for query in (f'token={token}', f'access_token={token}', f'limit=1&Token={token}'):
            assert 'URL' in server.get(f'/api/runs?{query}').expect(400)['detail']
        assert token not in server.said()


def test_paths_that_lead_elsewhere(folder):
    with Server(folder) as server:
        for path in ('/../etc/passwd', '/%2e%2e/etc/passwd', '/api/../../etc/passwd', '/api/specs/%2e%2e%2f%2e%2e%2fetc',
                     '/api/specs/..', '/api/specs/%00', '/api/specs/%ff', '/api/specs/' + 'a' * 5000, '//api/specs',
                     '/api/specs/', '/api//specs', '/API/specs', '/page/../config.h', '/page/..%2findex.html', '/api/specs;x'):
            said = raw(server.port, f'GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n'.encode())
            assert status_of(said) in (400, 404) and b'root:' not in said, (path, said[:300])
        server.get('/healthz').expect(200)


def test_what_is_not_http(folder):
    with Server(folder) as server:
        for data in (b'\x16\x03\x01\x02\x00\x01\x00', b'GET\r\n\r\n', b'GET / HTTP/1.1\r\n\r\n', b'\r\n' * 50,
                     b'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n',
                     b'POST /api/specs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'):
            with socket.create_connection(('127.0.0.1', server.port), timeout=PATIENCE) as link:
                link.sendall(data)
                link.shutdown(socket.SHUT_WR)
                said = b''
                try:
                    while piece := link.recv(65536):
                        said += piece
                except ConnectionResetError:
                    pass
                assert said == b'' or status_of(said) in (400, 404, 408, 421, 501), (data, said[:300])
        server.get('/healthz').expect(200)


def test_floods_of_headers(folder):
    with Server(folder, env=LEAN) as server:
        said = raw(server.port, REQUEST + b'Connection: close\r\n' + b''.join(b'X-%d: x\r\n' % i for i in range(200)) + b'\r\n')
        assert status_of(said) == 431, said
        said = raw(server.port, REQUEST + b'Connection: close\r\nX: ' + b'x' * 20000 + b'\r\n\r\n')
        assert status_of(said) == 431, said
        before = rss(server)
        raw(server.port, REQUEST, more=[b'X-%d: ' % i + b'x' * 8000 + b'\r\n' for i in range(4000)])  # 32 MB without an end
        server.get('/healthz').expect(200)
        assert rss(server) - before < 20_000, (before, rss(server))


def test_json_that_is_deep_or_large(folder):
    with Server(folder, env=LEAN) as server:
        for bomb in (b'[' * 100_000, b'{"a":' * 100_000, b'{"steps":' + b'[' * 3_000_000):
            server.post('/api/specs', bomb, headers={'Content-Type': 'application/json'}).expect(400)
        server.post('/api/specs', b'"' + b'x' * 5_000_000 + b'"', headers={'Content-Type': 'application/json'}).expect(413)
        before = rss(server)
        chunked = b'POST /api/specs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
        said = raw(server.port, chunked, more=[b'100000\r\n' + b' ' * 0x100000 + b'\r\n'] * 20 + [b'0\r\n\r\n'])
        assert status_of(said) == 413, said[:300]
        raw(server.port, chunked, more=[b'100000\r\n' + b' ' * 0x100000 + b'\r\n'] * 200)  # it never ends: cut off
        server.get('/healthz').expect(200)
        assert rss(server) - before < 40_000, (before, rss(server))


def test_files_that_are_too_large(folder):
    with Server(folder, env=LEAN) as server:
        before = rss(server)
        limit = 25 * 1024 * 1024
        head = 'POST /api/attachments HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n'
        said = raw(server.port, f'{head}Content-Length: {limit + 1}\r\nExpect: 100-continue\r\n\r\n'.encode())
        assert status_of(said) == 413, said  # before any of it was sent
        said = raw(server.port, f'{head}Transfer-Encoding: chunked\r\n\r\n'.encode(),
                   more=[b'100000\r\n' + b'x' * 0x100000 + b'\r\n'] * 26 + [b'0\r\n\r\n'])
        assert status_of(said) == 413, said
        said = raw(server.port, f'{head}Content-Length: {limit}\r\n\r\n'.encode(), more=[b'x' * 0x100000] * 25)
        assert status_of(said) == 201, said
        assert rss(server) - before < 80_000, (before, rss(server))  # the store holds it once, on its way into the database


def test_who_is_slow_or_silent(folder):
    with Server(folder) as server:
        idle = []
        try:
            for _ in range(1000):
                idle.append(socket.create_connection(('127.0.0.1', server.port), timeout=PATIENCE))
        except OSError as error:
            raise Skip(f'this machine does not open 1,000 sockets: {error}') from error
        begin = time.monotonic()
        server.get('/healthz').expect(200)  # somebody idle gives way
        assert time.monotonic() - begin < 10
        slow = socket.create_connection(('127.0.0.1', server.port), timeout=PATIENCE)
        slow.sendall(b'POST /api/attachments HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n')
        head = socket.create_connection(('127.0.0.1', server.port), timeout=PATIENCE)
        ended = {}
        for number in range(200):  # a byte now and then
            for name, link, byte in (('body', slow, b'x'), ('head', head, REQUEST[number % 20:number % 20 + 1])):
                try:
                    link.sendall(byte)
                    link.setblocking(False)
                    if link.recv(100) == b'':
                        ended.setdefault(name, number)
                    link.settimeout(PATIENCE)
                except BlockingIOError:
                    link.settimeout(PATIENCE)
                except OSError:
                    ended.setdefault(name, number)
            if len(ended) == 2:
                break
            time.sleep(0.2)
        assert set(ended) == {'body', 'head'}, ended
        for link in idle:  # all of them were hung up on by now
            assert link.recv(1) == b''
            link.close()
        slow.close()
        head.close()
        server.get('/healthz').expect(200)


def test_targets_and_files_of_the_server(folder):
    with Target(folder) as target, Server(folder, '--allow-target', '127.0.0.1', '--allow-target', '*.inside.example') as server:
        port = target.url.rsplit(':', 1)[1]
        server.finish(server.start(server.add_spec(target)))

        def refused(**more):
            spec = make_spec(target)
            spec['steps'][0].update(more.pop('step', {}))
            spec = server.post('/api/specs', {**spec, **more}).expect(201).json
            told = server.post(f'/api/runs/{spec["id"]}').expect(403)
            assert not server.post(f'/api/specs/{spec["id"]}/validate')['valid']
            return told['errors'][0]['pointer']

        for url in (f'http://localhost:{port}/', 'http://evil.example/', f'http://127.0.0.1@evil.example:{port}/',
                    'http://evil.example\\@127.0.0.1/', 'http://inside.example.evil.example/', 'http://[::1]/'):
            assert refused(step={'url': url}) == '/steps/0/url', url
        assert refused(http={'proxy': 'evil.example:3128'}) == '/http/proxy'
        assert refused(http={'resolve': ['127.0.0.1:80:192.0.2.1']}) == '/http/resolve'
        assert refused(step={'http': {'proxy': 'http://evil.example'}}) == '/steps/0/http/proxy'
        assert refused(step={'auth': {'type': 'oauth2ClientCredentials', 'tokenUrl': 'http://evil.example/t', 'clientId': 'x',
                                      'clientSecret': 'x'}}) == '/steps/0/auth/tokenUrl'
        run = server.get('/api/runs')['items'][0]
        spec = server.get(f'/api/runs/{run["id"]}')['summary']['spec']
        assert spec['http']['followRedirects'] is False, spec
    with Target(folder) as target, Server(folder) as server:
        for step, pointer in (({'method': 'POST', 'body': {'type': 'file', 'file': '/etc/passwd'}}, '/steps/0/body/file'),
                              ({'body': {'type': 'multipart', 'parts': [{'name': 'a', 'file': '/etc/passwd'}]}}, '/steps/0/body/parts/0/file'),
                              ({'http': {'tls': {'certFile': '/etc/passwd'}}}, '/steps/0/http/tls/certFile')):
            spec = make_spec(target)
            spec['steps'][0].update(step)
            assert server.post('/api/specs', spec).expect(422)['errors'][0]['pointer'] == pointer
        assert server.post('/api/specs', {**make_spec(target), 'http': {'tls': {'caFile': '/etc/passwd'}}}).expect(422)
        assert SECRET not in server.said() and 'root:' not in server.said()
        # What somebody at the machine named stays when it is changed from elsewhere.
        with open(os.path.join(folder, 'own.json'), 'w', encoding='utf-8') as file:
            json.dump({**make_spec(target), 'http': {'tls': {'caFile': '/etc/ssl/own.pem'}}}, file)
        number = cli(folder, 'specs', 'add', 'own.json').expect(0).out.split()[0]
        own = server.get(f'/api/specs/{number}').expect(200).json
        server.ask('PUT', f'/api/specs/{number}', {**own, 'name': 'changed'}).expect(200)
        # But not in another part, where it would be sent.
        own['steps'][0].update(method='POST', body={'type': 'file', 'file': '/etc/ssl/own.pem'})
        assert server.ask('PUT', f'/api/specs/{number}', own).expect(422)['errors'][0]['pointer'] == '/steps/0/body/file'


main(globals())
