"""Real runs of loadforge-cli against its own target: numbers, forms of output, what is kept."""
import csv
import email
import fcntl
import hashlib
import io
import json
import os
import pty
import random
import re
import signal
import ssl
import struct
import subprocess
import termios
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cli import PATIENCE, PROGRAM, STAIN, TOP, Running, Target, cli, environment, main, spec, write

COLUMNS = ('time,elapsed,step,users,started,completed,failed,dropped,rps,p50,p95,p99,max,mean,'
           'bytes_sent,bytes_received')


def rows_of(text):
    assert text.startswith(COLUMNS + '\r\n'), text[:300]
    assert text.endswith('\r\n')
    rows = list(csv.DictReader(io.StringIO(text, newline='')))
    for row in rows:
        assert re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z', row['time']), row
        assert None not in row and None not in row.values(), row
        for name in COLUMNS.split(',')[3:]:
            float(row[name])
    return rows


class Listener:
    """A server that remembers what it was sent: method, path, headers and the SHA-256 of the body, or with @keep
    the body itself."""

    def __init__(self, tls=None, keep=False):
        self.tls, self.keep = tls, keep

    def __enter__(self):
        listener = self
        self.seen, self.lock = [], threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
                with listener.lock:
                    listener.seen.append((self.command, self.path, dict(self.headers),
                                          body if listener.keep else hashlib.sha256(body).hexdigest()))
                self.send_response(200)
                if self.path == '/login':
                    self.send_header('Set-Cookie', f'user={len(listener.seen)}')
                self.send_header('Content-Length', '0')
                self.end_headers()

            do_GET = do_PUT = do_DELETE = do_POST

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # a client may hang up as it likes
        if self.tls:
            self.server.socket = self.tls.wrap_socket(self.server.socket, server_side=True,
                                                      do_handshake_on_connect=False)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f'{"https" if self.tls else "http"}://127.0.0.1:{self.server.server_port}'
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def test_url_alone_runs(folder):
    with Target(folder) as target:
        done = cli(folder, 'run', '--url', target.url + '/anything', '--users', 3, '--steady', '2s').expect(
            0, r'^1 of 2 s  3 users  \d+ req/s  \d+ requests  0 failed', r'2 of 2 s', r'Kept in sqlite:/.*runs show')
        said = re.search(r'http_reqs +(\d+)', done.out)
        assert re.search(r'verdict +passed', done.out) and re.search(r'vus_max +3\n', done.out), done
        assert int(said[1]) == target.stop(), done


def test_summary_agrees_with_the_target(folder):
    with Target(folder) as target:
        done = cli(folder, 'run', '--url', target.url, '--users', 5, '--ramp-up', 1, '--steady', 1, '--ramp-down',
                   '500ms', '--workers', 2, '--quiet', '--summary', '-', '--csv', 'seconds.csv', '--samples',
                   'samples.json').expect(0)
        assert done.err == '', done
        summary = done.json
        total = target.stop()
    assert summary['requests']['total'] == total and summary['requests']['failed'] == 0
    assert summary['verdict'] == 'passed' and summary['exitCode'] == 0
    assert summary['statusCodes'] == {'200': total} and summary['errors'] == []
    assert summary['vusMax'] == 5 and summary['generator']['workers'] == 2
    for name in ('min', 'mean', 'stdev', 'p50', 'p75', 'p90', 'p95', 'p99', 'p99_9', 'p99_99', 'max'):
        assert summary['latency']['duration'][name] >= 0
    assert summary['latency']['duration']['count'] == total
    with open(os.path.join(folder, 'seconds.csv'), encoding='utf-8', newline='') as file:
        rows = rows_of(file.read())
    assert sum(int(row['completed']) for row in rows) == total
    assert [row['step'] for row in rows] == [''] * len(rows) and len(rows) >= 2
    with open(os.path.join(folder, 'samples.json'), encoding='utf-8') as file:
        both = json.load(file)
    assert both['run']['id'] == summary['runId']
    assert both['run']['summary'] == summary
    assert sum(sample['completed'] for sample in both['samples']) == total


