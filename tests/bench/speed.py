"""LoadForge beside its peers: the same job for each, in interleaved rounds; medians count."""
import dataclasses
import os
import statistics
import sys
import tempfile

import peers
from peers import Job
from servers import Nginx, Target


def median_of(results, measure):
    return statistics.median(measure(result) for result in results)


def lag_of(results):
    """How late requests left, by our own count: p50, p99, max. Peers do not tell."""
    generators = [result['summary']['generator'] for result in results if 'summary' in result]
    return [statistics.median(generator.get(key, 0) for generator in generators) for key in ('lagP50', 'lagP99', 'lagMax')] if generators else None


def row_of(name, results):
    """None where the client cannot do the job."""
    results = [result for result in results if result is not None and result['requests'] > 0]
    if not results:
        return None
    return {'client': name,
            'rate': median_of(results, lambda r: r['requests'] / r['seconds']),
            'cpu_us': median_of(results, lambda r: 1e6 * (r['user'] + r['system']) / r['requests']),
            'user_us': median_of(results, lambda r: 1e6 * r['user'] / r['requests']),
            'cpu_percent': median_of(results, lambda r: 100 * (r['user'] + r['system']) / r['seconds']),
            'rss_mib': median_of(results, lambda r: r['rss'] / 1024),
            'lag_ms': lag_of(results), 'failed': sum(r['failed'] for r in results)}


def attempt(call, job):
    """A peer that breaks down is left out of the round, and told."""
    try:
        return call(job)
    except (AttributeError, KeyError, ValueError, TypeError, OSError) as error:
        print(f'bench: {call.__name__} at {job.users} users: {error!r}', file=sys.stderr, flush=True)
        return None


def side_by_side(job, url, rounds, only=None):
    """Every client in every round, the other way round in every second; @url is called for each."""
    clients = [(name, call) for name, call in peers.installed().items() if only is None or name in only]
    seen = {name: [] for name, _ in clients}
    for number in range(rounds):
        for name, call in clients[::-1] if number % 2 else clients:
            seen[name].append(attempt(call, dataclasses.replace(job, url=url())))
    rows = [row_of(name, results) for name, results in seen.items()]
    return [row for row in rows if row is not None]


def difference(short, long):
    """What the longer run has on top."""
    return {**long, **{key: long[key] - short[key] for key in ('requests', 'seconds', 'user', 'system')}}


class Bench:
    """One nginx and one folder for all parts."""

    def __init__(self, rounds, seconds):
        self.rounds, self.seconds = rounds, seconds

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.server = Nginx(self.folder.name)
        self.body = os.path.join(self.folder.name, 'body')
        with open(self.body, 'wb') as file:
            file.write(os.urandom(65536))
        return self

    def __exit__(self, *_):
        self.server.stop()
        self.folder.cleanup()

    def run(self, users, only=None, path='/', tls=False, **job):
        rows = side_by_side(Job(url='', users=users, seconds=self.seconds, **job), lambda: self.server.url(path, tls), self.rounds, only)
        return [{'users': users, **row} for row in rows]

    def speed(self, sizes):
        return [row for users in sizes for row in self.run(users)]

    def answers(self, users=64):
        return {size: self.run(users, path=f'/{size}') for size in ('1k', '64k')}

    def upload(self, users=64):
        return self.run(users, body=self.body)

    def tls(self, users=64):
        return self.run(users, tls=True)

    def http2(self, users=64):
        return self.run(users, only=('loadforge', 'h2load', 'hey', 'k6', 'vegeta', 'oha'), tls=True, http2=True)

    def fixed_rate(self, rate=10000, users=100):
        only = ('loadforge', 'loadforge (curl)', 'autocannon', 'k6', 'vegeta', 'oha')
        return self.run(users, only, rate=rate)

    def scale(self, sizes=(64, 500, 2000, 5000, 10000)):
        """CPU of one more request by users, and of two workers beside one."""
        rows = [row for users in sizes for row in self.marginal(users, ('loadforge', 'loadforge (curl)', 'wrk'))]
        return {'users': rows, 'workers': [row_of(f'{n} workers', self.with_workers(n)) for n in (1, 2)]}

    def marginal(self, users, names):
        """Of a run beside one of a third of its length: starting, and connecting thousands of users, cancel out."""
        clients = {name: call for name, call in peers.installed().items() if name in names}
        seen = {name: [] for name in clients}
        for _ in range(self.rounds):
            for name, call in clients.items():
                pair = [attempt(call, Job(url=self.server.url(), users=users, seconds=n * self.seconds)) for n in (1, 3)]
                seen[name].append(None if None in pair else difference(*pair))
        return [{**row, 'users': users} for row in (row_of(name, results) for name, results in seen.items()) if row is not None]

    def with_workers(self, n, users=500):
        jobs = [Job(url=self.server.url(), users=users, seconds=self.seconds) for _ in range(self.rounds)]
        return [peers.loadforge(job, workers=n, cores='0,1') for job in jobs]


def owners_test(rate=10000, seconds=30):
    """10,000 req/s to http://localhost:8080/anything of the bundled target, as the project's owner asked for."""
    try:
        server = Target(listen='127.0.0.1:8080')
    except TypeError:  # nothing was printed: the port is taken
        server = Target()
    try:
        url = f'http://localhost:{server.port}/anything'
        result = peers.loadforge(Job(url=url, users=100, seconds=seconds, rate=rate))
    finally:
        server.stop()
    summary = result['summary']
    return {'url': url, 'requests': result['requests'], 'failed': result['failed'], 'dropped': summary.get('droppedIterations', 0),
            'cpu_percent': 100 * (result['user'] + result['system']) / result['seconds'], 'generator': summary['generator'],
            'rate': result['requests'] / result['seconds'], 'verdict': summary['verdict'],
            'p99_ms': summary['latency']['responseTime']['p99']}
