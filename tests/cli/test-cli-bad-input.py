"""Specs and targets that cannot work: each is told with its place and a cure, and by the exit code."""
import json
import re
import resource
import socket

from cli import cli, main, spec, write

REFUSED = 'http://127.0.0.1:1/'  # tcpmux: nobody listens there


def test_spec_files_that_are_none(folder):
    for content, said in [
            (b'', r'line 1, column 1: '),
            (b'{', r'line 1, column 2: '),
            (b'{"name": "a",\n  "steps": [,]}', r'line 2, column 13: '),
            (b'{"name": "a" /* note */}', r'line 1, column 14: '),
            (b'{"a": 1, "a": 2}', r'\ba\b'),
            (b'[]', 'object'),
            (b'"text"', 'object'),
            (b'\xff\xfe\x00', 'line 1'),
            (b'\x00' * 100, 'line 1'),
            (b'[' * 100_000, 'column'),
            (b'{"name": "' + b'x' * 3_000_000, 'line 1, column 10: .*quote'),
            (b'x' * 3_000_000, 'line 1, column 1: '),
    ]:
        write(folder, 'bad.json', content)
        done = cli(folder, 'run', 'bad.json').expect(104, r'bad\.json: ', said)
        assert done.out == '' and len(done.err) < 1000, done
        assert len(done.err.splitlines()) == 1, done
        cli(folder, 'specs', 'add', 'bad.json').expect(104, r'bad\.json: ', said)


def test_missing_spec_file(folder):
    for name in ('missing.json', './missing', 'no/such/folder/spec.json'):
        cli(folder, 'run', name).expect(104, name + '.*No such file')
    cli(folder, 'run', folder + '/').expect(104, 'Is a directory')
    cli(folder, 'run', 'missing').expect(104, 'missing.*neither a file nor', 'specs list')
    cli(folder, 'run', 'missing', '--store', 'none').expect(104, 'missing.*No such file')
    cli(folder, 'run', '0123456789abcdef01234567').expect(104, '0123456789abcdef01234567.*neither')


def test_values_are_refused_with_their_pointer(folder):
    good = spec(REFUSED)
    step = good['steps'][0]
    profile = good['loadProfile']
    for change, said in [
            ({'steps': []}, '/steps: there is no step'),
            ({'steps': [{**step, 'url': '127.0.0.1:80/x'}]}, '/steps/0/url: not an http or https URL'),
            ({'steps': [{**step, 'url': '/x'}]}, '/steps/0/url: '),
            ({'steps': [{**step, 'url': ''}]}, '/steps/0/url: '),
            ({'steps': [{'method': 'GET'}]}, '/steps/0/url: '),
            ({'steps': [{**step, 'url': 5}]}, '/steps/0/url: '),
            ({'steps': [step, {**step, 'method': 'G T'}]}, '/steps/1/method: '),
            ({'steps': [{**step, 'enabled': False}]}, '/steps: no step is enabled'),
            ({'steps': [{**step, 'headers': [{'name': 'A', 'value': 'a\nB: c'}]}]}, '/steps/0/headers/0/value: '),
            ({'steps': [{**step, 'headers': [{'name': 'A\r\nB', 'value': 'c'}]}]}, '/steps/0/headers/0/name: '),
            ({'steps': [{**step, 'headers': {'A': 'b'}}]}, '/steps/0/headers: '),
            ({'steps': [{**step, 'body': {'type': 'json', 'text': '{"a":'}}]}, '/steps/0/body/text: '),
            ({'steps': [{**step, 'body': {'type': 'file'}}]}, '/steps/0/body/'),
            ({'steps': [{**step, 'body': {'type': 'file', 'file': 'missing.bin'}}]},
             '/steps/0/body/file: .*missing.bin: No such file'),
            ({'steps': [{**step, 'body': {'type': 'file', 'file': '.'}}]}, '/steps/0/body/file: .*regular file'),
            ({'loadProfile': None}, '/loadProfile'),
            ({'loadProfile': {**profile, 'users': 0}}, '/loadProfile/users: '),
            ({'loadProfile': {**profile, 'users': -5}}, '/loadProfile/users: '),
            ({'loadProfile': {**profile, 'steady': 'long'}}, '/loadProfile/steady: '),
            ({'loadProfile': {**profile, 'steady': 0}}, '/loadProfile/steady: '),
            ({'loadProfile': {'executor': 'flood'}}, '/loadProfile/executor: '),
            ({'loadProfile': {'executor': 'constant-arrival-rate', 'rate': 1, 'duration': 1}},
             '/loadProfile/preAllocatedVUs: '),
            ({'http': {'timeout': -1}}, '/http/timeout: '),
            ({'http': {'tls': {'caFile': 'missing.pem'}}}, '/http/tls/caFile: .*missing.pem'),
    ]:
        document = {**good, **change}
        write(folder, 'bad.json', document)
        done = cli(folder, 'run', 'bad.json', '--store', 'none').expect(104, said, r'bad\.json: ')
        assert done.out == '' and 'req/s' not in done.err, done


