"""Stores that are full: how long a person waits for the list, a run and a file; and what a thousand kills lose."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

from machine import CLI, TOP

FILLER = os.path.join(TOP, 'build', 'release', 'tests', 'bench', 'store')


def fill(uri, specs, runs):
    env = {**os.environ, 'MONGOC_DISABLE_SHM': '1'}
    out = subprocess.run([FILLER, uri, str(specs), str(runs)], stdout=subprocess.PIPE, text=True, check=True, env=env).stdout
    return json.loads(out)


def measure(specs=10000, runs=1000):
    """On SQLite, and on the MongoDB server that the tests use, where there is one."""
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        results['SQLite'] = fill(f'sqlite:{folder}/full.db', specs, runs)
        server = subprocess.Popen([os.path.join(TOP, 'tests', 'store', 'mongo-server')], text=True,
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        uri = server.stdout.readline().strip()
        try:
            if uri and shutil.which('mongod'):
                results['MongoDB'] = fill(f'{uri}/full', specs, runs)
            elif uri:  # it goes through whole collections for every question
                results['FerretDB'] = fill(f'{uri}/full', specs // 20, runs // 50)
        finally:
            server.stdin.close()
            server.wait()
    return results


def kills(n=1000):
    """tests/cli/test-cli-kill.py, with more kills; None where it fails, of which it tells."""
    begin = time.monotonic()
    done = subprocess.run(['/usr/bin/python3', '-B', os.path.join(TOP, 'tests', 'cli', 'test-cli-kill.py'), CLI],
                          env={**os.environ, 'LF_TEST_KILLS': str(n)}, stdout=sys.stderr, check=False)
    return {'kills': n, 'seconds': time.monotonic() - begin} if done.returncode == 0 else None
