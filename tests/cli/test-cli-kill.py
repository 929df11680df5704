"""A run that is killed with -9 at a random moment, again and again: the database opens each time, is whole, and holds every
sample older than 5 s. LF_TEST_KILLS says how often (20); five runs at once share the database."""
import json
import os
import random
import re
import signal
import sqlite3
import threading
import time

from cli import Running, Target, cli, main

KILLS = int(os.environ.get('LF_TEST_KILLS', '20'))
AT_ONCE = 5
LONGEST = 9  # s until a kill
LATE = 5     # s that a sample may be lost for


def kill_one(folder, target, number):
    """Which second of the run was told last before it was killed; 0 for none."""
    with Running(folder, 'run', '--url', f'{target.url}/anything/{number}', '--users', 1, '--steady', 60, '--store', 'sqlite:kept.db') as run:
        time.sleep(random.uniform(0.05, LONGEST))  # the moment is what is tested: nothing is waited for
        run.signal(signal.SIGKILL)
        run.process.wait()
        for reader in run.readers:
            reader.join()
        told = [int(found[1]) for found in (re.match(r'(\d+) of 60 s', line) for line in run.said) if found]
        return max(told, default=0)


def read_seconds(db, number):
    """The seconds that are kept of a run."""
    row = db.execute("SELECT id FROM runs WHERE document LIKE '%/anything/' || ? || '\"%'", (number,)).fetchone()
    lines = db.execute('SELECT lines FROM samples WHERE run_id = ?', row or ('',)).fetchall()
    samples = [json.loads(line) for (text,) in lines for line in text.splitlines()]
    return sorted(round(sample['t']) for sample in samples if sample['step'] == -1)


def check(folder, told):
    db = sqlite3.connect(os.path.join(folder, 'kept.db'), timeout=30)
    try:
        assert db.execute('PRAGMA integrity_check').fetchone() == ('ok',)
        for number, second in told.items():
            seconds = read_seconds(db, number)
            assert seconds == list(range(1, len(seconds) + 1)), (number, seconds)
            assert len(seconds) >= second - LATE, (number, second, seconds)
    finally:
        db.close()


def test_kills_lose_nothing_older(folder):
    told = {}
    with Target(folder, '--delay', '20') as target:
        cli(folder, 'specs', 'list', '--store', 'sqlite:kept.db').expect(0)  # makes it

        def work(first):
            for number in range(first, KILLS, AT_ONCE):
                told[number] = kill_one(folder, target, number)

        threads = [threading.Thread(target=work, args=(first,)) for first in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            threads[0].join(1)
            check(folder, dict(told))
    assert len(told) == KILLS and max(told.values()) > LATE, told
    # Whoever opens it next finds them all, as what they are.
    listed = cli(folder, 'runs', 'list', '--limit', '0', '--format', 'json', '--store', 'sqlite:kept.db').expect(0).json
    assert {run['status'] for run in listed} <= {'interrupted'}, listed
    check(folder, told)
    cli(folder, 'store', 'check', '--store', 'sqlite:kept.db').expect(0)


main(globals())
