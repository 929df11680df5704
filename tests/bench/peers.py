"""The load testers that are compared: each takes a job and gives {requests, failed, seconds, user, system, rss}.

A client that cannot do a job (a fixed rate, HTTP/2) gives None. Versions: versions().
"""
import json
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass

from machine import CLI, TOOLS, measured


@dataclass(frozen=True)
class Job:
    url: str
    users: int
    seconds: int
    rate: int = 0        # requests per second; 0: as fast as they come back
    body: str = ''       # a file to POST
    http2: bool = False


def find(name):
    """A program of build/bench-tools before one of the system's."""
    for folder in ('bin', 'node_modules/.bin'):
        path = os.path.join(TOOLS, folder, name)
        if os.access(path, os.X_OK):
            return path
    return shutil.which(name)


def first_json(text):
    return json.JSONDecoder().raw_decode(text[text.index('{'):])[0]


def spec_of(job, transport):
    step = {'method': 'POST' if job.body else 'GET', 'url': job.url}
    if job.body:
        step['body'] = {'type': 'file', 'file': job.body}
    http = {'transport': transport, 'tls': {'verify': False}, 'version': '2' if job.http2 else '1.1'}
    profile = {'executor': 'constant-vus', 'vus': job.users, 'duration': job.seconds}
    if job.rate:
        profile = {'executor': 'constant-arrival-rate', 'rate': job.rate, 'duration': job.seconds,
                   'preAllocatedVUs': job.users, 'maxVUs': 10 * job.users}
    return {'name': 'bench', 'http': http, 'request': step, 'loadProfile': profile}


def loadforge(job, transport='auto', workers=1, cores=None):
    with tempfile.NamedTemporaryFile('w', suffix='.json') as file:
        json.dump(spec_of(job, transport), file)
        file.flush()
        options = {'cores': cores} if cores else {}
        result = measured([CLI, 'run', file.name, '--workers', str(workers), '--store', 'none', '--quiet', '--summary', '-'], **options)
    summary = first_json(result['out'])
    return {**result, 'requests': summary['requests']['total'], 'failed': summary['requests'].get('failed', 0),
            'seconds': summary['duration'], 'summary': summary}


def loadforge_curl(job):
    return loadforge(job, 'curl')


def parse_wrk(text):
    found = re.search(r'(\d+) requests in ([\d.]+)(ms|s|m)', text)
    errors = re.search(r'Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)', text)
    bad = re.search(r'Non-2xx or 3xx responses: (\d+)', text)
    return {'requests': int(found[1]), 'seconds': float(found[2]) * {'ms': 0.001, 's': 1, 'm': 60}[found[3]],
            'failed': (sum(int(n) for n in errors.groups()) if errors else 0) + (int(bad[1]) if bad else 0)}


def wrk(job):
    if job.rate or job.http2:
        return None
    command = [find('wrk'), '-t1', f'-c{job.users}', f'-d{job.seconds}s']
    with tempfile.NamedTemporaryFile('w', suffix='.lua') as script:
        if job.body:
            script.write(f'wrk.method = "POST"\nwrk.body = io.open("{job.body}", "rb"):read("*a")\n')
            script.flush()
            command += ['-s', script.name]
        result = measured(command + [job.url])
    return {**result, **parse_wrk(result['out'])}


def parse_h2load(text):
    found = re.search(r'finished in ([\d.]+)(ms|s|m)', text)
    counts = re.search(r'requests: (\d+) total, \d+ started, (\d+) done, \d+ succeeded, (\d+) failed', text)
    return {'requests': int(counts[2]), 'failed': int(counts[3]),
            'seconds': float(found[1]) * {'ms': 0.001, 's': 1, 'm': 60}[found[2]]}


def h2load(job):
    if job.rate:
        return None
    command = [find('h2load'), '-t1', f'-c{job.users}', f'-D{job.seconds}'] + ([] if job.http2 else ['--h1'])
    result = measured(command + (['-d', job.body] if job.body else []) + [job.url])
    return {**result, **parse_h2load(result['out'])}


def parse_ab(text):
    return {'requests': int(re.search(r'Complete requests:\s+(\d+)', text)[1]),
            'failed': int(re.search(r'Failed requests:\s+(\d+)', text)[1]),
            'seconds': float(re.search(r'Time taken for tests:\s+([\d.]+)', text)[1])}


def ab(job):
    if job.rate or job.http2:
        return None
    command = [find('ab'), '-k', '-q', '-c', str(job.users), '-t', str(job.seconds), '-n', '2000000']
    if job.body:
        command += ['-p', job.body, '-T', 'application/octet-stream']
    result = measured(command + [job.url])
    return {**result, **parse_ab(result['out'])}


def parse_hey(text):
    answers = [(code, int(n)) for code, n in re.findall(r'\[(\d\d\d)\]\s+(\d+) responses', text)]
    errors = text[text.index('Error distribution'):] if 'Error distribution' in text else ''
    refused = sum(n for code, n in answers if not code.startswith('2'))
    return {'requests': sum(n for _, n in answers), 'failed': refused + sum(int(n) for n in re.findall(r'^\s+\[(\d+)\]', errors, re.M)),
            'seconds': float(re.search(r'Total:\s+([\d.]+)', text)[1])}


def hey(job):
    if job.rate:
        return None
    command = [find('hey'), '-z', f'{job.seconds}s', '-c', str(job.users)] + (['-h2'] if job.http2 else [])
    if job.body:
        command += ['-m', 'POST', '-D', job.body]
    result = measured(command + [job.url])
    return {**result, **parse_hey(result['out'])}


