"""Stores that cannot be used, or no longer while a run goes on, and MongoDB."""
import json
import os
import re
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import time

from cli import PATIENCE, PROGRAM, Running, Skip, Target, cli, environment, main, spec, write
from mongo import Mongo

REFUSED = ['--url', 'http://127.0.0.1:1/', '--steady', '1']


def as_nobody(folder):
    """Who may not write everywhere, where the tests run as root; with a program that it may read."""
    if os.geteuid() != 0:
        return {}
    shutil.copy(PROGRAM, os.path.join(folder, 'program'))
    os.chmod(os.path.join(folder, 'program'), 0o755)
    return {'user': 65534, 'group': 65534, 'extra_groups': []}


def run_as(folder, who, *words):
    program = os.path.join(folder, 'program') if who else PROGRAM
    done = subprocess.run([program] + list(words), cwd=folder, env=environment(folder), check=False, text=True,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, **who)
    return done.returncode, done.stdout, done.stderr


class Disk:
    """A small file system in memory, which fills up at will. Where mounting is not allowed, what the kernel
    refuses alike: files that may not grow."""

    def __init__(self, folder, size):
        self.folder = os.path.join(folder, 'disk')
        self.filler = os.path.join(self.folder, 'filler')
        os.mkdir(self.folder)
        self.mounted = shutil.which('mount') is not None and subprocess.run(
            ['mount', '-t', 'tmpfs', '-o', f'size={size}', 'lf-test', self.folder],
            capture_output=True, check=False).returncode == 0

    def limit(self, size):
        """What a program is to be started with."""
        def set_limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

        return {} if self.mounted else {'preexec_fn': set_limit}

    def fill(self):
        if not self.mounted:
            return
        with open(self.filler, 'ab', buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                pass

    def free(self, process):
        if self.mounted:
            os.remove(self.filler)
        else:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.mounted:
            subprocess.run(['umount', '-l', self.folder], check=True)


def test_read_only_data_folder(folder):
    who = as_nobody(folder)
    data = os.path.join(folder, 'data')
    os.mkdir(data, 0o555)
    for words in (['run'] + REFUSED, ['runs', 'list'], ['specs', 'list']):
        code, out, err = run_as(folder, who, *words)
        assert code == 107 and out == '', (code, out, err)
        assert re.search(rf'{data}/loadforge cannot be (made|written).*Permission denied', err), err
        assert '--store' in err or 'another store' in err, err


def test_read_only_database(folder):
    cli(folder, 'specs', 'list').expect(0)
    who = as_nobody(folder)
    inner = os.path.join(folder, 'data', 'loadforge')
    for name in os.listdir(inner):
        os.chmod(os.path.join(inner, name), 0o444)
    for place, mode in ((os.path.dirname(inner), 0o755), (inner, 0o555)):
        os.chmod(place, mode)
    code, out, err = run_as(folder, who, 'run', *REFUSED)
    assert code == 107 and out == '', (code, out, err)
    assert re.search(r'loadforge\.db cannot be written \(Permission denied\); .*another store', err), err
    os.chmod(inner, 0o755)


def test_full_disk_is_told_before_the_run(folder):
    with Disk(folder, '64k') as disk:
        disk.fill()
        done = cli(folder, 'run', *REFUSED, '--store', f'sqlite:{disk.folder}/runs.db', **disk.limit(8192))
        done.expect(107, r'disk/runs\.db.*(free some space|ulimit -f)')
        assert done.out == '' and len(done.err.splitlines()) == 1, done


def start_on(disk, folder, target, *words):
    """A run whose store has room to begin with, and none after its first seconds."""
    store = f'sqlite:{disk.folder}/runs.db'
    cli(folder, 'runs', 'list', '--store', store).expect(0)
    size = os.path.getsize(os.path.join(disk.folder, 'runs.db')) + 8192
    return store, Running(folder, 'run', '--url', target.url, '--users', 1, '--store', store, *words,
                          **disk.limit(size))


def test_disk_that_fills_up_does_not_stop_the_run(folder):
    with Disk(folder, '4m') as disk, Target(folder) as target:
        store, run = start_on(disk, folder, target, '--steady', 5, '--summary', 'sum.json')
        with run:
            run.wait_for('^1 of 5 s')
            disk.fill()
            done = run.end()
        # The target was not to blame, and the result is there: but who asked to keep it has to know.
        done.expect(107, r'^warn: .*runs\.db.* The run goes on', r'^5 of 5 s', r'^error: .*not kept|kept on this computer only')
        assert 'Kept in' not in done.err
        assert re.search(r'verdict +passed', done.out), done
        with open(os.path.join(folder, 'sum.json'), encoding='utf-8') as file:
            assert json.load(file)['requests']['total'] == target.stop()
        if disk.mounted:
            disk.free(run.process)
        listed = cli(folder, 'runs', 'list', '--format', 'json', '--store', store).expect(0).json
        assert [one['status'] for one in listed] in (['interrupted'], []), listed


def test_disk_that_has_room_again_keeps_everything(folder):
    with Disk(folder, '4m') as disk, Target(folder) as target:
        store, run = start_on(disk, folder, target, '--steady', 600)
        with run:
            run.wait_for('^1 of 600 s')
            disk.fill()
            run.wait_for(r'^warn: .* The run goes on')
            disk.free(run.process)
            for _ in range(4):
                run.wait_for(r'^\d+ of 600 s')
            run.signal(signal.SIGINT)
            done = run.end().expect(105, 'Kept in')
        total = int(re.search(r'http_reqs +(\d+)', done.out)[1])
        assert total == target.stop() > 0
        kept = cli(folder, 'runs', 'export', 'last', '--format', 'json', '--store', store).expect(0).json
        assert sum(sample['completed'] for sample in kept['samples']) == total
        log = cli(folder, 'runs', 'show', 'last', '--log', '--store', store).expect(0).out
        assert 'The run goes on' in log and 'The store works again' in log, log


def test_file_that_is_no_database(folder):
    path = write(folder, 'notes.txt', 'These are notes.\n' * 1000)
    for words in (['run'] + REFUSED, ['runs', 'list'], ['specs', 'add', write(folder, 'a.json', spec('http://h/'))]):
        done = cli(folder, *words, '--store', f'sqlite:{path}').expect(107, r'notes\.txt.*not a LoadForge database', 'move it')
        assert done.out == '', done
    with open(path, encoding='utf-8') as file:
        assert file.read() == 'These are notes.\n' * 1000
    cli(folder, 'runs', 'list', '--store', f'sqlite:{folder}').expect(107, 'irectory')


def test_database_of_a_newer_version(folder):
    cli(folder, 'specs', 'list', '--store', 'sqlite:new.db').expect(0)
    database = sqlite3.connect(os.path.join(folder, 'new.db'))
    database.execute('PRAGMA user_version = 999')
    database.commit()
    database.close()
    for words in (['run'] + REFUSED, ['runs', 'list']):
        cli(folder, *words, '--store', 'sqlite:new.db').expect(107, r'new\.db.*newer')


def test_uris_that_name_no_store(folder):
    for uri in ('', 'runs.db', 'sqlite:', 'mysql://root:hidden@host/db', 'mongodb://', 'http://host/'):
        done = cli(folder, 'runs', 'list', '--store', uri).expect(104)
        assert 'hidden' not in done.err and len(done.err) > 20, done
    cli(folder, 'runs', 'list', '--store', 'none').expect(104, '--store none')
    cli(folder, 'specs', 'add', 'a.json', '--store', 'none').expect(104, '--store none')


def test_runs_that_are_not_there(folder):
    cli(folder, 'runs', 'list').expect(0, 'No such runs yet')
    assert cli(folder, 'runs', 'list', '--format', 'json').expect(0).json == []
    cli(folder, 'runs', 'show', 'last').expect(104, 'no run in sqlite:')
    for name in ('0123456789abcdef01234567', 'nonsense', '', '../x'):
        cli(folder, 'runs', 'show', name).expect(104, 'is no run in sqlite:.*runs list')
        cli(folder, 'runs', 'export', name, '--output', 'x.csv').expect(104, 'is no run')
    assert not os.path.exists(os.path.join(folder, 'x.csv'))
    cli(folder, 'runs', 'list', '--spec', 'nobody').expect(104, 'nobody.*specs list')
    cli(folder, 'runs', 'list', '--format', 'xml').expect(104, '--format xml: must be one of table, json')
    cli(folder, 'runs', 'list', '--limit', 'all').expect(104, '--limit all: must be a whole number')


def test_mongodb_that_does_not_answer_is_told_soon(folder):
    with socket.socket() as mute:
        mute.bind(('127.0.0.1', 0))
        mute.listen(20)
        for port in (1, mute.getsockname()[1]):
            begin = time.monotonic()
            done = cli(folder, 'run', *REFUSED, '--store', f'mongodb://me:hidden@127.0.0.1:{port}/x')
            done.expect(107, rf'mongodb://.*127\.0\.0\.1:{port}.*does not answer')
            # 5 s are promised; the rest is for a busy machine.
            assert time.monotonic() - begin < 15 and 'hidden' not in done.err and done.out == '', done
    cli(folder, 'runs', 'list', env={'MONGO_URI': 'mongodb://127.0.0.1:1/x'}).expect(107, '127.0.0.1:1')
    write(folder, '.env', 'MONGO_URI=mongodb://127.0.0.1:1/y\n')
    cli(folder, 'runs', 'list').expect(107, '127.0.0.1:1/y')
    cli(folder, 'runs', 'list', '--store', 'sqlite:here.db').expect(0)


def test_mongodb_keeps_runs_and_specs(folder):
    with Mongo() as mongo, Target(folder) as target:
        env = {'MONGO_URI': mongo.database('cli')}
        content = os.urandom(600_000)
        write(folder, 'body.bin', content)
        document = spec(target.url + '/anything', method='POST', body={'type': 'file', 'file': 'body.bin'}, steady=3)
        write(folder, 'up.json', document)
        added = cli(folder, 'specs', 'add', 'up.json', env=env).expect(0).out.strip()
        os.remove(os.path.join(folder, 'body.bin'))
        done = cli(folder, 'run', added, '--summary', 'sum.json', env=env).expect(0, 'Kept in mongodb://')
        with open(os.path.join(folder, 'sum.json'), encoding='utf-8') as file:
            summary = json.load(file)
        assert summary['requests']['total'] == target.stop() > 0
        assert summary['data']['sent'] > len(content) * summary['requests']['total'], done
        kept = cli(folder, 'runs', 'export', 'last', '--format', 'json', env=env).expect(0).json
        assert kept['run']['summary'] == summary
        assert sum(sample['completed'] for sample in kept['samples']) == summary['requests']['total']
        assert 'Finished after' in cli(folder, 'runs', 'show', 'last', '--log', env=env).expect(0).out
        assert added in cli(folder, 'specs', 'list', env=env).expect(0).out
        cli(folder, 'specs', 'delete', added, env=env).expect(0)
        assert not os.path.exists(os.path.join(folder, 'data'))


def test_mongodb_finds_a_killed_run(folder):
    with Mongo() as mongo, Target(folder, '--delay', '5') as target:
        store = ['--store', mongo.database('kill')]
        with Running(folder, 'run', '--url', target.url, '--users', 2, '--steady', 600, *store) as run:
            run.wait_for('^8 of 600 s')
            run.signal(signal.SIGKILL)
            run.end()
        listed = cli(folder, 'runs', 'list', '--format', 'json', *store).expect(0).json
        assert [one['status'] for one in listed] == ['interrupted'], listed
        samples = cli(folder, 'runs', 'export', 'last', '--format', 'json', *store).expect(0).json['samples']
        assert len(samples) >= 3 and [round(one['t']) for one in samples] == list(range(1, len(samples) + 1))


def test_mongodb_that_hangs_does_not_hold_the_run(folder):
    with Mongo() as mongo, Target(folder) as target:
        if not mongo.server or not mongo.uri:
            raise Skip('no MongoDB server of our own here')
        with open(f'/proc/{mongo.server.pid}/task/{mongo.server.pid}/children', encoding='ascii') as file:
            server = int(file.read().split()[0])
        with Running(folder, 'run', '--url', target.url, '--users', 1, '--steady', 4, '--store',
                     f'{mongo.uri}/lf_cli_hang', '--summary', 'sum.json') as run:
            run.wait_for('^2 of 4 s')
            os.kill(server, signal.SIGSTOP)
            try:
                done = run.end().expect(107, '^4 of 4 s', r'^warn: mongodb://.* does not answer.*kept on this computer',
                                        f'kept on this computer only; .*runs upload --store {mongo.uri}/lf_cli_hang')
            finally:
                os.kill(server, signal.SIGCONT)
        assert re.search(r'verdict +passed', done.out) and 'Kept in' not in done.err, done
        with open(os.path.join(folder, 'sum.json'), encoding='utf-8') as file:
            assert json.load(file)['requests']['total'] == target.stop()
        store = ['--store', f'{mongo.uri}/lf_cli_hang']
        for said in ('^1 run was uploaded to mongodb://', '^No run waits'):
            done = cli(folder, 'runs', 'upload', *store).expect(0)
            assert re.search(said, done.out), done
        kept = cli(folder, 'runs', 'export', 'last', '--format', 'json', *store).expect(0).json
        assert kept['run']['status'] == 'finished' and len(kept['samples']) == 4, kept


main(globals())
