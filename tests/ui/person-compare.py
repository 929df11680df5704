"""From the report of a run another is chosen, by keys, and both are compared; so is a run of another spec."""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from person import App, GLib, sh  # noqa: E402

PROGRAM, CLI = sys.argv[1:]
FOLDER = os.environ['TMPDIR']
STORE = 'sqlite:' + os.path.join(FOLDER, 'compare.db')
ENV = dict(os.environ, G_DEBUG='fatal-criticals', ASAN_OPTIONS='detect_leaks=0')


def cli(*words):
    return subprocess.run([CLI, *words, '--store', STORE], env=ENV, capture_output=True, text=True, check=True).stdout


def add_spec(name, url):
    path = os.path.join(FOLDER, name + '.json')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump({'name': name, 'request': {'url': url}, 'loadProfile': {'rampUp': 0, 'users': 2, 'steady': 1, 'rampDown': 0}}, file)
    return cli('specs', 'add', path).strip()


def windows(app):
    return [w for w in map(app.root.get_child_at_index, range(app.root.get_child_count())) if w]


def window(app, name):
    """Only what is in it is looked through: all windows together have thousands of widgets."""
    return app.expect(lambda: next((w for w in windows(app) if w.get_name() == name), None))


def names(app, role, within):
    for node in app.all(role, within=within):
        try:
            yield node.get_name()
        except GLib.Error:  # it went away meanwhile
            pass


def has(app, within, beginning):
    return any(name.startswith(beginning) for name in names(app, 'label', within))


def picture(app, name):
    folder = os.environ.get('LF_TEST_SCREENSHOTS')
    if folder:
        app.screenshot(os.path.join(folder, name + '.png'))


def run_twice(app):
    """The second in the window of the first, so that a run of the same spec came before it."""
    app.click(app.find('label', 'Search'))
    app.keys('F5')
    report = window(app, 'Search')
    app.expect(lambda: has(app, report, 'Passed after'))
    app.keys('F5')
    app.expect(lambda: not has(app, report, 'Passed after'))
    app.expect(lambda: has(app, report, 'Passed after'))
    return report


def offers(app, chooser):
    return sum('/s, p95 ' in name for name in names(app, 'list item', chooser))


def open_chooser(app, report):
    app.keys('F10')
    app.find('menu item', 'Compare with Another Run…', report)
    app.keys('a')  # its letter
    chooser = window(app, 'Compare With')
    app.expect(lambda: offers(app, chooser) == 2)  # of both specs
    return chooser


def see_comparison(app, caveat):
    """Numbers of both with what changed, their curves, and why they may not be comparable."""
    comparison = window(app, 'Compare Runs')
    app.expect(lambda: has(app, comparison, 'Numbers'))
    shown = set(names(app, 'label', comparison))
    assert {'Before', 'After', 'Change'} <= shown, shown
    assert ('The runs are of different specs.' in shown) == caveat, shown
    assert caveat == any(name.startswith('Cart · ') and ' → Search · ' in name for name in shown), shown
    assert any('Before' in name and 'After' in name for name in names(app, 'image', comparison))
    picture(app, 'person-comparison')
    app.keys('Escape')
    app.expect(lambda: len(windows(app)) == 2)


def main():
    target = subprocess.Popen([CLI, 'target', '--listen', '127.0.0.1:0', '--delay', '20'], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True, env=ENV)
    try:
        url = target.stdout.readline().strip() + '/anything'
        cli('run', add_spec('Cart', url), '--quiet')
        add_spec('Search', url)
        app = App(PROGRAM, '--store', STORE, env=ENV)
        report = run_twice(app)
        open_chooser(app, report)
        picture(app, 'person-compare-chooser')
        app.keys('Down', 'Up', 'Return')  # the first, from the field into the list
        see_comparison(app, False)
        chooser = open_chooser(app, report)
        sh('xdotool', 'type', '--delay', 10, '--', 'cart')
        app.expect(lambda: offers(app, chooser) == 1)
        app.keys('Return')
        see_comparison(app, True)
        open_chooser(app, report)
        app.keys('Escape')
        app.expect(lambda: len(windows(app)) == 2)
        app.keys('ctrl+q')
        assert app.process.wait(30) == 0
    finally:
        target.kill()
        target.communicate()


main()
