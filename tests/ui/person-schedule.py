"""A spec is put on a schedule in the editor, and another runs by itself while the window is open."""
import json
import os
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from person import App  # noqa: E402

PROGRAM, CLI = sys.argv[1:]
FOLDER = os.environ['TMPDIR']
DATABASE = os.path.join(FOLDER, 'schedule.db')
STORE = f'sqlite:{DATABASE}'
ENV = dict(os.environ, G_DEBUG='fatal-criticals', ASAN_OPTIONS='detect_leaks=0')


def cli(*words):
    return subprocess.run([CLI, *words, '--store', STORE], env=ENV, capture_output=True, text=True, check=True).stdout


def add_spec(name, url, **more):
    path = os.path.join(FOLDER, name + '.json')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump({'name': name, 'request': {'url': url}, 'loadProfile': {'rampUp': 0, 'users': 1, 'steady': 1, 'rampDown': 0}, **more}, file)
    return cli('specs', 'add', path).strip()


def make_due(spec_id):
    """As if its time had come this moment: nobody waits for the night here."""
    now = time.strftime('%Y-%m-%dT%H:%M:%S.000Z', time.gmtime())
    with sqlite3.connect(DATABASE) as database:
        changed = database.execute("UPDATE schedules SET document = json_set (document, '$.nextRunAt', ?) WHERE id = ?", (now, spec_id))
        assert changed.rowcount == 1
    database.close()


def picture(app, name):
    folder = os.environ.get('LF_TEST_SCREENSHOTS')
    if folder:
        app.screenshot(os.path.join(folder, name + '.png'))


def put_on_schedule(app):
    app.keys('ctrl+f')
    app.click(app.find('label', 'By hand'))
    app.keys('Return')
    switch = app.expect(lambda: [node for role in ('switch', 'toggle button', 'check box') for node in app.all(role, 'Run on a Schedule')])[0]
    app.click(switch)
    expression = app.find('text', 'Cron expression')
    app.type(expression, '30 6 * * MON')
    app.find('label', 'At 06:30, Monday')
    picture(app, 'person-schedule')
    app.keys('ctrl+s')
    app.expect(lambda: saved_cron() == '30 6 * * MON')


def saved_cron():
    return json.loads(cli('specs', 'show', 'By hand')).get('schedule', {}).get('cron')


def main():
    target = subprocess.Popen([CLI, 'target', '--listen', '127.0.0.1:0'], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True, env=ENV)
    try:
        url = target.stdout.readline().strip() + '/anything'
        add_spec('By hand', url)
        make_due(add_spec('Nightly', url, schedule={'cron': '0 2 * * *'}))
        app = App(PROGRAM, '--store', STORE, env=ENV)
        app.expect(lambda: [run['status'] for run in json.loads(cli('runs', 'list', '--format', 'json'))] == ['finished'])
        run, = json.loads(cli('runs', 'list', '--format', 'json'))
        assert run['specName'] == 'Nightly', run
        put_on_schedule(app)
        app.keys('ctrl+q')
        assert app.process.wait(30) == 0
    finally:
        target.kill()
        target.communicate()


main()
