"""store check, copy and prune: as a person uses them, with both kinds of stores."""
import glob
import os
import re
import sqlite3

from cli import Target, cli, main, spec, write
from mongo import Mongo


def fill(folder, target, runs=2):
    """A store with two specs, one with a file, and @runs runs of one."""
    write(folder, 'body.bin', os.urandom(300_000))
    write(folder, 'up.json', spec(target.url + '/anything', method='POST', body={'type': 'file', 'file': 'body.bin'}))
    write(folder, 'get.json', {**spec(target.url + '/anything', users=1),
                               'loadProfile': {'executor': 'shared-iterations', 'vus': 1, 'iterations': 2}})
    added = [cli(folder, 'specs', 'add', name).expect(0).out.strip() for name in ('up.json', 'get.json')]
    for _ in range(runs):
        cli(folder, 'run', added[1], '--quiet').expect(0)
    return added


def database(folder):
    return glob.glob(os.path.join(folder, 'data', '**', 'loadforge.db'), recursive=True)[0]


def test_check_counts_what_is_kept(folder):
    with Target(folder) as target:
        fill(folder, target)
    done = cli(folder, 'store', 'check').expect(0)
    assert re.search(r'^sqlite:.*loadforge\.db\n  specs +2\n  schedules +0\n  runs +2\n  files +1\n$', done.out), done
    assert done.err == '', done


def test_check_tells_what_is_damaged(folder):
    with Target(folder) as target:
        added = fill(folder, target)
    with sqlite3.connect(database(folder)) as db:
        db.execute("UPDATE chunks SET data = x'00' WHERE n = 1")
        db.execute("UPDATE specs SET document = '{' WHERE id = ?", (added[0],))
        db.execute("UPDATE samples SET lines = 'nonsense' || char(10)")
    db.close()
    done = cli(folder, 'store', 'check').expect(107, 'body.bin.* is not what was stored', f'left out the spec {added[0]}',
                                                'left out the sample in', 'things above cannot be used')
    assert re.search(r'specs +1\n.*runs +2\n  files +0', done.out, re.S), done


def test_copy_into_a_file_and_back(folder):
    with Target(folder) as target:
        added = fill(folder, target)
    there = f'sqlite:{folder}/there.db'
    done = cli(folder, 'store', 'copy', there).expect(0)
    assert re.search(r'^Copied to sqlite:.*there\.db: 2 specs, 0 schedules, 2 runs, 1 files$', done.out, re.M), done
    assert '5 were there already' in cli(folder, 'store', 'copy', there).expect(0).out
    for words in (('specs', 'list'), ('runs', 'list'), ('runs', 'export', 'last'), ('specs', 'show', added[0])):
        words += ('--format', 'json') if words[1] != 'show' else ()
        assert cli(folder, *words).expect(0).json == cli(folder, *words, '--store', there).expect(0).json
    cli(folder, 'store', 'copy', f'sqlite:{database(folder)}').expect(104, 'copied into itself')
    cli(folder, 'store', 'copy').expect(104, 'URI is missing')
    cli(folder, 'store', 'copy', 'mongodb://127.0.0.1:1/x').expect(107, '127.0.0.1:1')


def test_copy_into_mongodb_and_back(folder):
    with Mongo() as mongo, Target(folder) as target:
        there = mongo.database('copy')
        added = fill(folder, target)
        done = cli(folder, 'store', 'copy', there).expect(0)
        assert '2 specs, 0 schedules, 2 runs, 1 files' in done.out, done
        back = f'sqlite:{folder}/back.db'
        assert '2 specs, 0 schedules, 2 runs, 1 files' in cli(folder, 'store', 'copy', back, '--store', there).expect(0).out
        for words in (('specs', 'show', added[0]), ('runs', 'export', 'last', '--format', 'json')):
            assert cli(folder, *words).expect(0).json == cli(folder, *words, '--store', back).expect(0).json
        checked = cli(folder, 'store', 'check', '--store', there).expect(0)
        assert re.search(r'specs +2\n.*runs +2\n  files +1', checked.out, re.S), checked
        # The file was sent there and back: it is what it was.
        assert cli(folder, 'run', added[0], '--store', back).expect(0)


def test_prune(folder):
    with Target(folder) as target:
        fill(folder, target, runs=4)
    listed = [run['id'] for run in cli(folder, 'runs', 'list', '--format', 'json').expect(0).json]
    done = cli(folder, 'store', 'prune', '--keep', '1', '--dry-run').expect(0, '^3 runs would go')
    assert [line.split()[0] for line in done.out.splitlines()[1:]] == listed[:0:-1], done
    assert len(cli(folder, 'runs', 'list', '--format', 'json').expect(0).json) == 4
    cli(folder, 'store', 'prune', '--days', '1', '--dry-run').expect(0, '^0 runs would go')
    assert cli(folder, 'store', 'prune', '--keep', '1').expect(0).out == 'Deleted 3 runs.\n'
    assert [run['id'] for run in cli(folder, 'runs', 'list', '--format', 'json').expect(0).json] == listed[:1]
    with sqlite3.connect(database(folder)) as db:
        assert db.execute('SELECT count(DISTINCT run_id) FROM samples').fetchone() == (1,)
    db.close()
    cli(folder, 'store', 'prune').expect(104, 'what stays is not said')
    cli(folder, 'store', 'prune', '--keep', '0').expect(104, '--keep 0: must be a whole number')


main(globals())
