"""A server to send requests to: it answers each after a while, and says nothing of it."""
import http.server
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        self.server.wait.wait(self.server.seconds)
        self.send_response(200)
        self.send_header('Content-Length', '2')
        self.end_headers()
        self.wfile.write(b'ok')

    def log_message(self, *words):
        pass


def start_target(seconds):
    """Returns its URL."""
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    server.seconds, server.wait = seconds, threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f'http://127.0.0.1:{server.server_port}/'