def test_output_to_standard_output_is_alone_there(folder):
    with Target(folder) as target:
        words = ['run', '--url', target.url, '--users', 1, '--steady', 1, '--store', 'none']
        done = cli(folder, *words, '--csv', '-').expect(0, r'http_reqs', r'1 of 1 s')
        assert rows_of(done.out)
        done = cli(folder, *words, '--samples', '-', '--quiet').expect(0)
        assert done.err == '' and len(done.json['samples']) >= 1
        done = cli(folder, *words, '--quiet').expect(0)
        assert done.out == '' and done.err == '', done


def test_closed_streams_are_nobody_elses(folder):
    """A file or a connection that were opened in their places would get what is printed."""
    with Target(folder) as target:
        words = [PROGRAM, 'run', '--url', target.url, '--users', '2', '--steady', '1', '--csv', 'seconds.csv', '--store',
                 'none']
        code = subprocess.run(['sh', '-c', 'exec "$@" <&- >&- 2>&-', 'sh', *words], cwd=folder, check=False,
                              env=environment(folder), timeout=PATIENCE).returncode
    assert code == 104, code  # what was to be told could not be
    with open(os.path.join(folder, 'seconds.csv'), encoding='utf-8', newline='') as file:
        text = file.read()
    assert text.startswith('time,') and 'http_reqs' not in text, text
    assert sum(int(row['failed']) for row in rows_of(text)) == 0, text


def test_store_none_keeps_nothing(folder):
    with Target(folder) as target:
        done = cli(folder, 'run', '--url', target.url, '--steady', 1, '--store', 'none').expect(0)
        assert 'Kept' not in done.err
    assert not os.path.exists(os.path.join(folder, 'data'))


def test_run_is_found_again(folder):
    path = write(folder, 'some.loadforge.json', spec('http://127.0.0.1:1/', steady=2))
    with Target(folder) as target:
        done = cli(folder, 'run', path, '--url', target.url + '/anything', '--samples', 'live.json').expect(0)
        total = target.stop()
    run = re.search(r'runs show ([0-9a-f]{24})', done.err)[1]
    table = cli(folder, 'runs', 'list').expect(0).out.splitlines()
    assert len(table) == 2 and table[0].split()[:3] == ['ID', 'STARTED', 'SPEC'], table
    assert table[1].startswith(run) and 'Some spec' in table[1], table
    assert table[1].split()[-5:-2] == ['finished', 'passed', str(total)], table
    for name in (run, 'last'):
        shown = cli(folder, 'runs', 'show', name).expect(0).out
        assert run in shown and re.search(rf'http_reqs +{total} ', shown), shown
    kept = cli(folder, 'runs', 'show', run, '--format', 'json').expect(0).json
    assert kept['status'] == 'finished' and kept['specName'] == 'Some spec'
    log = cli(folder, 'runs', 'show', run, '--log').expect(0).out
    assert re.search(r'info +Started: up to 2 users', log) and re.search(r'info +Finished after', log), log
    rows = rows_of(cli(folder, 'runs', 'export', run).expect(0).out)
    assert sum(int(row['completed']) for row in rows) == total
    cli(folder, 'runs', 'export', 'last', '--format', 'json', '--output', 'later.json').expect(0)
    with open(os.path.join(folder, 'live.json'), encoding='utf-8') as live, \
            open(os.path.join(folder, 'later.json'), encoding='utf-8') as later:
        assert json.load(live)['samples'] == json.load(later)['samples']
    assert [r['id'] for r in cli(folder, 'runs', 'list', '--format', 'json').expect(0).json] == [run]
    assert cli(folder, 'runs', 'list', '--active', '--format', 'json').expect(0).json == []


