"""The list as a person uses it: the demo from the empty state to its report; two runs at once; several specs deleted
and brought back; a window closed with unsaved changes."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from person import App, Atspi, sh, text, wait  # noqa: E402

PROGRAM = sys.argv[1]
STORE = 'sqlite:' + os.path.join(os.environ['TMPDIR'], 'list.db')
ENV = dict(os.environ, G_DEBUG='fatal-criticals', ASAN_OPTIONS='detect_leaks=0')


def frames(app):
    return app.all('frame')


def main_frame(app):
    return next(f for f in frames(app) if f.get_name() == 'LoadForge')


def to_front(app):
    """Of the run windows the last is in front; the keys are for the main window."""
    sh('xdotool', 'windowactivate', '--sync', app.window)


def has_label(app, name):
    """Exactly: “Try the Demo” is no spec."""
    return [label for label in app.all('label', name, main_frame(app)) if label.get_name() == name]


def is_enabled(node):
    return node.get_state_set().contains(Atspi.StateType.SENSITIVE)


def set_number(app, name, number):
    app.click(app.find('spin button', name))
    app.keys('ctrl+a', *str(number), 'Tab')


def demo_to_report(app):
    """Without a word typed: the demo, Run, and a verdict."""
    app.find('label', 'No Specs Yet')
    app.click(app.find('push button', 'Try the Demo'))
    app.expect(lambda: text(app.find('text', 'Name')) == 'Demo')
    set_number(app, 'Ramp up (s)', 0)
    set_number(app, 'Steady (s)', 2)
    set_number(app, 'Ramp down (s)', 0)
    app.keys('ctrl+s', 'F5')
    app.expect(lambda: len(frames(app)) == 2)
    app.find('label', 'Passed after 0:02')


def stop_what_goes_on(app):
    """One after the other, as their rows move; true where nothing is left to stop."""
    stops = [stop for stop in app.all('push button', 'Stop this run') if is_enabled(stop)]
    if stops:
        app.act(stops[0])
    return not stops and not app.all('push button', 'Stop this run')


def two_at_once(app):
    """The demo goes on long enough for a second run of it; each has a window, and the list tells of both."""
    to_front(app)
    set_number(app, 'Steady (s)', 30)
    app.keys('ctrl+s', 'F5')
    app.expect(lambda: len(frames(app)) == 3)
    to_front(app)
    app.keys('F5')
    app.expect(lambda: len(frames(app)) == 4)
    to_front(app)
    app.keys('alt+Left')
    both = app.expect(lambda: app.all('push button', '2 runs go on', main_frame(app)))[0]
    app.click(both)
    app.expect(lambda: len(app.all('push button', 'Stop this run')) == 2)
    app.expect(lambda: stop_what_goes_on(app))
    for frame in [f for f in frames(app) if f.get_name() != 'LoadForge']:
        app.act(frame, 'window.close')
    app.expect(lambda: len(frames(app)) == 1)


def copy_and_delete(app):
    """By keys alone: a copy of the one, both deleted, both brought back."""
    to_front(app)
    app.keys('Escape')
    app.click(app.expect(lambda: has_label(app, 'Demo'))[0])
    app.keys('ctrl+d')
    app.expect(lambda: has_label(app, 'Demo (copy)'))
    app.click(has_label(app, 'Demo')[0])
    app.keys('ctrl+a')
    app.expect(lambda: has_label(app, '2 selected'))
    app.keys('Delete')
    app.find('label', 'No Specs Yet')
    app.act(app.expect(lambda: app.all('push button', 'Undo'))[-1])  # the editor, hidden, has some of its own
    app.expect(lambda: has_label(app, 'Demo') and has_label(app, 'Demo (copy)'))
    app.click(has_label(app, 'Demo (copy)')[0])
    app.keys('Delete')
    app.expect(lambda: has_label(app, '“Demo (copy)” deleted') and has_label(app, 'Demo'))


def rename(app):
    app.click(has_label(app, 'Demo')[0])
    app.keys('F2')
    app.find('push button', 'Rename')
    sh('xdotool', 'type', '--delay', 10, '--', 'Try')
    app.keys('Return')
    app.expect(lambda: has_label(app, 'Try'))


def opens_menu(app, name):
    """False where the list was still taking a change in, and the row that was clicked is another by now."""
    app.click(has_label(app, name)[0])
    app.keys('shift+F10')
    return wait(lambda: app.all('menu item', 'Past Runs'), 5)


def opens_menu_there(app, name):
    """False where the pointer was too quick: a press within a quarter of a second of a menu's end only ends that."""
    sh('xdotool', 'mousemove', *app.centre(has_label(app, name)[0]), 'sleep', 0.05, 'click', 3)
    return wait(lambda: app.all('menu item', 'Past Runs'), 5)


