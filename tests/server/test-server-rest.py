"""The REST API as programs use it."""
import gzip
import hashlib
import json
import os
import re
import signal
import sqlite3
import subprocess
import time

from server import SECRET, Server, Target, make_spec
from cli import PATIENCE, PROGRAM, TOP, cli, main


def test_specs_come_and_go(folder):
    with Target(folder) as target, Server(folder) as server:
        assert server.get('/api/specs').json == {'items': [], 'next': None}
        made = server.post('/api/specs', {**make_spec(target), 'id': 'mine', 'revision': 7}).expect(201)
        spec = made.json
        place = made.headers['Location']
        assert place == f'/api/specs/{spec["id"]}' and spec['id'] != 'mine' and spec['revision'] == 1, spec
        read = server.get(place).expect(200)
        assert read.json == spec and read.headers['ETag'] == made.headers['ETag'] == '"1"'
        assert server.get(place, headers={'If-None-Match': '"1"'}).expect(304).body == b''
        assert [item['id'] for item in server.get('/api/specs')['items']] == [spec['id']]
        head = server.ask('HEAD', place).expect(200)
        assert head.body == b'' and head.headers['Content-Length'] == str(len(read.body))
        server.ask('DELETE', place, headers={'If-Match': '"9"'}).expect(412)
        server.ask('DELETE', place, headers={'If-Match': '"1"'}).expect(204)
        server.get(place).expect(404)
        server.ask('DELETE', place).expect(404)


def test_two_who_change_one_spec(folder):
    with Target(folder) as target, Server(folder) as server:
        spec = server.add_spec(target)
        place = f'/api/specs/{spec["id"]}'
        server.ask('PUT', place, {**spec, 'name': 'mine'}, headers={'If-Match': '"1"'}).expect(200)
        late = server.ask('PUT', place, {**spec, 'name': 'theirs'}, headers={'If-Match': '"1"'}).expect(412)
        assert 'If-Match' in late['detail']
        assert server.get(place)['name'] == 'mine'
        server.ask('PUT', place, {**spec, 'name': 'whatever'}).expect(200)
        server.ask('PUT', '/api/specs/6567f0a1b2c3d4e5f6a7b8c9', spec).expect(404)


def test_secrets_never_leave_and_stay(folder):
    with Target(folder) as target, Server(folder) as server:
        spec = server.add_spec(target, variables={'key': {'value': SECRET, 'secret': True}},
                               http={'proxy': f'http://user:{SECRET}@127.0.0.1:1/'})
        place = f'/api/specs/{spec["id"]}'
        assert spec['steps'][0]['auth']['token'] == {'redacted': True}
        assert spec['variables']['key']['value'] == {'redacted': True}
        for path in ('/api/specs', place):
            assert SECRET not in server.get(path).body.decode()
        # A step in front of it, and another name: what is marked is found again by its own name.
        sent = {**spec, 'name': 'renamed', 'steps': [{'name': 'new', 'url': f'{target.url}/'}] + spec['steps']}
        server.ask('PUT', place, sent).expect(200)
        kept = read_store(folder)
        assert kept.count(SECRET) >= 4, kept
        lost = server.ask('PUT', place, {**sent, 'steps': [{**sent['steps'][1], 'name': 'other'}]}).expect(422)
        assert lost['errors'][0]['pointer'] == '/steps/0/headers/0/value', lost.json
        server.post('/api/specs', spec).expect(422)


def read_store(folder):
    with open(os.path.join(folder, 'data/loadforge/loadforge.db'), 'rb') as file:
        content = file.read()
    for name in os.listdir(os.path.join(folder, 'data/loadforge')):
        if name.endswith('-wal'):
            with open(os.path.join(folder, 'data/loadforge', name), 'rb') as file:
                content += file.read()
    return content.decode(errors='replace')