def parse_autocannon(text):
    seen = first_json(text)
    return {'requests': seen['requests']['total'], 'failed': seen['errors'] + seen['non2xx'], 'seconds': seen['duration']}


def autocannon(job):
    if job.http2:
        return None
    command = [find('autocannon'), '-j', '-n', '-c', str(job.users), '-d', str(job.seconds)]
    if job.rate:
        command += ['-R', str(job.rate)]
    if job.body:
        command += ['-m', 'POST', '-i', job.body]
    result = measured(command + [job.url])
    return {**result, **parse_autocannon(result['out'])}


K6 = '''import http from 'k6/http';
const body = {body};
export const options = {{ discardResponseBodies: true, insecureSkipTLSVerify: true, scenarios: {{ s: {scenario} }} }};
export default function () {{ body ? http.post('{url}', body) : http.get('{url}'); }}
'''


def parse_k6(summary, seconds):
    metrics = summary['metrics']
    failed = metrics['http_req_failed']
    return {'requests': metrics['http_reqs']['count'], 'failed': failed.get('passes', 0), 'seconds': seconds}


def k6(job):
    scenario = {'executor': 'constant-vus', 'vus': job.users, 'duration': f'{job.seconds}s'}
    if job.rate:
        scenario = {'executor': 'constant-arrival-rate', 'rate': job.rate, 'duration': f'{job.seconds}s',
                    'preAllocatedVUs': job.users, 'maxVUs': 10 * job.users}
    body = f"open('{job.body}', 'b')" if job.body else 'null'
    environment = dict(os.environ)
    if not job.http2:
        environment['GODEBUG'] = 'http2client=0'
    with tempfile.TemporaryDirectory() as folder:
        with open(f'{folder}/s.js', 'w', encoding='utf-8') as file:
            file.write(K6.format(body=body, scenario=json.dumps(scenario), url=job.url))
        result = measured([find('k6'), 'run', '--quiet', '--no-usage-report', '--address', '', f'--summary-export={folder}/o.json',
                           f'{folder}/s.js'], env=environment)
        with open(f'{folder}/o.json', encoding='utf-8') as file:
            return {**result, **parse_k6(json.load(file), job.seconds)}


def parse_vegeta(text):
    seen = json.loads(text)
    answered = sum(count for code, count in seen['status_codes'].items() if code.startswith('2'))
    return {'requests': answered, 'failed': seen['requests'] - answered, 'seconds': (seen['duration'] + seen['wait']) / 1e9}


def vegeta(job):
    with tempfile.TemporaryDirectory() as folder:
        target = f'{folder}/targets'
        with open(target, 'w', encoding='utf-8') as file:
            file.write(f"{'POST' if job.body else 'GET'} {job.url}\n" + (f'@{job.body}\n' if job.body else ''))
        command = [find('vegeta'), 'attack', f'-targets={target}', f'-duration={job.seconds}s', f'-output={folder}/o', '-insecure',
                   f'-http2={str(job.http2).lower()}', f'-rate={job.rate}', f'-workers={job.users}', f'-connections={job.users}']
        result = measured(command + ([] if job.rate else [f'-max-workers={job.users}']))
        report = subprocess.run([find('vegeta'), 'report', '-type=json', f'{folder}/o'], stdout=subprocess.PIPE, text=True, check=True)
    return {**result, **parse_vegeta(report.stdout)}


def parse_oha(text):
    seen = first_json(text)
    codes = seen['statusCodeDistribution']
    refused = sum(count for code, count in codes.items() if not code.startswith('2'))
    errors = sum(count for text, count in seen.get('errorDistribution', {}).items() if 'deadline' not in text)
    return {'requests': sum(codes.values()), 'failed': refused + errors, 'seconds': seen['summary']['total']}


def oha(job):
    command = [find('oha'), '--no-tui', '--output-format', 'json', '--insecure', '-c', str(job.users), '-z', f'{job.seconds}s']
    command += ['--http2'] if job.http2 else []
    command += ['-q', str(job.rate)] if job.rate else []
    command += ['-m', 'POST', '-D', job.body] if job.body else []
    result = measured(command + [job.url])
    return {**result, **parse_oha(result['out'])}


CLIENTS = {'loadforge': loadforge, 'loadforge (curl)': loadforge_curl, 'wrk': wrk, 'h2load': h2load, 'ab': ab, 'hey': hey,
           'autocannon': autocannon, 'k6': k6, 'vegeta': vegeta, 'oha': oha}


def installed():
    return {name: call for name, call in CLIENTS.items() if name.startswith('loadforge') or find(name)}


def versions():
    """What each says of itself, in a word or two."""
    asks = {'loadforge': [CLI, '--version'], 'wrk': [find('wrk'), '-v'], 'h2load': [find('h2load'), '--version'], 'ab': [find('ab'), '-V'],
            'autocannon': [find('autocannon'), '--version'], 'k6': [find('k6'), 'version'], 'vegeta': [find('vegeta'), '-version'],
            'oha': [find('oha'), '--version'], 'nginx': [shutil.which('nginx') or '/usr/sbin/nginx', '-v']}
    seen = {}
    for name, command in asks.items():
        if command[0]:
            result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            found = re.search(r'\d+\.\d+(\.\d+)?', result.stdout)
            seen[name] = found[0] if found else '?'
    return seen
