"""What is loaded: one nginx worker, and the bundled target. Each on the target's core, on loopback."""
import itertools
import os
import re
import shutil
import signal
import subprocess

from machine import CLI, TARGET_CORE, free_port, pinned, wait_for_port

CONFIG = '''worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
worker_rlimit_nofile 30000;
events {{ worker_connections 24000; multi_accept on; }}
http {{ access_log off; sendfile on; tcp_nopush on; open_file_cache max=16 inactive=600s; keepalive_requests 1000000000; keepalive_timeout 600; client_max_body_size 64m;
  client_body_buffer_size 128k; client_header_timeout 600; http2_max_requests 1000000000; http2_recv_timeout 600;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem; ssl_session_cache shared:s:10m;
  server {{ {plain} listen 127.0.0.1:{tls} ssl http2 backlog=16384 reuseport;
    root {folder}/www; location = / {{ return 200 "ok"; }} }} }}'''

# The same server at as many addresses. Thousands of connections that a client has closed stay in TIME_WAIT for a minute, and the
# next client to the same address pays for that when it looks for ports: 10,000 users cost 25 % more a request.
ADDRESSES = [f'127.0.0.{number}' for number in range(1, 101)]


class Nginx:
    """One worker: 2 bytes at / whatever is sent there, files of 1 KiB and 64 KiB; over TLS too."""

    def __init__(self, folder):
        self.plain, self.tls = free_port(), free_port()
        self.addresses = itertools.cycle(ADDRESSES)
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '7',
                        '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1',
                        '-keyout', f'{folder}/key.pem', '-out', f'{folder}/cert.pem'], check=True, stderr=subprocess.DEVNULL)
        os.makedirs(f'{folder}/www', exist_ok=True)
        for name, size in (('1k', 1024), ('64k', 65536)):
            with open(f'{folder}/www/{name}', 'wb') as file:
                file.write(b'x' * size)
        config = os.path.join(folder, 'nginx.conf')
        with open(config, 'w', encoding='utf-8') as file:
            listen = ' '.join(f'listen {address}:{self.plain} backlog=16384 reuseport;' for address in ADDRESSES)
            file.write(CONFIG.format(folder=folder, plain=listen, tls=self.tls))
        os.chmod(folder, 0o755)  # nginx's worker reads the files as another user
        self.process = subprocess.Popen(pinned(TARGET_CORE, [shutil.which('nginx') or '/usr/sbin/nginx', '-c', config]),
                                        stderr=subprocess.DEVNULL)
        wait_for_port(self.plain)

    def url(self, path='/', tls=False):
        """At another address each time, but for TLS."""
        return f'https://127.0.0.1:{self.tls}{path}' if tls else f'http://{next(self.addresses)}:{self.plain}{path}'

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Target:
    """The bundled target server."""

    def __init__(self, core=TARGET_CORE, listen='127.0.0.1:0'):
        self.process = subprocess.Popen(pinned(core, [CLI, 'target', '--listen', listen]), stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r':(\d+)', self.process.stdout.readline().split('//')[-1])[1])

    def url(self, path='/anything'):
        return f'http://127.0.0.1:{self.port}{path}'

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