def test_mistakes_are_told_with_their_place(folder):
    with Target(folder) as target, Server(folder) as server:
        bad = server.post('/api/specs', {**make_spec(target), 'warmup': 'long'}).expect(422)
        assert bad.headers['Content-Type'] == 'application/problem+json' and bad['status'] == 422
        assert bad['errors'][0]['pointer'] == '/warmup', bad.json
        server.post('/api/specs', b'{"name": ', headers={'Content-Type': 'application/json'}).expect(400)
        server.post('/api/specs', b'{}', headers={'Content-Type': 'text/plain'}).expect(415)
        server.post('/api/specs').expect(400)
        spec = server.add_spec(target, profile={'executor': 'ramping-vus', 'stages': []})
        told = server.post(f'/api/specs/{spec["id"]}/validate').expect(200)
        assert not told['valid'] and told['errors'][0]['pointer'].startswith('/loadProfile'), told.json
        refused = server.post(f'/api/runs/{spec["id"]}').expect(422)
        assert refused['errors'] == told['errors']
        better = server.post(f'/api/specs/{spec["id"]}/validate', {**spec, **{'loadProfile': make_spec(target)['loadProfile']}})
        assert better['valid'] and better['errors'] == [], better.json
        unsupported = server.add_spec(target, thresholds={'http_req_duration': ['p(95)<300']})
        assert not server.post(f'/api/specs/{unsupported["id"]}/validate')['valid']
        server.post(f'/api/runs/{unsupported["id"]}').expect(422)
        for path in ('/api/runs?limit=0', '/api/runs?limit=x', '/api/runs?nonsense=1', '/api/runs?cursor=x',
                     '/api/runs?active=perhaps'):
            server.get(path).expect(400)


def test_a_run_from_start_to_csv(folder):
    with Target(folder) as target, Server(folder) as server:
        spec = server.add_spec(target, steady=2)
        answer = server.post(f'/api/runs/{spec["id"]}').expect(202)
        run = answer.json
        place = f'/api/runs/{run["id"]}'
        assert answer.headers['Location'] == place and run['status'] == 'running' and 'owner' not in run
        assert server.get('/api/runs?active=true')['items'][0]['id'] == run['id']
        server.get(f'{place}/summary').expect(404)
        server.ask('DELETE', f'{place}?purge=true').expect(409)
        server.wait(place, lambda now: now['progress']['requests'] > 0)
        assert server.get(f'{place}/histograms')['duration'].startswith('HISTFAAA')
        ended = server.finish(run)
        assert ended['verdict'] == 'passed' and ended['summary']['requests']['total'] > 0
        summary = server.get(f'{place}/summary').expect(200).json
        assert summary == ended['summary']
        samples = server.get(f'{place}/samples').expect(200).json
        totals = [s for s in samples['items'] if s['step'] == -1]
        assert sum(s['completed'] for s in totals) == summary['requests']['total'] and samples['next'] is None
        assert 'histograms' not in totals[0]
        kept = [item['histograms']['duration'] for item in server.get(f'{place}/samples?histograms=true&step=-1')['items'] if 'histograms' in item]
        assert kept and all(text.startswith('HISTFAAA') for text in kept), kept
        first = server.get(f'{place}/samples?limit=1').json
        second = server.get(f'{place}/samples?limit=1&cursor={first["next"]}').json
        assert [first['items'][0]['t'], second['items'][0]['t']] == [s['t'] for s in totals[:2]]
        server.get(f'{place}/samples?cursor=x').expect(400)
        logs = server.get(f'{place}/logs').json['items']
        assert logs[0]['seq'] == 1 and 'Started' in logs[0]['message']
        page = server.get(f'{place}/logs?limit=1').json
        assert server.get(f'{place}/logs?limit=1&cursor={page["next"]}').json['items'] == logs[1:2]
        csv = server.get(f'{place}/csv').expect(200)
        assert csv.headers['Content-Type'].startswith('text/csv')
        assert csv.body.splitlines()[0].startswith(b'time,elapsed,step') and len(csv.body.splitlines()) == len(samples['items']) + 1
        zipped = server.get(f'{place}/csv', headers={'Accept-Encoding': 'gzip'})
        assert zipped.headers['Content-Encoding'] == 'gzip' and gzip.decompress(zipped.body) == csv.body
        zipped = server.get(place, headers={'Accept-Encoding': 'gzip, br'})
        assert json.loads(gzip.decompress(zipped.body)) == server.get(place).json
        told = server.get(f'{place}/compare/{run["id"]}').expect(200).json
        assert told['worse'] is False and told['rows'], told
        for path in ('', '/samples', '/logs', '/summary', '/csv', '/histograms'):
            assert SECRET not in server.get(place + path).body.decode()
            server.get(f'/api/runs/6567f0a1b2c3d4e5f6a7b8c9{path}').expect(404)
        server.ask('DELETE', place).expect(409)
        server.ask('DELETE', f'{place}?purge=true').expect(204)
        server.get(place).expect(404)
        assert SECRET not in server.said()


