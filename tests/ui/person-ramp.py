"""A load is drawn with the pointer, and the numbers follow; and the other way round."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from person import App, sh, text  # noqa: E402

PROGRAM = sys.argv[1]
STORE = 'sqlite:' + os.path.join(os.environ['TMPDIR'], 'ramp.db')
ENV = dict(os.environ, G_DEBUG='fatal-criticals', ASAN_OPTIONS='detect_leaks=0')


def number(app, name):
    return float(text(app.find('spin button', name)).replace(',', ''))


def point(app, name):
    """Its name goes on with where it is."""
    return next((dot for dot in app.all('slider') if dot.get_name().startswith(name)), None)


def drag(app, node, dx, dy):
    """Step by step, as a hand does: a pointer that jumps is no drag."""
    x, y = app.centre(node)
    sh('xdotool', 'mousemove', x, y, 'sleep', 0.05, 'mousedown', 1)
    for step in range(1, 6):
        sh('xdotool', 'mousemove', x + dx * step // 5, y + dy * step // 5, 'sleep', 0.05)
    sh('xdotool', 'mouseup', 1)


def main():
    app = App(PROGRAM, '--store', STORE, env=ENV)
    app.click(app.find('push button', 'New Spec'))
    app.type(app.find('text', 'Name'), 'Drawn')
    app.type(app.find('text', 'URL'), 'http://127.0.0.1:9/')
    users, ramp_up = number(app, 'Users'), number(app, 'Ramp up (s)')
    app.click(app.find('spin button', 'Ramp down (s)'))
    app.keys('Tab', 'Tab')  # what has the focus is scrolled to
    sh('sleep', 0.5)
    drag(app, app.expect(lambda: point(app, 'Point 2 of 4')), 60, 40)
    app.expect(lambda: number(app, 'Users') < users and number(app, 'Ramp up (s)') > ramp_up)
    app.keys('ctrl+z')
    app.expect(lambda: number(app, 'Users') == users and number(app, 'Ramp up (s)') == ramp_up)
    app.keys('Up')
    app.expect(lambda: number(app, 'Users') > users)
    app.keys('plus')
    app.expect(lambda: point(app, 'Point 2 of 5'))
    app.find('push button', 'Remove stage 4')
    app.keys('Delete')
    app.expect(lambda: point(app, 'Point 2 of 4'))
    app.keys('ctrl+s')
    assert app.quit() == 0


main()
