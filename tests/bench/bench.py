"""Measures LoadForge beside its peers, on one machine, in interleaved rounds; medians count.

Client and target are pinned to different cores. All load goes to servers started here, on loopback,
for a bounded time. Writes build/bench/results.md and results.json.
"""
import argparse
import json
import os
import re
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CLI = os.path.join(TOP, 'build/release/src/cli/loadforge-cli')
APP = os.path.join(TOP, 'build/release/src/ui/loadforge')
OUT = os.path.join(TOP, 'build/bench')
TARGET_CORE, CLIENT_CORE = '0', '1' if (os.cpu_count() or 1) > 1 else '0'


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def wait_for_port(port, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(('127.0.0.1', port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f'bench: nothing listens on port {port}')


class Nginx:
    """One worker that answers 200 to everything."""

    def __init__(self, folder):
        self.port = free_port()
        config = os.path.join(folder, 'nginx.conf')
        with open(config, 'w', encoding='utf-8') as file:
            file.write(f'''worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
worker_rlimit_nofile 20000;
events {{ worker_connections 12000; multi_accept on; }}
http {{ access_log off; keepalive_requests 1000000000; keepalive_timeout 600;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{self.port} backlog=8192 reuseport; return 200 "ok"; }} }}''')
        self.process = subprocess.Popen(['taskset', '-c', TARGET_CORE, shutil.which('nginx') or '/usr/sbin/nginx',
                                         '-c', config], stderr=subprocess.DEVNULL)
        wait_for_port(self.port)

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}/'

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Target:
    """The bundled target server."""

    def __init__(self, core=TARGET_CORE):
        self.process = subprocess.Popen(['taskset', '-c', core, CLI, 'target', '--listen', '127.0.0.1:0'],
                                        stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r':(\d+)', self.process.stdout.readline().split('//')[-1])[1])

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}/anything'

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def timed(command, **options):
    """Runs it pinned to the client's core; its output, CPU seconds and peak memory (KiB)."""
    process = subprocess.Popen(['taskset', '-c', CLIENT_CORE] + command, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, **options)
    out, err = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return {'out': out, 'err': err, 'code': process.returncode,
            'user': usage.ru_utime, 'system': usage.ru_stime, 'rss': usage.ru_maxrss}


def loadforge(url, users, seconds):
    result = timed([CLI, 'run', '--url', url, '--users', str(users), '--ramp-up', '0', '--steady', str(seconds),
                    '--ramp-down', '0', '--workers', '1', '--store', 'none', '--quiet', '--summary', '-'])
    text = result['out']
    summary = json.JSONDecoder().raw_decode(text[text.index('{'):])[0]
    return {**result, 'requests': summary['requests']['total'], 'failed': summary['requests'].get('failed', 0),
            'seconds': summary['duration']}


def wrk(url, users, seconds):
    result = timed(['wrk', '-t1', f'-c{users}', f'-d{seconds}s', url])
    found = re.search(r'(\d+) requests in ([\d.]+)(m?s)', result['out'])
    return {**result, 'requests': int(found[1]), 'failed': 0,
            'seconds': float(found[2]) / (1000 if found[3] == 'ms' else 1)}


def h2load(url, users, seconds):
    result = timed(['h2load', '--h1', '-t1', f'-c{users}', f'-D{seconds}', url])
    found = re.search(r'requests: (\d+) total', result['out'])
    return {**result, 'requests': int(found[1]), 'failed': 0, 'seconds': seconds}


def hey(url, users, seconds):
    result = timed(['hey', '-z', f'{seconds}s', '-c', str(users), url], env={**os.environ, 'GOMAXPROCS': '1'})
    total, duration = re.search(r'\[200\]\s+(\d+)', result['out']), re.search(r'Total:\s+([\d.]+)', result['out'])
    return {**result, 'requests': int(total[1]), 'failed': 0, 'seconds': float(duration[1])}


CLIENTS = {'loadforge': loadforge, 'wrk': wrk, 'h2load': h2load, 'hey': hey}


def speed(rounds, seconds, sizes):
    clients = {name: call for name, call in CLIENTS.items() if name == 'loadforge' or shutil.which(name)}
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        server = Nginx(folder)
        try:
            for users in sizes:
                seen = {name: [] for name in clients}
                for _ in range(rounds):
                    for name, call in clients.items():
                        seen[name].append(call(server.url, users, seconds))
                for name, results in seen.items():
                    rows.append({'users': users, 'client': name,
                                 'rate': statistics.median(r['requests'] / r['seconds'] for r in results),
                                 'cpu_us': statistics.median(1e6 * (r['user'] + r['system']) / r['requests'] for r in results),
                                 'user_us': statistics.median(1e6 * r['user'] / r['requests'] for r in results),
                                 'rss_mib': statistics.median(r['rss'] / 1024 for r in results),
                                 'failed': sum(r['failed'] for r in results)})
        finally:
            server.stop()
    return rows


def target_speed(rounds, seconds):
    if not shutil.which('wrk'):
        return None
    server = Target()
    try:
        return statistics.median(r['requests'] / r['seconds'] for r in (wrk(server.url, 64, seconds) for _ in range(rounds)))
    finally:
        server.stop()


