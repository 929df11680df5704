"""The charts of a run are read and zoomed with the pointer, and by keys alone."""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from person import Atspi, App, GLib, sh  # noqa: E402

PROGRAM, CLI = sys.argv[1:]
STORE = 'sqlite:' + os.path.join(os.environ['TMPDIR'], 'charts.db')
ENV = dict(os.environ, G_DEBUG='fatal-criticals', ASAN_OPTIONS='detect_leaks=0')
SECONDS = 8


def write_spec(url):
    path = os.path.join(os.environ['TMPDIR'], 'charts.loadforge.json')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump({'name': 'Zoomed', 'request': {'method': 'GET', 'url': url},
                   'loadProfile': {'executor': 'constant-vus', 'vus': 3, 'duration': SECONDS}}, file)
    return path


def run_window(app):
    """The window of the run, beside that of the spec, which may have its name."""
    look = ['xdotool', 'search', '--onlyvisible', '--pid', str(app.process.pid), '--name', '^Zoomed$']
    found = subprocess.run(look, capture_output=True, text=True, check=False).stdout.split()
    return next((window for window in found if window != app.window), None)


def named(app, role, beginning):
    """A chart's name goes on with what it shows, and what was found may be gone by the time it is asked."""
    try:
        return next((node for node in app.all(role) if node.get_name().startswith(beginning)), None)
    except GLib.Error:
        return None


def chart(app, title):
    return named(app, 'image', title)


def tells(app, title, words):
    found = chart(app, title)
    return found and words in found.get_name()


def is_zoomed(app):
    return app.find('push button', 'Show the whole run').get_state_set().contains(Atspi.StateType.SENSITIVE)


def drag(app, node, dx):
    """Step by step, as a hand does: a pointer that jumps is no drag."""
    x, y = app.centre(node)
    sh('xdotool', 'mousemove', x, y, 'sleep', 0.1, 'mousedown', 1)
    for step in range(1, 6):
        sh('xdotool', 'mousemove', x + dx * step // 5, y, 'sleep', 0.05)
    sh('xdotool', 'mouseup', 1)


def use_pointer(app):
    load = app.expect(lambda: chart(app, 'Requests and users'))
    app.reveal(load)
    drag(app, load, 80)
    app.expect(lambda: is_zoomed(app))
    x, y = app.centre(load)
    sh('xdotool', 'mousemove', x, y, 'sleep', 0.6, 'click', '--repeat', 2, '--delay', 60, 1)
    app.expect(lambda: not is_zoomed(app))


def use_keys(app):
    """The pointer is out of the way; the chart has the focus since it was clicked."""
    sh('xdotool', 'mousemove', 5, 5, 'sleep', 0.1)
    app.keys('Home')
    app.expect(lambda: tells(app, 'Requests and users', ', at 0:01'))
    app.keys('Right')
    app.expect(lambda: tells(app, 'Response time', ', at 0:02'))  # the others follow
    app.keys('plus')
    app.expect(lambda: is_zoomed(app))
    app.keys('End')  # the part in view goes with the cursor
    app.expect(lambda: tells(app, 'Answers and errors', f', at 0:0{SECONDS}'))
    app.keys('Escape', 'Escape')  # the cursor first, then the part in view
    app.expect(lambda: not is_zoomed(app))


def values_window(app):
    windows = map(app.root.get_child_at_index, range(app.root.get_child_count()))
    return next((w for w in windows if w and w.get_name() == 'Values'), None)


def read_table(app):
    """The same values as rows that have names, and copied by key."""
    app.act(app.find('push button', 'Show the values as a table'))
    window = app.expect(lambda: values_window(app))
    app.expect(lambda: any(row.get_name().startswith('0:02, Requests ') and ', p95 ' in row.get_name()
                           for row in app.all('table row', within=window)))
    app.keys('Down', 'ctrl+c')
    app.find('label', 'Copied', window)
    app.keys('Escape', 'Escape')  # the toast, then the window
    app.expect(lambda: not values_window(app))


def main():
    target = subprocess.Popen([CLI, 'target', '--listen', '127.0.0.1:0', '--delay', '20'], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True, env=ENV)
    try:
        app = App(PROGRAM, '--store', STORE, write_spec(target.stdout.readline().strip() + '/anything'), env=ENV)
        app.find('label', 'Zoomed')
        app.keys('F5')
        app.window = app.expect(lambda: run_window(app))
        app.expect(lambda: chart(app, f'Latency heat map, at 0:0{SECONDS - 3}'))
        app.expect(lambda: named(app, 'label', 'Passed after'))
        use_pointer(app)
        use_keys(app)
        read_table(app)
        app.keys('ctrl+q')
        assert app.process.wait(30) == 0
    finally:
        target.terminate()
        target.wait()


main()
