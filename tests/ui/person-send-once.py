"""A step is sent once by key: first in vain, which tells why, then with an answer."""
import http.server
import os
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from person import App, text  # noqa: E402

PROGRAM = sys.argv[1]
STORE = 'sqlite:' + os.path.join(os.environ['TMPDIR'], 'send-once.db')
ENV = dict(os.environ, G_DEBUG='fatal-criticals', ASAN_OPTIONS='detect_leaks=0')


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        answer = b'{"order":{"total":42}}'
        self.send_response(200)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *words):
        pass


def shows(app, words):
    return any(words in text(node) for node in app.all('text'))


def main():
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = App(PROGRAM, '--store', STORE, env=ENV)
    app.click(app.find('push button', 'New Spec'))
    app.type(app.find('text', 'URL'), 'http://127.0.0.1:1/')
    app.keys('ctrl+Return')
    app.find('label', 'Connection refused (1212)')
    app.type(app.find('text', 'URL'), f'http://127.0.0.1:{server.server_port}/order')
    app.keys('ctrl+Return')
    app.find('label', '200 OK')
    app.expect(lambda: shows(app, '"total": 42'))
    app.click(app.find('page tab', 'Request'))
    app.expect(lambda: shows(app, 'GET /order HTTP/1.1'))
    app.keys('ctrl+s')
    assert app.quit() == 0


main()