def test_runs_are_steered(folder):
    with Target(folder) as target, Server(folder) as server:
        manual = server.add_spec(target, profile={'executor': 'manual', 'vus': 1, 'duration': 600})
        run = server.start(manual)
        place = f'/api/runs/{run["id"]}'
        server.ask('PATCH', place, {'users': 3}).expect(200)
        server.wait(place, lambda now: now['progress']['users'] == 3)
        assert server.ask('PATCH', place, {'status': 'paused'}).expect(200)['status'] == 'paused'
        server.ask('PATCH', place, {'status': 'paused'}).expect(409)
        assert server.ask('PATCH', place, {'status': 'running'}).expect(200)['status'] == 'running'
        for body, pointer in (({'status': 'lost'}, '/status'), ({'users': -1}, '/users'), ({'users': 1.5}, '/users'),
                              ({'rate': 'fast'}, '/rate'), ({'colour': 'red'}, '/colour')):
            assert server.ask('PATCH', place, body).expect(422)['errors'][0]['pointer'] == pointer
        server.ask('PATCH', place, {}).expect(400)
        server.ask('PATCH', place, {'rate': 5}).expect(409)  # it has users
        server.ask('DELETE', place).expect(204)
        ended = server.finish(run)
        assert ended['verdict'] == 'aborted' and ended['summary']['exitCode'] == 103
        told = [line['message'] for line in server.get(f'{place}/logs').json['items'] if line['class'] == 'remote']
        assert told[0] == 'Started from elsewhere by 127.0.0.1' and told[-1] == 'Stopped from elsewhere by 127.0.0.1', told
        server.ask('PATCH', place, {'users': 3}).expect(409)
        server.ask('PATCH', '/api/runs/6567f0a1b2c3d4e5f6a7b8c9', {'users': 3}).expect(404)


def test_a_lost_answer_starts_one_run(folder):
    with Target(folder) as target, Server(folder) as server:
        spec = server.add_spec(target, steady=30)
        key = {'Idempotency-Key': 'build-1'}
        run = server.start(spec, headers=key)
        again = server.post(f'/api/runs/{spec["id"]}', headers=key).expect(202)
        assert again['id'] == run['id'] and again.headers['Location'] == f'/api/runs/{run["id"]}'
        other = server.add_spec(target)
        server.post(f'/api/runs/{other["id"]}', headers=key).expect(422)
        server.post(f'/api/runs/{other["id"]}', headers={'Idempotency-Key': 'x' * 201}).expect(400)
        # What failed may be tried again with the same key.
        server.post('/api/runs/6567f0a1b2c3d4e5f6a7b8c9', headers={'Idempotency-Key': 'build-2'}).expect(404)
        assert len(server.get('/api/runs')['items']) == 1
        server.ask('DELETE', f'/api/runs/{run["id"]}').expect(204)


def test_runs_come_in_pages(folder):
    with Target(folder) as target, Server(folder) as server:
        specs = [server.add_spec(target, profile={'executor': 'shared-iterations', 'vus': 1, 'iterations': 1})
                 for _ in range(2)]
        runs = [server.start(specs[i % 2])['id'] for i in range(5)]
        for run in runs:
            server.finish({'id': run})
        seen, cursor = [], ''
        while cursor is not None:
            page = server.get(f'/api/runs?limit=2{cursor and "&cursor=" + cursor}').expect(200).json
            assert len(page['items']) <= 2
            seen, cursor = seen + [item['id'] for item in page['items']], page['next']
        assert seen == runs[::-1]
        assert [item['id'] for item in server.get(f'/api/runs?specId={specs[1]["id"]}')['items']] == [runs[3], runs[1]]
        assert server.get('/api/runs?active=true')['items'] == []


def test_files_go_up_and_down(folder):
    content = os.urandom(3_000_000)
    with Server(folder) as server:
        made = server.post('/api/attachments?name=a%20b.bin', content, headers={'Content-Type': 'image/x-tried'}).expect(201)
        place = made.headers['Location']
        assert (made['size'], made['sha256'], made['name']) == (len(content), hashlib.sha256(content).hexdigest(), 'a b.bin')
        read = server.get(place).expect(200)
        assert read.body == content and read.headers['Content-Type'] == 'image/x-tried'
        assert "a%20b.bin" in read.headers['Content-Disposition'] and 'sandbox' in read.headers['Content-Security-Policy']
        assert server.ask('HEAD', place).expect(200).headers['Content-Length'] == str(len(content))
        assert server.post('/api/attachments', b'').expect(201)['size'] == 0
        assert server.get(server.post('/api/attachments', b'').headers['Location']).expect(200).body == b''
        assert server.post('/api/attachments?name=..%2F..%2Fetc%2Fpasswd', b'x')['name'] == 'passwd'
        server.ask('DELETE', place).expect(204)
        server.get(place).expect(404)


