"""Where people write a comma in numbers: what programs read and write has points all the same."""
import csv
import io
import json
import os

from cli import Target, cli, main, spec, write

# LANGUAGE: words stay English. LOCPATH comes from meson.build.
COMMA = {'LC_ALL': os.environ['LF_TEST_LOCALE'], 'LANGUAGE': 'C'}


def test_results_have_points(folder):
    with Target(folder) as target:
        path = write(folder, 'spec.json', spec(target.url, users=1, steady=1.5, thinkTime={'min': 0.02, 'max': 0.025}))
        done = cli(folder, 'run', path, '--csv', 'run.csv', '--summary', 'run.json', env=COMMA).expect(0)
        # For a person, in the person's form: that the locale is really in use.
        assert '1,5 s' in done.out, done
    with open(os.path.join(folder, 'run.json'), encoding='utf-8') as file:
        summary = json.load(file)
    assert 1.4 < summary['duration'] < 4, summary['duration']
    assert summary['latency']['duration']['p50'] % 1 != 0, 'a fraction is wanted, which would have had a comma'
    with open(os.path.join(folder, 'run.csv'), encoding='utf-8', newline='') as file:
        rows = list(csv.DictReader(io.StringIO(file.read(), newline='')))
    assert rows and all(float(row['p50']) > 0 and None not in row for row in rows), rows


def test_spec_stays_what_it_was(folder):
    path = write(folder, 'spec.json', spec('http://127.0.0.1:1/', steady=2.25, thinkTime={'min': 0.125, 'max': 0.5}))
    added = cli(folder, 'specs', 'add', path, env=COMMA).expect(0).out.strip()
    shown = cli(folder, 'specs', 'show', added, env=COMMA).expect(0).json
    assert shown['loadProfile']['steady'] == 2.25, shown
    assert shown['steps'][0]['thinkTime'] == {'min': 0.125, 'max': 0.5}, shown


def test_options_take_points(folder):
    with Target(folder) as target:
        words = ['run', '--url', target.url, '--users', 1, '--ramp-up', 0, '--ramp-down', 0]
        cli(folder, *words, '--steady', '0.5', env=COMMA).expect(0)
        cli(folder, *words, '--steady', '0,5', env=COMMA).expect(104, '--steady 0,5: must be a time')


main(globals())
