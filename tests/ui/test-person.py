"""What a newcomer does first: makes a spec, saves it, runs it, finds it again after a restart."""
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from person import App, Atspi, text  # noqa: E402

PROGRAM = sys.argv[1]
STORE = 'sqlite:' + os.path.join(os.environ['TMPDIR'], 'person.db')
ENV = dict(os.environ, G_DEBUG='fatal-criticals', ASAN_OPTIONS='detect_leaks=0')


class Target(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    hits = 0

    def do_GET(self):
        Target.hits += 1
        self.send_response(200)
        self.send_header('Content-Length', '2')
        self.end_headers()
        self.wfile.write(b'ok')

    def log_message(self, *words):
        pass


def start_target():
    server = ThreadingHTTPServer(('127.0.0.1', 0), Target)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f'http://127.0.0.1:{server.server_port}/hello'


def set_number(app, name, number):
    spin = app.find('spin button', name)
    app.click(spin)
    app.keys('ctrl+a')
    app.keys(*str(number), 'Tab')
    app.expect(lambda: text(spin) == str(number))


def is_enabled(node):
    return node.get_state_set().contains(Atspi.StateType.SENSITIVE)


def picture(app, name):
    folder = os.environ.get('LF_TEST_SCREENSHOTS')
    if folder:
        app.screenshot(os.path.join(folder, name + '.png'))


def make_and_run(url):
    app = App(PROGRAM, '--store', STORE, env=ENV)
    app.find('label', 'No Specs Yet')
    app.click(app.find('push button', 'New Spec'))
    app.type(app.find('text', 'Name'), 'First try')
    app.type(app.find('text', 'URL'), url)
    set_number(app, 'Ramp up (s)', 0)
    set_number(app, 'Users', 2)
    set_number(app, 'Steady (s)', 2)
    spin = app.find('spin button', 'Ramp down (s)')
    app.click(spin)
    app.keys('ctrl+a', '0')  # still in the field when it is saved
    save = app.find('push button', 'Save')
    assert is_enabled(save)
    app.keys('ctrl+s')
    app.expect(lambda: not is_enabled(save))
    picture(app, 'person-editor')
    app.keys('ctrl+question')
    app.expect(lambda: app.all('label', 'Shortcuts'))
    app.keys('Escape')
    app.keys('F5')
    app.expect(lambda: len(app.all('frame')) == 2)
    app.expect(lambda: Target.hits > 0)
    app.find('label', 'Passed after 0:02')
    picture(app, 'person-run')
    app.keys('ctrl+w')  # the run window is in front
    app.expect(lambda: len(app.all('frame')) == 1)
    assert app.quit() == 0


def find_again():
    app = App(PROGRAM, '--store', STORE, env=ENV)
    app.find('label', 'First try')
    app.find('label', 'Passed')
    picture(app, 'person-list')
    app.keys('ctrl+f')
    app.expect(lambda: app.all('text', 'Search specs') or app.all('entry', 'Search specs'))
    app.keys(*'nothing')
    app.find('label', 'Nothing Found')
    app.keys('Escape')
    app.find('label', 'First try')
    app.act(app.find('push button', 'Open the last run'))
    app.expect(lambda: len(app.all('frame')) == 2)
    app.expect(lambda: app.all('label', 'Passed after 0:02'))
    app.act(next(f for f in app.all('frame') if f.get_name() == 'LoadForge'), 'window.close')
    app.expect(lambda: len(app.all('frame')) == 1)
    app.keys('ctrl+q')  # in the run window, which is alone now
    assert app.process.wait(30) == 0


make_and_run(start_target())
find_again()