def menu(app):
    """Shift+F10 and the pointer open the same menu."""
    app.expect(lambda: opens_menu(app, 'Try'))
    app.keys('Escape')
    app.expect(lambda: not app.all('menu item', 'Past Runs'))
    app.expect(lambda: opens_menu_there(app, 'Try'))
    app.keys('Escape')
    app.expect(lambda: not app.all('menu item', 'Past Runs'))


def shown(app, label):
    """Of the pages only one has a size; AT-SPI tells of all."""
    return [x for x in app.all('label', label, main_frame(app)) if x.get_extents(Atspi.CoordType.WINDOW).width > 0]


def in_list(app):
    """The keys are at a row of the list."""
    return any(row.get_state_set().contains(Atspi.StateType.FOCUSED) for row in app.all('table row', within=main_frame(app)))


def ways_back(app):
    """Escape leaves the editor and the history for the row where one was; there, the keys are at the runs at once."""
    app.click(has_label(app, 'Try')[0])
    app.keys('Return')
    app.expect(lambda: text(app.find('text', 'Name')) == 'Try')
    app.keys('Escape')
    app.expect(lambda: in_list(app))
    app.keys('shift+F10')
    app.expect(lambda: app.all('menu item', 'History'))
    app.keys('h')
    app.expect(lambda: shown(app, 'p95 of each run'))
    app.expect(lambda: in_list(app))
    app.keys('Down', 'Return')
    app.expect(lambda: len(frames(app)) == 2)
    app.keys('ctrl+w')
    app.expect(lambda: len(frames(app)) == 1)
    to_front(app)
    app.expect(lambda: in_list(app))
    app.keys('shift+Up')
    app.expect(lambda: is_enabled(app.find('push button', 'Compare')))
    app.act(app.find('push button', 'Compare'))
    app.expect(lambda: len(frames(app)) == 2)
    app.keys('Escape')
    app.expect(lambda: len(frames(app)) == 1)
    app.keys('Escape')
    app.expect(lambda: in_list(app) and not is_enabled(app.find('push button', 'Compare')))


def change_name(app, name):
    """From the list, by Return."""
    app.click(app.expect(lambda: has_label(app, 'Try'))[0])
    app.keys('Return')
    app.type(app.find('text', 'Name'), name)


def answer(app, response):
    app.act(app.find('push button', response))
    app.expect(lambda: not app.all('label', 'Save Changes?'))


def close_unsaved(app):
    change_name(app, 'Never kept')
    app.keys('ctrl+w')
    app.find('label', 'Save Changes?')
    app.keys('Escape')
    app.expect(lambda: not app.all('label', 'Save Changes?'))
    assert app.process.poll() is None
    assert text(app.find('text', 'Name')) == 'Never kept'
    app.keys('alt+Left')
    app.find('label', 'Save Changes?')
    answer(app, 'Discard')
    app.expect(lambda: has_label(app, 'Try'))
    change_name(app, 'Kept')
    app.keys('ctrl+w')
    app.find('label', 'Save Changes?')
    app.act(app.find('push button', 'Save', app.all('dialog')[0] if app.all('dialog') else None))
    assert app.process.wait(30) == 0


def after_restart():
    app = App(PROGRAM, '--store', STORE, env=ENV)
    app.expect(lambda: has_label(app, 'Kept'))
    assert not has_label(app, 'Demo (copy)')
    assert app.quit() == 0


def main():
    app = App(PROGRAM, '--store', STORE, env=ENV)
    for step in (demo_to_report, two_at_once, copy_and_delete, rename, menu, ways_back, close_unsaved):
        print(step.__name__, flush=True)
        step(app)
    after_restart()


main()