def test_runs_are_compared(folder):
    with Target(folder, '--delay', '20') as slow, Target(folder) as quick:
        for url in (quick.url, slow.url):
            cli(folder, 'run', '--url', url + '/anything', '--users', 2, '--steady', 1, '--quiet').expect(0)
    after, before = (run['id'] for run in cli(folder, 'runs', 'list', '--format', 'json').expect(0).json)
    told = cli(folder, 'runs', 'compare', before, 'last').expect(0).out
    assert re.search(r'^  http_req_duration p\(95\) .*  worse$', told, re.M), told
    assert 'different specs' in told, told  # runs without a spec of the store
    found = cli(folder, 'runs', 'compare', before, after, '--format', 'json', '--fail-if-worse').expect(99).json
    assert (found['before'], found['after'], found['worse']) == (before, after, True)
    rows = {(row['metric'], row['stat']): row for row in found['rows']}
    assert rows['http_reqs', None]['judgement'] == 'worse' and rows['http_reqs', None]['change'] < -0.05, rows
    kept = cli(folder, 'runs', 'show', before, '--format', 'json').expect(0).json
    assert rows['http_req_duration', 'p(95)']['before'] == kept['summary']['latency']['duration']['p95']
    cli(folder, 'runs', 'compare', before, before, '--fail-if-worse').expect(0)
    cli(folder, 'runs', 'compare', after, before, '--tolerance', 100).expect(0)
    cli(folder, 'runs', 'compare', before).expect(104, 'BEFORE AFTER')
    cli(folder, 'runs', 'compare', before, 'ffffffffffffffffffffffff').expect(104, 'runs list')
    for wrong in ('-1', '101', 'nan'):
        cli(folder, 'runs', 'compare', before, after, f'--tolerance={wrong}').expect(104, 'from 0 to 100')


def test_two_runs_at_once_in_one_store(folder):
    with Target(folder) as target:
        words = ['run', '--url', target.url, '--users', 2, '--steady', 3]
        with Running(folder, *words) as one, Running(folder, *words) as other:
            one.wait_for('^1 of 3 s')
            other.wait_for('^1 of 3 s')
            listed = cli(folder, 'runs', 'list', '--format', 'json').expect(0).json
            assert {run['status'] for run in listed} <= {'running', 'finished'}, listed
            one.end().expect(0, 'Kept in')
            other.end().expect(0, 'Kept in')
        listed = cli(folder, 'runs', 'list', '--format', 'json').expect(0).json
        assert [(run['status'], run['verdict']) for run in listed] == [('finished', 'passed')] * 2
        assert sum(run['summary']['requests']['total'] for run in listed) == target.stop()


def test_spec_of_the_store_by_name_and_id(folder):
    with Target(folder) as target:
        write(folder, 'one.json', spec(target.url))
        added = cli(folder, 'specs', 'add', 'one.json').expect(0).out.strip()
        assert re.fullmatch('[0-9a-f]{24}', added)
        listed = cli(folder, 'specs', 'list').expect(0).out
        assert re.search(rf'^{added}  Some spec +1  GET +{target.url}', listed, re.M), listed
        shown = cli(folder, 'specs', 'show', 'Some spec').expect(0).json
        assert shown['id'] == added and shown['revision'] == 1 and shown['steps'][0]['url'] == target.url
        cli(folder, 'run', 'Some spec', '--quiet').expect(0)
        cli(folder, 'run', added, '--users', 1, '--quiet').expect(0)
        runs = cli(folder, 'runs', 'list', '--spec', 'Some spec', '--format', 'json').expect(0).json
        assert [run['specId'] for run in runs] == [added, added]
        assert [run['summary']['vusMax'] for run in runs] == [1, 2]
        assert len(cli(folder, 'runs', 'list', '--limit', 1, '--format', 'json').json) == 1
        cli(folder, 'specs', 'delete', 'Some spec').expect(0, 'Deleted', added)
        cli(folder, 'specs', 'show', added).expect(104, 'specs list')
        cli(folder, 'specs', 'list').expect(0, 'No specs yet')
        runs = cli(folder, 'runs', 'list', '--spec', added, '--format', 'json').expect(0).json
        assert len(runs) == 2