def make_due(folder, schedule_id, seconds_ago):
    """As if its next time had come so many seconds ago: nobody waits for New Year here."""
    then = time.strftime('%Y-%m-%dT%H:%M:%S.000Z', time.gmtime(time.time() - seconds_ago))
    database = sqlite3.connect(os.path.join(folder, 'data', 'loadforge', 'loadforge.db'))
    with database:
        assert database.execute("UPDATE schedules SET document = json_set (document, '$.nextRunAt', ?) WHERE id = ?",
                                (then, schedule_id)).rowcount == 1
    database.close()


def test_what_is_due_is_run(folder):
    """Once; and what came while nothing was running is told."""
    with Target(folder) as target:
        with Server(folder) as server:
            due = server.add_spec(target, schedule={'cron': '@yearly'})
            missed = server.add_spec(target, name='Sleeper', schedule={'cron': '@yearly'})
        make_due(folder, due['id'], 1)
        make_due(folder, missed['id'], 3 * 3600)
        with Server(folder) as server:
            runs = server.wait('/api/runs', lambda page: page['items'] and page['items'][0]['status'] == 'finished')['items']
            assert [run['specId'] for run in runs] == [due['id']]
            schedules = {item['id']: item for item in server.get('/api/schedules')['items']}
            assert 'lastRunAt' in schedules[due['id']] and 'lastRunAt' not in schedules[missed['id']], schedules
            assert all(item['nextRunAt'] > runs[0]['startedAt'] for item in schedules.values()), schedules
            assert '“Sleeper” missed 1 time of its schedule' in server.said(), server.said()


def test_schedules(folder):
    with Target(folder) as target, Server(folder) as server:
        spec = server.add_spec(target, schedule={'cron': '@hourly', 'enabled': True})
        assert [item['specId'] for item in server.get('/api/schedules').expect(200)['items']] == [spec['id']]
        made = server.post('/api/schedules', {'specId': spec['id'], 'cron': '30 2 * * MON-FRI', 'timeZone': 'Europe/Berlin'}).expect(201)
        assert made['nextRunAt'] > '2026' and made['enabled'] and 'lastRunAt' not in made.json, made.json
        for body, pointer in (({'cron': '@daily'}, '/specId'), ({'specId': spec['id']}, '/cron'),
                              ({'specId': spec['id'], 'cron': '61 * * * *'}, '/cron'),
                              ({'specId': '6567f0a1b2c3d4e5f6a7b8c9', 'cron': '@daily'}, '/specId'),
                              ({'specId': spec['id'], 'cron': '@daily', 'timeZone': 'Mars/Olympus'}, '/timeZone')):
            assert server.post('/api/schedules', body).expect(422)['errors'][0]['pointer'] == pointer
        assert len(server.get('/api/schedules')['items']) == 2
        server.ask('DELETE', made.headers['Location']).expect(204)
        server.ask('DELETE', made.headers['Location']).expect(404)
        server.ask('DELETE', f'/api/schedules/{spec["id"]}').expect(204)  # goes out of the spec, too
        assert not server.get(f'/api/specs/{spec["id"]}').json.get('schedule', {}).get('enabled')


def test_methods_are_told(folder):
    with Server(folder) as server:
        answer = server.ask('OPTIONS', '/api/specs', checked=False).expect(204)
        assert answer.headers['Allow'] == 'GET, HEAD, POST, OPTIONS'
        answer = server.ask('PATCH', '/api/specs', {}, checked=False).expect(405)
        assert answer.headers['Allow'] == 'GET, HEAD, POST, OPTIONS'
        server.ask('OPTIONS', '/nowhere', checked=False).expect(404)
        assert server.get('/healthz').expect(200).json == {'status': 'ok'}


