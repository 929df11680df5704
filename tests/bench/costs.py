"""What LoadForge itself costs: memory of idle users, a long soak, instructions per request."""
import glob
import json
import os
import re
import signal
import subprocess
import tempfile
import time

from machine import CLI, CLIENT_CORE, peak_memory, pinned
from peers import Job, spec_of


def resident(url, users, transport):
    """KiB while all users have connected and think."""
    spec = spec_of(Job(url=url, users=users, seconds=30), transport)
    spec['request']['thinkTime'] = {'min': 60, 'max': 60}
    spec['gracefulStop'] = 0
    with tempfile.NamedTemporaryFile('w', suffix='.json') as file:
        json.dump(spec, file)
        file.flush()
        process = subprocess.Popen(pinned(CLIENT_CORE, [CLI, 'run', file.name, '--workers', '1', '--store', 'none', '--quiet']),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(6)
        memory = peak_memory(process.pid, 'VmRSS')
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        process.wait(30)
    return memory


def idle_users(server, few=100, many=5100):
    """KiB that one more user takes."""
    return {transport: (resident(server.url(), many, transport) - resident(server.url(), few, transport)) / (many - few)
            for transport in ('auto', 'curl')}


def soak(server, seconds, rate=10000):
    """Memory and open files of the generator, every few seconds of a long run."""
    with tempfile.NamedTemporaryFile('w', suffix='.json') as file, tempfile.NamedTemporaryFile('r') as out:
        spec = spec_of(Job(url=server.url(), users=200, seconds=seconds, rate=rate), 'auto')
        spec['loadProfile']['maxVUs'] = 200  # a machine that is busy at times would open more, and memory would follow
        json.dump(spec, file)
        file.flush()
        process = subprocess.Popen(pinned(CLIENT_CORE, [CLI, 'run', file.name, '--workers', '1', '--store', 'none', '--quiet',
                                                        '--summary', out.name]), stderr=subprocess.DEVNULL)
        looks = []
        while process.poll() is None:
            try:
                looks.append({'t': time.monotonic(), 'rss_kib': peak_memory(process.pid, 'VmRSS'),
                              'files': len(os.listdir(f'/proc/{process.pid}/fd'))})
            except (OSError, TypeError):
                break  # it has just ended
            time.sleep(min(5, seconds / 20))
        process.wait()
        summary = json.load(out)
    inside = looks[len(looks) // 10:-1]  # without start and end
    return {'seconds': seconds, 'requests': summary['requests']['total'], 'failed': summary['requests'].get('failed', 0),
            'dropped': summary.get('droppedIterations', 0), 'generator': summary['generator'],
            'rss_first_kib': inside[0]['rss_kib'], 'rss_last_kib': inside[-1]['rss_kib'],
            'rss_most_kib': max(look['rss_kib'] for look in inside),
            'files_first': inside[0]['files'], 'files_last': inside[-1]['files']}


def instructions(url, iterations, folder):
    """Those of our own code in the workers, as callgrind counts them: the program's object file without what is linked to it."""
    spec = spec_of(Job(url=url, users=64, seconds=1), 'auto')
    spec['loadProfile'] = {'executor': 'shared-iterations', 'vus': 64, 'iterations': iterations, 'duration': 120}
    path, out = os.path.join(folder, 'callgrind.json'), os.path.join(folder, f'callgrind.{iterations}')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(spec, file)
    subprocess.run(['valgrind', '--tool=callgrind', '--separate-threads=yes', f'--callgrind-out-file={out}', CLI, 'run', path,
                    '--workers', '1', '--store', 'none', '--quiet'], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    own = {}
    for path in sorted(glob.glob(f'{out}-*'))[1:]:  # the first thread is the main loop, which works by the second
        text = subprocess.run(['callgrind_annotate', '--threshold=100', path], check=True, stdout=subprocess.PIPE, text=True).stdout
        for found in re.finditer(r'^\s*([\d,]+)\s+\([ \d.]+%\)\s+(\S+)\s+\[(.*)\]', text, re.M):
            if os.path.basename(found[3]) == 'loadforge-cli':
                name = found[2].split(':')[-1]
                own[name] = own.get(name, 0) + int(found[1].replace(',', ''))
    return own


def own_instructions(server, few=5000, many=45000):
    """Per request: the difference of two runs, so that starting up cancels out."""
    with tempfile.TemporaryDirectory() as folder:
        a, b = (instructions(server.url(), n, folder) for n in (few, many))
    by_function = {name: (b[name] - a.get(name, 0)) / (many - few) for name in b}
    top = sorted(by_function.items(), key=lambda item: -item[1])[:15]
    return {'per_request': sum(by_function.values()), 'functions': {name: round(cost, 1) for name, cost in top if cost >= 1}}