def test_run_of_a_nameless_file_is_called_like_the_file(folder):
    with Target(folder) as target:
        nameless = spec(target.url)
        del nameless['name']
        write(folder, 'check-out.loadforge.json', nameless)
        cli(folder, 'run', 'check-out.loadforge.json', '--quiet').expect(0)
    listed = cli(folder, 'runs', 'list', '--format', 'json').expect(0).json
    assert [run['specName'] for run in listed] == ['check-out'], listed


def test_name_that_two_specs_have_is_refused_with_their_ids(folder):
    write(folder, 'one.json', spec('http://127.0.0.1:1/'))
    ids = cli(folder, 'specs', 'add', 'one.json', 'one.json').expect(0).out.split()
    assert len(set(ids)) == 2
    done = cli(folder, 'run', 'Some spec').expect(104, '2 specs are called')
    assert all(one in done.err for one in ids), done


def test_body_is_the_file_beside_the_spec(folder):
    content = random.Random(1).randbytes(300_000)
    digest = hashlib.sha256(content).hexdigest()
    inner = os.path.join(folder, 'specs')
    os.mkdir(inner)
    write(inner, 'body.bin', content)
    with Listener() as listener:
        document = spec(listener.url + '/up', users=2, method='POST', body={'type': 'file', 'file': 'body.bin'})
        write(inner, 'up.json', document)
        path = 'specs/up.json'  # which starts at the working folder, and the body's at the spec's
        cli(folder, 'run', path, '--store', 'none', '--quiet').expect(0)
        cli(folder, 'run', os.path.join(inner, 'up.json'), '--quiet').expect(0)
        cli(folder, 'specs', 'add', path).expect(0)
        os.remove(os.path.join(inner, 'body.bin'))
        cli(folder, 'run', 'Some spec', '--quiet').expect(0)
        cli(folder, 'run', path, '--quiet').expect(104, r'^loadforge-cli: specs/up\.json: /steps/0/body/file: .*body\.bin: No such file')
        assert len(listener.seen) > 3
        assert {(method, one, sha) for method, one, _, sha in listener.seen} == {('POST', '/up', digest)}
    kept = cli(folder, 'runs', 'show', 'last', '--format', 'json').json
    assert 'attachmentId' in kept['summary']['spec']['steps'][0]['body']


def parts_of(request):
    """Name and SHA-256 of each part, as Python's e-mail package reads them."""
    _, _, headers, body = request
    whole = email.message_from_bytes(b'Content-Type: ' + headers['Content-Type'].encode() + b'\r\n\r\n' + body)
    assert whole.is_multipart() and not whole.defects, whole.defects
    return [(part.get_param('name', header='Content-Disposition'),
             hashlib.sha256(part.get_payload(decode=True)).hexdigest()) for part in whole.get_payload()]


