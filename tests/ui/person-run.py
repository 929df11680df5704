"""A run without an end is begun, its load changed, its console searched by key, and stopped; then the report is there."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from person import App, Atspi, GLib, text  # noqa: E402
from slow_target import start_target  # noqa: E402

PROGRAM = sys.argv[1]
STORE = 'sqlite:' + os.path.join(os.environ['TMPDIR'], 'run.db')
SPEC = os.path.join(os.environ['TMPDIR'], 'steered.loadforge.json')
ENV = dict(os.environ, G_DEBUG='fatal-criticals', ASAN_OPTIONS='detect_leaks=0')


def write_spec(url):
    with open(SPEC, 'w', encoding='utf-8') as file:
        json.dump({'schema': 'loadforge/spec/1', 'name': 'Steered', 'steps': [{'name': 'Get', 'method': 'GET', 'url': url}],
                   'loadProfile': {'executor': 'manual', 'vus': 2, 'maxVUs': 10}}, file)


def names(app):
    for label in app.all('label'):
        try:
            yield label.get_name()
        except GLib.Error:  # it went away meanwhile
            pass


def shows(app, part):
    return any(part in name for name in names(app))


def main():
    write_spec(start_target(0.02))
    app = App(PROGRAM, '--store', STORE, SPEC, env=ENV)
    app.find('label', 'Steered')
    app.keys('F5')
    app.expect(lambda: len(app.all('frame')) == 2)
    window = app.expect(lambda: next((f for f in app.all('frame') if f.get_name() == 'Steered'), None))
    spin = app.expect(lambda: app.all('spin button', 'Users', window))[0]
    app.expect(lambda: text(spin) == '2')
    Atspi.Value.set_current_value(spin, 5)
    app.expect(lambda: any(item.get_name().endswith('Set to 5 users') for item in app.all('list item', within=window)))
    search = app.expect(lambda: app.all('entry', 'Search the messages', window) or app.all('text', 'Search the messages', window))[0]
    Atspi.EditableText.set_text_contents(search, 'set to 5')
    app.expect(lambda: any(name.startswith('1 of ') for name in names(app)))
    app.act(app.all('push button', 'Stop', window)[0])
    app.expect(lambda: shows(app, 'It was stopped, as it had no planned end.'))
    app.expect(lambda: shows(app, 'Standard deviation'))
    app.act(window, 'window.close')
    app.expect(lambda: len(app.all('frame')) == 1)
    assert app.quit() == 0


main()