def test_the_document_names_every_route(folder):
    with Server(folder) as server:
        document = server.get('/api/openapi.json').expect(200).json
        assert document['openapi'].startswith('3.1')
        for path, operations in document['paths'].items():
            for method in operations:
                # Ids that there are not: whatever comes, it is documented, and not the answer of a missing route.
                concrete = path.replace('{id}', '6567f0a1b2c3d4e5f6a7b8c9').replace('{specId}', '0' * 24).replace('{other}', '1' * 24)
                answer = server.ask(method.upper(), concrete)
                assert answer.status not in (405, 500) and b'there is nothing here' not in answer.body, (method, path)
        names = [o['operationId'] for operations in document['paths'].values() for o in operations.values()]
        assert len(names) == len(set(names)) > 20


def test_the_end_waits_for_runs(folder):
    with Target(folder) as target, Server(folder) as server:
        run = server.start(server.add_spec(target, steady=600))
        server.wait(f'/api/runs/{run["id"]}', lambda now: now['progress']['requests'] > 0)
        assert server.stop(signal.SIGTERM) == 0
        assert 'Ending 1 run' in server.said()
    shown = cli(folder, 'runs', 'show', 'last', '--format', 'json').expect(0).json
    assert (shown['id'], shown['status'], shown['verdict']) == (run['id'], 'stopped', 'aborted'), shown


def test_the_unit_for_systemd(folder):
    """systemd takes every line of it, and what it starts ends as it would end it."""
    with open(os.path.join(TOP, 'data/loadforge.service'), encoding='utf-8') as file:
        unit = file.read()
    assert 'ExecStart=loadforge-cli serve\n' in unit and 'KillMode=mixed' in unit, unit
    path = os.path.join(folder, 'loadforge.service')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(unit.replace('ExecStart=loadforge-cli', f'ExecStart={PROGRAM}'))
    done = subprocess.run(['systemd-analyze', 'verify', '--man=no', path], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, ''), done


HISTOGRAM = 'HISTFAAA' + 'A' * 4000