def test_parts_are_files_beside_the_spec(folder):
    photo, notes = random.Random(2).randbytes(200_000), b'some notes\r\n--\r\n'
    inner = os.path.join(folder, 'specs')
    os.makedirs(os.path.join(inner, 'deep'))
    write(inner, 'photo.png', photo)
    write(os.path.join(inner, 'deep'), 'notes.txt', notes)
    parts = [{'name': 'title', 'value': 'x'}, {'name': 'photo', 'file': 'photo.png', 'fileName': 'me.png'},
             {'name': 'notes', 'file': 'deep/notes.txt'}, {'name': 'again', 'file': './photo.png'}]
    wanted = [(name, hashlib.sha256(content).hexdigest())
              for name, content in (('title', b'x'), ('photo', photo), ('notes', notes), ('again', photo))]
    path = 'specs/up.json'
    with Listener(keep=True) as listener:
        document = spec(listener.url + '/up', users=1, method='POST', body={'type': 'multipart', 'parts': parts})
        write(inner, 'up.json', document)
        cli(folder, 'run', path, '--store', 'none', '--quiet').expect(0)
        cli(folder, 'run', path, '--quiet').expect(0)
        kept = cli(folder, 'runs', 'show', 'last', '--format', 'json').json
        assert kept['summary']['spec']['steps'][0]['body']['parts'] == parts  # not with ids of that run
        cli(folder, 'specs', 'add', path).expect(0)
        for name in ('photo.png', 'deep/notes.txt'):
            os.remove(os.path.join(inner, name))
        n_before = len(listener.seen)
        cli(folder, 'run', 'Some spec', '--quiet').expect(0)
        assert len(listener.seen) > n_before > 2
        assert all(parts_of(request) == wanted for request in listener.seen)
    stored = cli(folder, 'specs', 'show', 'Some spec').json['steps'][0]['body']['parts']
    assert [('file' in part, 'attachmentId' in part) for part in stored] == [(False, False)] + 3 * [(False, True)]
    for words in (['run', path, '--quiet'], ['specs', 'add', path]):
        cli(folder, *words).expect(104, r'specs/up\.json: /steps/0/body/parts/1/file: .*photo\.png: No such file')


def test_body_of_25_mib_goes_and_a_byte_more_does_not(folder):
    with Listener() as listener:
        document = spec(listener.url, users=1, method='PUT', body={'type': 'file', 'file': 'body.bin'})
        path = write(folder, 'up.json', document)
        write(folder, 'body.bin', b'')
        os.truncate(os.path.join(folder, 'body.bin'), 26_214_400)
        cli(folder, 'run', path, '--quiet', '--store', 'none').expect(0)
        assert {one[3] for one in listener.seen} == {hashlib.sha256(bytes(26_214_400)).hexdigest()}
        os.truncate(os.path.join(folder, 'body.bin'), 26_214_401)
        for words in (['run', path, '--store', 'none'], ['specs', 'add', path]):
            cli(folder, *words).expect(104, r'/steps/0/body/file: .*body\.bin.*25 MiB')
    cli(folder, 'specs', 'list').expect(0, 'No specs yet')


def test_headers_and_line_of_3_mb_arrive_whole(folder):
    text = json.dumps({'text': 'x' * 3_000_000})
    with Listener() as listener:
        document = spec(listener.url, users=1, method='POST', body={'type': 'json', 'text': text},
                        headers=[{'name': 'X-Tell', 'value': 'grüße'}])
        write(folder, 'long.json', document)
        cli(folder, 'run', 'long.json', '--quiet', '--store', 'none').expect(0)
        _, _, headers, digest = listener.seen[0]
    assert digest == hashlib.sha256(text.encode()).hexdigest()
    assert headers['Content-Type'].startswith('application/json')
    assert headers['X-Tell'].encode('latin-1').decode() == 'grüße'


def test_certificates_are_checked_and_found_beside_the_spec(folder):
    inner = os.path.join(folder, 'specs')
    os.mkdir(inner)
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
                    '-keyout', 'key.pem', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=localhost',
                    '-addext', 'subjectAltName=IP:127.0.0.1'], cwd=inner, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(inner, 'ca.pem'), os.path.join(inner, 'key.pem'))
    with Listener(context) as listener:
        document = spec(listener.url)
        write(inner, 'tls.json', document)
        cli(folder, 'run', 'specs/tls.json', '--store', 'none').expect(107, r'^error: .*\(error 1310\)')
        assert not listener.seen
        write(inner, 'tls.json', {**document, 'http': {'tls': {'caFile': 'ca.pem'}}})
        cli(folder, 'run', 'specs/tls.json', '--store', 'none', '--quiet').expect(0)
        cli(folder, 'specs', 'add', 'specs/tls.json').expect(0)
        cli(folder, 'run', 'Some spec', '--quiet').expect(0)
        write(inner, 'tls.json', {**document, 'http': {'tls': {'verify': False}}})
        cli(folder, 'run', 'specs/tls.json', '--store', 'none', '--quiet').expect(0)
        assert len(listener.seen) > 3