def test_empty_spec(folder):
    write(folder, 'empty.json', {})
    cli(folder, 'run', 'empty.json', '--store', 'none').expect(104, r'empty\.json: /steps: there is no step')


def test_what_comes_later_is_refused_and_not_left_out(folder):
    good = spec(REFUSED)
    step = good['steps'][0]
    for change, said in [
            ({'variables': {'who': {'value': 'me'}}}, '/variables'),
            ({'flow': 'weighted'}, '/flow'),
            ({'thresholds': {'http_req_duration': ['p(95)<300']}}, '/thresholds'),
            ({'data': [{'name': 'users', 'file': 'users.csv'}]}, '/data'),
            ({'steps': [{**step, 'checks': [{'name': 'ok', 'on': 'status', 'op': '==', 'value': 200}]}]},
             '/steps/0/checks'),
            ({'steps': [{**step, 'extract': [{'variable': 'a', 'from': 'json', 'expression': '$.a'}]}]},
             '/steps/0/extract'),
    ]:
        write(folder, 'later.json', {**good, **change})
        cli(folder, 'run', 'later.json', '--store', 'none').expect(104, said)


def test_unknown_host(folder):
    words = ['--users', 1, '--steady', 1, '--store', 'none']
    # The first is too long to be asked for; with the second, a machine without DNS may wait in vain (1211).
    for host, codes in (('x' * 70 + '.invalid', '1101'), ('no-such-host.invalid', '1101|1211')):
        # libcurl 8.14 leaves the name behind that is too long.
        done = cli(folder, 'run', '--url', f'http://{host}/', *words, env={'ASAN_OPTIONS': 'detect_leaks=0'})
        done.expect(107, rf'^error: GET /: .*\(error ({codes})\)')
        assert re.search(r'verdict +error', done.out) and re.search(rf'errors +\d+ +.*\(({codes})\)', done.out), done


def test_refused_port(folder):
    done = cli(folder, 'run', '--url', REFUSED, '--users', 2, '--steady', 1, '--store', 'none', '--summary', 'sum.json')
    done.expect(107, r'error: GET /: Connection refused: 127.0.0.1:[0-9]+ \(error 1212\)')
    with open(folder + '/sum.json', encoding='utf-8') as file:
        summary = json.load(file)
    assert summary['verdict'] == 'error' and summary['exitCode'] == 107
    assert [error['code'] for error in summary['errors']] == [1212]
    assert summary['requests']['failed'] == summary['requests']['total'] > 0


def test_target_that_never_answers(folder):
    with socket.socket() as mute:
        mute.bind(('127.0.0.1', 0))
        mute.listen(50)
        document = spec(f'http://127.0.0.1:{mute.getsockname()[1]}/', users=2)
        document['http'] = {'timeout': 0.5}
        write(folder, 'mute.json', document)
        cli(folder, 'run', 'mute.json', '--store', 'none').expect(107, r'\(error 1050\)')


def test_users_beyond_the_file_limit(folder):
    def limit():
        resource.setrlimit(resource.RLIMIT_NOFILE, (300, 300))

    words = ['run', '--url', REFUSED, '--store', 'none', '--steady', 1]
    done = cli(folder, *words, '--users', 301, preexec_fn=limit)
    done.expect(104, '/loadProfile: 301 users need a connection each.* 300 files.*at most 200 users', 'ulimit -n')
    cli(folder, *words, '--users', 200, preexec_fn=limit).expect(107)
    cli(folder, *words, '--users', 9, env={'MAX_SOCKETS': '8'}).expect(104, '9 users.*MAX_SOCKETS allows 8')


def test_environment_that_is_wrong(folder):
    words = ['run', '--url', REFUSED, '--steady', 1]
    cli(folder, *words, env={'MAX_WORKERS': 'many'}).expect(104, 'MAX_WORKERS=many: not a whole number')
    write(folder, '.env', '# settings\nMAX_SOCKETS=0\n')
    cli(folder, *words).expect(104, 'MAX_SOCKETS=0: not a whole number')
    cli(folder, 'runs', 'list').expect(104, 'MAX_SOCKETS=0')
    write(folder, '.env', 'MONGO_URI=mysql://127.0.0.1/\n')
    cli(folder, *words).expect(104, 'mysql')


main(globals())
