"""A run goes on after the last window is closed: the program stays until the run is kept, and then goes by itself."""
import json
import os
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from person import App  # noqa: E402
from slow_target import start_target  # noqa: E402

PROGRAM = sys.argv[1]
STORE = os.path.join(os.environ['TMPDIR'], 'background.db')
SPEC = os.path.join(os.environ['TMPDIR'], 'background.loadforge.json')
ENV = dict(os.environ, G_DEBUG='fatal-criticals', ASAN_OPTIONS='detect_leaks=0')


def write_spec(url):
    with open(SPEC, 'w', encoding='utf-8') as file:
        json.dump({'schema': 'loadforge/spec/1', 'name': 'Later', 'steps': [{'url': url}],
                   'loadProfile': {'executor': 'constant-vus', 'vus': 1, 'duration': 8}}, file)


def frames(app, name):
    return [frame for frame in app.all('frame') if frame.get_name() == name]


def stored():
    with sqlite3.connect(STORE) as database:
        return sorted(row[0] for row in database.execute('SELECT status FROM runs'))


def main():
    write_spec(start_target(0.05))
    app = App(PROGRAM, '--store', 'sqlite:' + STORE, SPEC, env=ENV)
    app.find('label', 'Later')
    app.keys('F5')
    window = app.expect(lambda: frames(app, 'Later'))[0]
    app.act(app.expect(lambda: app.all('push button', 'Stop', window))[0])
    again = app.expect(lambda: app.all('push button', 'Run the spec again', window))[0]
    app.act(next(frame for frame in app.all('frame') if frame.get_name() != 'Later'), 'window.close')
    app.expect(lambda: len(app.all('frame')) == 1)
    app.act(again)
    app.expect(lambda: app.all('push button', 'Stop', frames(app, 'Later')[-1]))
    for frame in frames(app, 'Later'):
        app.act(frame, 'window.close')
    app.act(app.find('push button', 'Keep Running'))
    assert app.process.wait(30) == 0
    assert stored() == ['finished', 'stopped'], stored()


main()