def test_rate_starts_what_it_says(folder):
    with Target(folder) as target:
        done = cli(folder, 'run', '--url', target.url, '--rate', 50, '--duration', 2, '--max-users', 20, '--quiet',
                   '--store', 'none', '--summary', '-').expect(0)
        total = target.stop()
    summary = done.json
    # Exactly 100 are due; one that this machine was too slow to start is dropped, not forgotten.
    assert summary['requests']['total'] == total
    assert total + summary['droppedIterations'] == 100, summary
    profile = summary['spec']['loadProfile']
    assert profile['executor'] == 'constant-arrival-rate' and profile['maxVUs'] == 20


def test_iterations_end_the_run(folder):
    with Target(folder) as target:
        for profile, total in (({'executor': 'shared-iterations', 'vus': 7, 'iterations': 1000}, 1000),
                               ({'executor': 'per-vu-iterations', 'vus': 7, 'iterations': 13, 'duration': 300}, 91)):
            document = spec(target.url)
            document['loadProfile'] = profile
            write(folder, 'iterations.json', document)
            done = cli(folder, 'run', 'iterations.json', '--store', 'none', '--summary', 'sum.json')
            done.expect(0, rf' {total} of {total} iterations ')
            with open(os.path.join(folder, 'sum.json'), encoding='utf-8') as file:
                summary = json.load(file)
            assert summary['iterations'] == summary['requests']['total'] == total, summary
            assert summary['vusMax'] <= 7
        assert target.stop() == 1091


def test_manual_goes_on_until_stopped(folder):
    with Target(folder) as target:
        document = spec(target.url)
        document['loadProfile'] = {'executor': 'manual', 'rate': 30, 'preAllocatedVUs': 20}
        write(folder, 'manual.json', document)
        with Running(folder, 'run', 'manual.json', '--store', 'none') as run:
            run.wait_for(r'^2 s ')
            run.signal(signal.SIGINT)
            done = run.end().expect(105)
        total = target.stop()
    assert re.search(rf'http_reqs +{total}\b', done.out), done
    assert total >= 30


def test_options_change_the_profile_of_the_file(folder):
    with Target(folder) as target:
        document = spec(target.url)
        document['loadProfile'] = {'executor': 'constant-arrival-rate', 'rate': 10, 'duration': 600,
                                   'preAllocatedVUs': 3}
        write(folder, 'rate.json', document)
        base = ['run', 'rate.json', '--quiet', '--store', 'none', '--summary', '-']
        profile = cli(folder, *base, '--duration', 1).expect(0).json['spec']['loadProfile']
        assert (profile['rate'], profile['duration'], profile['preAllocatedVUs']) == (10, 1, 3)
        profile = cli(folder, *base, '--users', 2, '--duration', '1s').expect(0).json['spec']['loadProfile']
        assert (profile['users'], profile['steady']) == (2, 1) and 'executor' not in profile
        for profile in ({'executor': 'shared-iterations', 'vus': 2, 'iterations': 10 ** 9},
                        {'executor': 'manual', 'vus': 2}, {'executor': 'constant-vus', 'vus': 2, 'duration': 600}):
            write(folder, 'rate.json', {**document, 'loadProfile': profile})
            ran = cli(folder, *base, '--duration', '0.3').expect(0).json
            assert ran['spec']['loadProfile'] == {**profile, 'duration': 0.3}, ran
            assert ran['duration'] < 30


