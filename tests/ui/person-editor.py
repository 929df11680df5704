"""Two steps, one with a file, are built, saved and found again; what is wrong is told where it is."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from person import App, Atspi, sh, text  # noqa: E402

PROGRAM = sys.argv[1]
FOLDER = os.environ['TMPDIR']
STORE = 'sqlite:' + os.path.join(FOLDER, 'editor.db')
PHOTO = os.path.join(FOLDER, 'photo.png')
ENV = dict(os.environ, G_DEBUG='fatal-criticals', ASAN_OPTIONS='detect_leaks=0')


def focused(node):
    return node.get_state_set().contains(Atspi.StateType.FOCUSED)


def is_open(title):  # AT-SPI does not see a file chooser
    return subprocess.run(['xdotool', 'search', '--name', title], capture_output=True, check=False).returncode == 0


def entries(app, name):
    return app.all('text', name)


def picture(app, name):
    folder = os.environ.get('LF_TEST_SCREENSHOTS')
    if folder:
        app.screenshot(os.path.join(folder, name + '.png'))


def add_headers(app):
    """By keys alone: a few letters, Down and Enter take a name, then a value."""
    app.click(app.find('push button', 'Add Header'))
    name = app.find('text', 'Header name')
    app.expect(lambda: focused(name))
    sh('xdotool', 'type', '--delay', 30, 'accept')
    app.expect(lambda: app.all('label', 'Accept-Language'))
    picture(app, 'person-suggestions')
    app.keys('Down', 'Down', 'Up', 'Return')
    app.expect(lambda: text(name) == 'Accept-Charset')
    app.keys('Tab', 'Down')
    app.expect(lambda: app.all('label', 'utf-8'))
    app.keys('Tab')
    app.expect(lambda: text(app.find('text', 'Header value')) == 'utf-8')


def wheel_over(app, node):
    """The page goes on where the wheel comes over what has nothing to scroll; nothing else happens."""
    before = text(node)
    for button in (4, 5):
        app.reveal(node)
        start = app.centre(node)[1]
        sh('xdotool', 'mousemove', *app.centre(node), 'sleep', 0.1, 'click', button)
        app.expect(lambda: app.centre(node)[1] != start)
        assert (app.centre(node)[1] > start) == (button == 4)
    assert text(node) == before


def paste_headers(app):
    """Lines that were copied elsewhere, here from a text of several lines, become rows."""
    app.choose(app.find('combo box', 'Kind of body'), 'Text')
    body = app.expect(lambda: next((n for n in entries(app, 'Body') if n.get_role_name() == 'text'), None))
    app.click(body)
    for line in ('X-One: 1', 'X-Two: 2'):
        sh('xdotool', 'type', '--delay', 10, line)
        app.keys('Return')
    app.expect(lambda: text(body) == 'X-One: 1\nX-Two: 2\n')
    wheel_over(app, body)
    wheel_over(app, app.find('spin button', 'Users'))
    app.click(body)
    app.keys('ctrl+a', 'ctrl+x')
    app.expect(lambda: text(body) == '')
    app.click(app.find('push button', 'Add Header'))
    app.expect(lambda: len(entries(app, 'Header name')) == 2)
    app.expect(lambda: focused(entries(app, 'Header name')[1]))
    app.keys('ctrl+v')
    app.expect(lambda: [text(n) for n in entries(app, 'Header name')] == ['Accept-Charset', 'X-One', 'X-Two'])
    app.expect(lambda: [text(n) for n in entries(app, 'Header value')] == ['utf-8', '1', '2'])


def add_file(app):
    app.choose(app.find('combo box', 'Kind of body'), 'Multipart')
    app.act(app.find('push button', 'Add Files…'))
    app.expect(lambda: is_open('Choose Files'))
    sh('xdotool', 'search', '--name', 'Choose Files', 'windowactivate', '--sync')
    app.keys('ctrl+l')
    sh('xdotool', 'type', '--delay', 10, PHOTO)
    app.keys('Return')
    app.expect(lambda: not is_open('Choose Files'))
    app.expect(lambda: app.all('label', 'photo.png'))
    app.type(app.find('text', 'Part name'), 'photo')


def refuse(app):
    """Run goes to the first that is wrong, though another step is shown; so does Save, which saves."""
    app.keys('F5')
    app.find('label', 'Not an http or https URL')
    url = app.find('text', 'URL')
    app.expect(lambda: focused(url))
    assert text(url) == 'nonsense', text(url)
    picture(app, 'person-refused')


def build():
    app = App(PROGRAM, '--store', STORE, env=ENV)
    app.click(app.find('push button', 'New Spec'))
    app.type(app.find('text', 'Name'), 'Two steps')
    app.type(app.find('text', 'URL'), 'nonsense')
    add_headers(app)
    paste_headers(app)
    add_file(app)
    app.click(app.find('push button', 'Add Step'))
    app.type(app.find('text', 'URL'), 'http://127.0.0.1:9/second')
    refuse(app)
    app.type(app.find('text', 'URL'), 'http://127.0.0.1:9/first')
    app.keys('ctrl+s')
    app.expect(lambda: not app.all('label', 'Not saved yet'))
    assert app.quit() == 0


def look_again():
    app = App(PROGRAM, '--store', STORE, env=ENV)
    row = app.find('label', 'Two steps')
    sh('xdotool', 'mousemove', *app.centre(row), 'sleep', 0.05, 'click', '--repeat', 2, '--delay', 60, 1)
    app.expect(lambda: app.all('text', 'URL') and text(app.find('text', 'URL')) == 'http://127.0.0.1:9/first')
    assert [text(n) for n in entries(app, 'Header name')] == ['Accept-Charset', 'X-One', 'X-Two']
    assert text(app.find('text', 'Part name')) == 'photo'
    app.find('label', 'photo.png')
    app.find('label', '2.0\u00a0KiB')
    assert text(app.find('text', 'Content type')) == 'image/png'
    app.click(app.find('label', 'http://127.0.0.1:9/second'))
    app.expect(lambda: text(app.find('text', 'URL')) == 'http://127.0.0.1:9/second')
    picture(app, 'person-two-steps')
    assert app.quit() == 0


def main():
    with open(PHOTO, 'wb') as photo:
        photo.write(b'\x89PNG\r\n\x1a\n' + bytes(2040))
    build()
    look_again()


main()