def add_long_run(folder, run, seconds):
    """Samples of @seconds as another LoadForge would have left them."""
    base = sqlite3.connect(os.path.join(folder, 'data/loadforge/loadforge.db'))
    base.execute('DELETE FROM samples WHERE run_id = ?', (run['id'],))
    for minute in range(seconds // 60 + 1):
        lines = ''.join(json.dumps({'runId': run['id'], 't': t, 'step': step, 'completed': t, 'duration': {'p50': 1.5},
                                    'histograms': {'duration': HISTOGRAM}}) + '\n'
                        for t in range(max(minute * 60, 1), min(minute * 60 + 60, seconds + 1)) for step in (-1, 0, 1))
        base.execute('INSERT INTO samples (run_id, bucket, lines) VALUES (?, ?, ?)',
                     (run['id'], f'{run["id"]}:{minute:08}', lines))
    base.commit()
    base.close()


def test_samples_of_a_long_run_come_in_pages(folder):
    """A page costs what is on it, however long the run was."""
    frugal = {'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':quarantine_size_mb=1'}  # else what was freed counts, too
    with Target(folder) as target, Server(folder, env=frugal) as server:
        run = server.finish(server.start(server.add_spec(target)))
        add_long_run(folder, run, 6000)
        place = f'/api/runs/{run["id"]}/samples'
        server.get(place + '?limit=10').expect(200)  # what a first answer needs is there then
        before = peak(server)
        first = server.get(place + '?limit=100').expect(200).json
        assert len(first['items']) == 102 and first['next'] == '34', first['next']  # a second is never cut
        assert [(s['t'], s['step']) for s in first['items'][:4]] == [(1, -1), (1, 0), (1, 1), (2, -1)]
        assert 'histograms' not in first['items'][0]
        second = server.get(f'{place}?limit=100&cursor={first["next"]}').expect(200).json
        assert second['items'][0]['t'] == 35, second['items'][0]
        large = server.get(f'{place}?limit=600&histograms=true&step=0&cursor=5000').expect(200).json
        assert [s['t'] for s in large['items']] == list(range(5001, 5601)) and large['next'] == '5600'
        assert large['items'][0]['histograms']['duration'] == HISTOGRAM
        last = server.get(f'{place}?step=-1&cursor=5990').expect(200).json
        assert [s['t'] for s in last['items']] == list(range(5991, 6001)) and last['next'] is None
        none = server.get(f'{place}?cursor=6000').expect(200).json
        assert none == {'items': [], 'next': None}
        packed = server.get(place + '?limit=100', headers={'Accept-Encoding': 'gzip'}).expect(200)
        assert packed.headers['Content-Encoding'] == 'gzip' and json.loads(gzip.decompress(packed.body)) == first
        assert peak(server) - before < 48 * 1024, (before, peak(server))  # the run is 72 MB in the store
        whole, cursor = [], None
        while cursor is not None or not whole:
            page = server.get(place + '?step=1&limit=2500' + (f'&cursor={cursor}' if cursor else '')).expect(200).json
            whole, cursor = whole + page['items'], page['next']
        assert [s['t'] for s in whole] == list(range(1, 6001))
        server.get('/api/runs/0123456789abcdef01234567/samples').expect(404)
        assert server.ask('HEAD', place).expect(200).body == b''


def peak(server):
    with open(f'/proc/{server.process.pid}/status', encoding='ascii') as file:
        return int([line.split()[1] for line in file if line.startswith('VmHWM')][0])  # KiB


def test_the_lines_in_readme(folder):
    with open(os.path.join(TOP, 'README.md'), encoding='utf-8') as file:
        readme = file.read()
    with open(os.path.join(folder, 'README.md'), 'w', encoding='utf-8') as file:
        file.write(readme)
    lines = readme.split('## From elsewhere')[1].split('```sh\n')[1].split('```')[0].splitlines()
    assert lines[0].startswith('URL=') and len(lines) == 6, lines
    with Target(folder) as target, Server(folder) as server:
        # As they stand; only where both listen is not the usual place here.
        script = f'URL={server.url} TARGET={target.url}/anything\n' + '\n'.join(lines[1:])
        done = subprocess.run(['sh', '-euc', script], cwd=folder, check=True, capture_output=True, text=True, timeout=PATIENCE)
        assert done.stdout == done.stderr == '', done
        run = server.get('/api/runs')['items'][0]
        assert run['specName'] == 'From CI' and run['verdict'] == 'passed', run
        assert run['summary']['data']['sent'] > run['summary']['requests']['total'] * len(readme), run
        with open(os.path.join(folder, 'run.csv'), encoding='utf-8') as file:
            assert len(file.readlines()) > 4


def test_numbers_for_prometheus(folder):
    with Target(folder) as target, Server(folder) as server:
        run = server.start(server.add_spec(target, name='a "quoted"\\ name'))
        total = server.finish(run)['summary']['requests']['total']
        answer = server.get('/metrics').expect(200)
        families = read_metrics(answer.body.decode())
        labels = {'run': run['id'], 'spec': 'a "quoted"\\ name'}
        assert families['loadforge_http_reqs'][('loadforge_http_reqs_total', frozenset(labels.items()))] == total
        buckets = sorted((float(dict(key)['le']), value) for (name, key), value
                         in families['loadforge_http_req_duration_seconds'].items() if name.endswith('_bucket'))
        assert [count for _, count in buckets] == sorted(count for _, count in buckets) and buckets[-1] == (float('inf'), total)
        whole = [value for (name, _), value in families['loadforge_http_req_duration_seconds'].items() if name.endswith('_sum')]
        assert 0 < whole[0] < 10, whole


def read_metrics(text):
    """A strict reader of OpenMetrics 1.0: families do not mix, samples follow their TYPE, labels are escaped."""
    suffixes = {'counter': ('_total',), 'gauge': ('',), 'info': ('_info',), 'histogram': ('_bucket', '_sum', '_count')}
    families, current, kind = {}, None, None
    lines = text.split('\n')
    assert lines[-2:] == ['# EOF', '']
    for line in lines[:-2]:
        meta = re.fullmatch(r'# (TYPE|HELP|UNIT) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)', line)
        if meta and meta[1] == 'TYPE':
            current, kind = meta[2], meta[3]
            assert current not in families and kind in suffixes, line
            families[current] = {}
        elif meta:
            assert meta[2] == current and (meta[1] != 'UNIT' or current.endswith('_' + meta[3])), line
        else:
            sample = re.fullmatch(r'([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)', line)
            assert sample and current and sample[1] in [current + suffix for suffix in suffixes[kind]], line
            labels = re.findall(r'([a-z_]+)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)', sample[2] or '')
            assert ','.join(f'{name}="{value}"' for name, value in labels) == (sample[2] or ''), line
            key = (sample[1], frozenset((name, re.sub(r'\\(.)', r'\1', value)) for name, value in labels))
            assert key not in families[current], line
            families[current][key] = float(sample[3])
    return families


main(globals())