def test_steps_and_formulas_in_csv(folder):
    with Target(folder) as target:
        document = spec(target.url, users=1)
        document['steps'] = [{'name': name, 'url': target.url + '/anything'} for name in ('=1+1', 'say "a", b')]
        write(folder, 'two.json', document)
        done = cli(folder, 'run', 'two.json', '--csv', 'two.csv', '--store', 'none').expect(0)
        with open(os.path.join(folder, 'two.csv'), encoding='utf-8', newline='') as file:
            rows = rows_of(file.read())
        assert {row['step'] for row in rows} == {'', "'=1+1", 'say "a", b'}
        total = sum(int(row['completed']) for row in rows if row['step'] == '')
        assert total == sum(int(row['completed']) for row in rows if row['step'] != '') == target.stop()
        cli(folder, 'run', 'two.json', '--url', target.url).expect(104, '--url.*one enabled step.*2')
        assert re.search(rf'http_reqs +{total}\b', done.out)


def test_each_user_keeps_its_cookies(folder):
    with Listener() as listener:
        document = spec(listener.url, users=2)
        document['steps'] = [{'url': listener.url + '/login'}, {'url': listener.url + '/page', 'name': 'page'},
                             {'url': listener.url + '/other', 'http': {'keepAlive': True}}]
        write(folder, 'cookies.json', document)
        cli(folder, 'run', 'cookies.json', '--quiet', '--store', 'none').expect(0)
    pages = [headers.get('Cookie') for _, path, headers, _ in listener.seen if path == '/page']
    assert len(pages) > 4 and all(re.fullmatch(r'user=\d+', cookie or '') for cookie in pages), pages[:5]
    assert len(set(pages)) == len(pages), pages[:5]  # each is of the user's own last login


def test_failed_answers_are_counted_and_told(folder):
    with Target(folder, '--error-rate', '100%') as target:
        done = cli(folder, 'run', '--url', target.url, '--users', 1, '--steady', 1, '--store', 'none').expect(
            0, r'warn: GET /: .*\(error 1500\)')
        assert re.search(r'http_req_failed +100\.00%', done.out) and re.search(r'status codes +\d+ +500', done.out), done


def test_delay_and_jitter_are_seen(folder):
    with Target(folder, '--delay', '200', '--jitter', '50') as target:
        summary = cli(folder, 'run', '--url', target.url, '--users', 4, '--steady', 2, '--quiet', '--store', 'none',
                      '--summary', '-').expect(0).json
    assert summary['latency']['duration']['min'] >= 149, summary['latency']['duration']


def test_saturated_generator_fails_where_asked(folder):
    with Target(folder) as target:
        words = ['run', '--url', target.url, '--rate', 5_000_000, '--duration', 1, '--store', 'none', '--quiet',
                 '--summary', '-']
        done = cli(folder, *words).expect(0)
        assert done.json['verdict'] == 'invalid' and done.json['generator']['reasons'], done
        done = cli(folder, *words, '--fail-on-saturation').expect(111)
        assert done.json['exitCode'] == 111


def test_terminal_gets_one_line_with_a_bar(folder):
    mine, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 60, 0, 0))
    with Target(folder) as target:
        process = subprocess.Popen([PROGRAM, 'run', '--url', target.url, '--users', '1', '--steady', '2',
                                    '--store', 'none'], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=theirs, env=environment(folder), cwd=folder)
        os.close(theirs)
        seen = b''
        while True:
            try:
                part = os.read(mine, 4096)
            except OSError:  # Linux says so where the other side is closed
                break
            if not part:
                break
            seen += part
        out = process.communicate(timeout=PATIENCE)[0].decode()
    os.close(mine)
    seen = seen.decode()
    assert process.returncode == 0 and not STAIN.search(seen), seen
    lines = re.findall(r'\[[#-]{20}\] +\d+ %  [^\r\n]*', seen)
    assert len(lines) >= 2 and all(len(line.replace('\x1b[K', '')) < 60 for line in lines), lines
    assert '[##########----------]  50 %  1 of 2 s' in lines[0], lines
    assert seen.count('\n') == 0, seen  # drawn over, and taken away at the end
    assert seen.endswith('\r\x1b[K'), seen
    assert 'http_reqs' in out and '\x1b' not in out