def upload(users=500, seconds=30):
    """A 25 MiB body from many users at once: memory, and whether it arrives whole."""
    with tempfile.TemporaryDirectory() as folder:
        body = os.path.join(folder, 'body.bin')
        with open(body, 'wb') as file:
            file.write(os.urandom(25 * 1024 * 1024))
        spec = os.path.join(folder, 'upload.loadforge.json')
        server = Target()
        try:
            with open(spec, 'w', encoding='utf-8') as file:
                json.dump({'name': 'Upload', 'request': {'method': 'POST', 'url': server.url,
                                                         'body': {'type': 'file', 'file': 'body.bin'}},
                           'loadProfile': {'rampUp': 0, 'users': users, 'steady': seconds, 'rampDown': 0}}, file)
            result = timed([CLI, 'run', spec, '--store', f'sqlite:{folder}/db', '--quiet', '--summary', '-'])
            text = result['out']
            summary = json.JSONDecoder().raw_decode(text[text.index('{'):])[0]
            return {'users': users, 'seconds': summary['duration'], 'requests': summary['requests']['total'],
                    'failed': summary['requests'].get('failed', 0), 'rss_mib': result['rss'] / 1024,
                    'sent_gib': summary['data']['sent'] / 2**30}
        finally:
            server.stop()


def on_desktop(script, *arguments):
    """What a script prints that runs the application on a desktop of its own."""
    if not os.path.exists(APP):
        return None
    return subprocess.run([os.path.join(TOP, 'tests/with-desktop'), '/usr/bin/python3', os.path.join(TOP, 'tests/bench', script),
                           *map(str, arguments)], stdout=subprocess.PIPE, text=True, check=True,
                          env={**os.environ, 'GSETTINGS_SCHEMA_DIR': os.path.join(TOP, 'build/release/data')}).stdout


def first_window(rounds):
    """Seconds from exec to a mapped window."""
    seen = on_desktop('first-window.py', APP, rounds)
    return seen and statistics.median(float(line) for line in seen.split())


def desktop(users=500, seconds=30):
    """The upload above, from the window: memory, and how long its main loop lets anybody wait."""
    seen = on_desktop('desktop.py', APP, CLI, users, seconds)
    return seen and json.loads(seen)


def table(rows):
    lines = ['| users | client | req/s | CPU µs per request (user) | peak memory, MiB | failed |', '| --- | --- | --- | --- | --- | --- |']
    for row in rows:
        lines.append(f"| {row['users']} | {row['client']} | {row['rate']:,.0f} | {row['cpu_us']:.2f} ({row['user_us']:.2f}) "
                     f"| {row['rss_mib']:.0f} | {row['failed']} |")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--seconds', type=int, default=5)
    parser.add_argument('--users', type=int, nargs='+', default=[1, 64, 500])
    parser.add_argument('--only', choices=['speed', 'target', 'upload', 'desktop', 'window'])
    arguments = parser.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    wanted = lambda part: arguments.only in (None, part)  # noqa: E731
    results, lines = {}, ['# LoadForge bench', '']
    if wanted('speed'):
        results['speed'] = speed(arguments.rounds, arguments.seconds, arguments.users)
        lines += [f'GET over keep-alive HTTP/1.1 to one nginx worker, one client core, medians of {arguments.rounds} '
                  f'interleaved rounds of {arguments.seconds} s.', ''] + table(results['speed']) + ['']
    if wanted('target'):
        results['target'] = target_speed(arguments.rounds, arguments.seconds)
        if results['target']:
            lines += [f"Bundled target, /anything, one core, 64 connections of wrk: {results['target']:,.0f} req/s.", '']
    if wanted('upload'):
        results['upload'] = upload()
        lines += ["25 MiB body, {users} users, {seconds:.0f} s: {requests} requests, {failed} failed, {sent_gib:.1f} GiB sent, "
                  "peak memory {rss_mib:.0f} MiB.".format(**results['upload']), '']
    if wanted('desktop'):
        results['desktop'] = desktop()
        if results['desktop']:
            lines += ['The same from the window: {requests} requests, {failed} failed (the target checks every digest), '
                      'peak memory {rss_peak_mib:.0f} MiB; charts moved at {charts_moved} and the console at {console_moved} '
                      'of {looks} looks.'.format(**results['desktop']),
                      'Asked every 20 ms, the window answered within {p50_ms:.1f} ms (median), {p99_ms:.0f} ms (p99), '
                      '{max_ms:.0f} ms (worst of {asked}).'.format(**results['desktop']['window']), '']
    if wanted('window'):
        results['window'] = first_window(max(3, arguments.rounds))
        if results['window']:
            lines += [f"First window on screen: {results['window']:.2f} s.", '']
    with open(os.path.join(OUT, 'results.json'), 'w', encoding='utf-8') as file:
        json.dump(results, file, indent=2)
    with open(os.path.join(OUT, 'results.md'), 'w', encoding='utf-8') as file:
        file.write('\n'.join(lines))
    print('\n'.join(lines))
    return 0


sys.exit(main())
