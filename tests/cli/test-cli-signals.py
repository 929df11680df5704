"""What signals do to loadforge-cli, down to the one that nobody can catch."""
import fcntl
import os
import re
import select
import signal
import time

from cli import Running, Target, cli, main

F_SETPIPE_SZ = 1031  # which Python's fcntl has since 3.10


def test_first_signal_waits_for_answers(folder):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        with Target(folder, '--delay', '1500') as target:
            with Running(folder, 'run', '--url', target.url, '--users', 3, '--steady', 600, '--summary', 'sum.json',
                         '--store', 'sqlite:runs.db') as run:
                run.wait_for(r'^1 of 600 s')
                run.signal(number)
                run.wait_for('once more stops at once')
                done = run.end().expect(105, 'Kept in')
            # Three were under way and may end: each that the target answered is counted.
            total = int(re.search(r'http_reqs +(\d+)', done.out)[1])
            assert total == target.stop() > 0, done
            assert re.search(r'verdict +aborted', done.out) and re.search(r'http_req_failed +0\.00%', done.out), done
        shown = cli(folder, 'runs', 'show', 'last', '--format', 'json', '--store', 'sqlite:runs.db').expect(0).json
        assert (shown['status'], shown['verdict'], shown['summary']['exitCode']) == ('stopped', 'aborted', 105), shown


def test_second_signal_does_not_wait(folder):
    with Target(folder, '--delay', '600000') as target:
        with Running(folder, 'run', '--url', target.url, '--users', 3, '--steady', 600) as run:
            run.wait_for(r'^2 of 600 s')
            run.signal(signal.SIGINT)
            run.wait_for('once more stops at once')
            begin = time.monotonic()
            run.signal(signal.SIGINT)
            done = run.end().expect(105, 'Kept in')
        # The graceful stop alone would take 30 s.
        assert time.monotonic() - begin < 25, done
        assert re.search(r'http_reqs +0 ', done.out), done
    assert cli(folder, 'runs', 'list', '--format', 'json').expect(0).json[0]['status'] == 'stopped'


def test_signal_in_the_first_moment_ends_it(folder):
    with Target(folder) as target:
        for wait in (0.0, 0.01, 0.05, 0.2):
            with Running(folder, 'run', '--url', target.url, '--steady', 600, '--store', 'none') as run:
                time.sleep(wait)
                run.signal(signal.SIGTERM)
                done = run.end()
                # Before the program has taken the signal over, it ends it like any other.
                assert done.code in (105, -signal.SIGTERM), done


def test_signal_while_nobody_reads_the_results(folder):
    results = os.path.join(folder, 'results')
    os.mkfifo(results)
    reader = os.open(results, os.O_RDONLY | os.O_NONBLOCK)
    fcntl.fcntl(reader, F_SETPIPE_SZ, 4096)
    with Target(folder) as target:
        with Running(folder, 'run', '--url', target.url, '--users', 1, '--steady', 2, '--samples', results) as run:
            run.wait_for('Kept in')
            while not select.select([reader], [], [], 1)[0]:
                pass
            run.signal(signal.SIGINT)
            assert run.end().code == -signal.SIGINT
    os.close(reader)


def test_target_ends_well_by_either_signal(folder):
    for number in (signal.SIGINT, signal.SIGTERM):
        with Running(folder, 'target', '--listen', '127.0.0.1:0') as target:
            target.wait_for('Answering at')
            target.signal(number)
            done = target.end().expect(0, 'Answered 0 requests')
            assert re.fullmatch(r'http://127\.0\.0\.1:\d+\n', done.out), done


def test_ignored_signals_stay_ignored(folder):
    def ignore(number):
        return {'preexec_fn': lambda: signal.signal(number, signal.SIG_IGN)}

    with Running(folder, 'target', '--listen', '127.0.0.1:0', **ignore(signal.SIGINT)) as target:
        url = target.wait_for(r'Answering at (\S+)')[1]
        target.signal(signal.SIGINT)  # as Ctrl+C in a terminal where a script runs it beside others
        with Running(folder, 'run', '--url', url, '--users', 1, '--steady', 3, **ignore(signal.SIGHUP)) as run:
            run.wait_for('^1 of 3 s')
            run.signal(signal.SIGHUP)  # as the end of a terminal does to nohup
            run.end().expect(0, '^3 of 3 s')
        target.signal(signal.SIGTERM)
        target.end().expect(0)


def check_interrupted(folder, run, second, store):
    listed = cli(folder, 'runs', 'list', *store).expect(0).out
    assert re.search(rf'^{run} .* interrupted +aborted ', listed, re.M), listed
    shown = cli(folder, 'runs', 'show', run, '--format', 'json', *store).expect(0).json
    assert shown['status'] == 'interrupted' and shown['summary']['verdict'] == 'aborted'
    rows = cli(folder, 'runs', 'export', run, *store).expect(0).out.split('\r\n')[1:-1]
    seconds = [round(float(row.split(',')[1])) for row in rows]
    assert seconds == list(range(1, len(seconds) + 1)), seconds
    # It was killed when it had told of @second; what was older than 5 s then has to be there.
    assert seconds[-1] >= second - 5, (seconds, second)
    total = sum(int(row.split(',')[5]) for row in rows)
    assert shown['summary']['requests']['total'] == total > 0, shown['summary']['requests']
    log = cli(folder, 'runs', 'show', run, '--log', *store).expect(0).out
    assert 'Started: ' in log, log


def test_killed_run_is_found_interrupted(folder):
    store = ['--store', 'sqlite:' + os.path.join(folder, 'runs.db')]
    with Target(folder, '--delay', '5') as target:
        with Running(folder, 'run', '--url', target.url, '--users', 2, '--steady', 600, *store) as run:
            run.wait_for('^5 of 600 s')  # by then it is kept
            active = cli(folder, 'runs', 'list', '--active', '--format', 'json', *store).expect(0).json
            assert [one['status'] for one in active] == ['running'], active  # a run that lives is left alone
            run.wait_for('^9 of 600 s')
            run.signal(signal.SIGKILL)
            assert run.end().code == -signal.SIGKILL
    check_interrupted(folder, active[0]['id'], 9, store)
    assert cli(folder, 'runs', 'list', '--active', '--format', 'json', *store).expect(0).json == []


main(globals())