def test_secrets_are_not_kept_or_shown(folder):
    with Listener() as listener:
        url = listener.url.replace('//', '//somebody:hidden1@')
        document = spec(url, users=1, auth={'type': 'bearer', 'token': 'hidden2'},
                        headers=[{'name': 'Cookie', 'value': 'hidden3'}])
        write(folder, 'secret.json', document)
        done = cli(folder, 'run', 'secret.json', '--samples', 'run.json').expect(0)
        assert any(seen[2].get('Cookie') == 'hidden3' and seen[2]['Authorization'] == 'Bearer hidden2'
                   for seen in listener.seen), listener.seen[0]
        cli(folder, 'specs', 'add', 'secret.json').expect(0)
        texts = [done.out, done.err]
        for words in (['specs', 'list'], ['specs', 'list', '--format', 'json'], ['specs', 'show', 'Some spec'],
                      ['runs', 'show', 'last', '--log'], ['runs', 'show', 'last', '--format', 'json'],
                      ['runs', 'export', 'last', '--format', 'json'], ['runs', 'list', '--format', 'json']):
            texts.append(cli(folder, *words).expect(0).out)
        with open(os.path.join(folder, 'run.json'), encoding='utf-8') as file:
            texts.append(file.read())
        for text in texts:
            assert 'hidden' not in text, text[:3000]
        cli(folder, 'run', 'Some spec', '--quiet').expect(0)  # which has them still
        assert listener.seen[-1][2]['Authorization'] == 'Bearer hidden2'


def test_output_file_is_kept_until_there_is_a_result(folder):
    write(folder, 'summary.json', 'old')
    cli(folder, 'run', '--url', 'http://127.0.0.1:1/', '--steady', 0, '--summary', 'summary.json', '--csv',
        'new.csv').expect(104)
    with open(os.path.join(folder, 'summary.json'), encoding='utf-8') as file:
        assert file.read() == 'old'
    assert not os.path.exists(os.path.join(folder, 'new.csv'))
    done = cli(folder, 'run', '--url', 'http://127.0.0.1:1/', '--summary', 'one.json', '--samples', './one.json')
    done.expect(104, './one.json is named for two results')
    assert not os.path.exists(os.path.join(folder, 'one.json'))
    for place in ('missing/summary.json', '.'):
        done = cli(folder, 'run', '--url', 'http://127.0.0.1:1/', '--summary', place)
        done.expect(104, re.escape(place) + ' cannot be written: ')
        assert 'of 30 s' not in done.err  # told before the run, not after
    with Target(folder) as target:
        done = cli(folder, 'run', '--url', target.url, '--users', 1, '--steady', 1, '--csv', '/dev/full', '--summary',
                   'summary.json', '--store', 'none').expect(104, '/dev/full is incomplete: no space is left')
        assert 'http_reqs' in done.out
    with open(os.path.join(folder, 'summary.json'), encoding='utf-8') as file:
        assert json.load(file)['verdict'] == 'passed'


def test_example_runs(folder):
    path = os.path.join(TOP, 'data', 'examples', 'quick-start.loadforge.json')
    with Target(folder) as target:
        done = cli(folder, 'run', path, '--url', target.url + '/anything', '--ramp-up', 0, '--steady', 1,
                   '--ramp-down', 0).expect(0)
        assert re.search(r'vus_max +20\n', done.out), done


def test_terminal_codes_in_names_are_not_printed(folder):
    write(folder, 'evil.json', {**spec('http://127.0.0.1:1/'), 'name': 'a\x1b[31mb\nc'})
    cli(folder, 'specs', 'add', 'evil.json').expect(0)
    listed = cli(folder, 'specs', 'list').expect(0).out
    assert '\x1b' not in listed and len(listed.splitlines()) == 2, listed


main(globals())
