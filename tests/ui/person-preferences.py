"""Another store is chosen in Preferences and used at once: what is wrong with it is told, and the way back works."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from person import App, Atspi, sh  # noqa: E402

PROGRAM = sys.argv[1]
ENV = dict(os.environ, G_DEBUG='fatal-criticals', ASAN_OPTIONS='detect_leaks=0')
ENV.pop('MONGO_URI', None)


def active(app):
    return sh('xdotool', 'getactivewindow').strip()


def is_checked(app, box):
    """Clicks until it is: the page may still be moving in."""
    if not box.get_state_set().contains(Atspi.StateType.CHECKED):
        app.click(box)
        sh('sleep', 0.3)
    return box.get_state_set().contains(Atspi.StateType.CHECKED)


def choose(app, store):
    """Opens Preferences with the keyboard, chooses a store with the pointer, and switches to it."""
    main = app.window
    sh('xdotool', 'windowactivate', '--sync', main)
    app.keys('ctrl+comma')
    preferences = app.expect(lambda: app.all('frame', 'Preferences'))[0]
    app.expect(lambda: active(app) != main)
    app.window = active(app)
    app.act(app.all('page tab', 'Store', preferences)[0])
    box = app.find('check box', store, preferences)
    app.expect(lambda: is_checked(app, box))
    app.act(app.find('push button', 'Switch Now', preferences))
    app.expect(lambda: not app.all('frame', 'Preferences'))
    app.window = main


def is_open(app):
    """New can be pressed only while a store is open; hidden pages are in the tree, too."""
    return app.all('push button', 'New')[0].get_state_set().contains(Atspi.StateType.SENSITIVE)


def settings(**keys):
    """What was chosen at another time."""
    path = os.path.join(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings', 'keyfile')
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write('[io/github/loadforge/LoadForge]\n')
        file.writelines(f"{name.replace('_', '-')}='{value}'\n" for name, value in keys.items())
    return dict(ENV, GSETTINGS_BACKEND='keyfile')


def cancel(app):
    """The question for a password, which nobody kept."""
    app.expect(lambda: app.all('label', 'Password of the Store'))
    sh('xdotool', 'key', 'Escape')
    app.expect(lambda: not app.all('label', 'Password of the Store'))
    app.expect(lambda: [label for label in app.all('label') if 'no password was given' in label.get_name()])


def test_password_is_asked_for():
    app = App(PROGRAM, env=settings(store='mongodb', mongo_uri='mongodb://me@127.0.0.1:1/loadforge'))
    cancel(app)
    app.window = active(app)
    app.act(app.find('push button', 'Retry'))
    cancel(app)
    assert app.quit() == 0


def main():
    test_password_is_asked_for()
    app = App(PROGRAM, env=ENV)
    app.find('push button', 'New')
    app.expect(lambda: is_open(app))
    choose(app, 'MongoDB')  # without an address
    app.expect(lambda: not is_open(app))
    app.expect(lambda: [label for label in app.all('label') if 'named by a URI' in label.get_name()])
    choose(app, 'This Computer')
    app.expect(lambda: is_open(app))
    assert app.quit() == 0


main()
