"""Host names that nobody resolves: each user is told in time, and no run waits for the resolver."""
import json
import os
import socket
import subprocess

from cli import Running, Skip, main, write

HOST = 'silent.example'
# Far longer than the test takes: who waits for the resolver is caught.
RESOLVER = 'nameserver 127.0.0.1\noptions timeout:30 attempts:5\n'
RESOLVER_GIVES_UP = 150  # s


def silent_server(folder):
    """A name server that takes each question and answers none, which the programs of @folder are sent to."""
    write(folder, 'resolv.conf', RESOLVER)
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        server.bind(('127.0.0.1', 53))
    except OSError as error:
        server.close()
        raise Skip(f'port 53: {error}') from error
    return server


def in_that_place(folder):
    """The words that run a program where resolv.conf is the folder's; other programs see none of it."""
    there = os.path.join(folder, 'resolv.conf')
    words = ['unshare', '--mount', 'sh', '-c', f'mount --bind {there} "$(realpath /etc/resolv.conf)" && exec "$0" "$@"']
    if subprocess.run(words + ['true'], check=False, capture_output=True).returncode != 0:
        raise Skip('only root may give a program a resolver of its own')
    return words


def spec_file(folder, transport, duration, connect_timeout):
    return write(folder, 'spec.json', {
        'name': 'Names', 'steps': [{'method': 'GET', 'url': f'http://{HOST}/'}], 'gracefulStop': 1,
        'http': {'transport': transport, 'connectTimeout': connect_timeout, 'timeout': 600},
        'loadProfile': {'executor': 'constant-vus', 'vus': 5, 'duration': duration}})


def run(folder, words):
    with Running(folder, 'run', 'spec.json', '--store', 'none', '--summary', 'sum.json', before=words) as running:
        done = running.end().expect(107)
    with open(os.path.join(folder, 'sum.json'), encoding='utf-8') as file:
        return done, json.load(file)


def test_a_silent_name_server(folder):
    with silent_server(folder) as server:
        words = in_that_place(folder)
        for transport in ('auto', 'curl'):
            spec_file(folder, transport, duration=3, connect_timeout=1)
            done, summary = run(folder, words)
            done.expect(107, rf'could not be resolved: {HOST} \(error 1100\)')
            assert HOST.split('.')[0].encode() in server.recv(512)
            assert {error['code'] for error in summary['errors']} == {1100}, summary
            assert summary['requests']['total'] == summary['requests']['failed'] >= 10, summary
            assert summary['duration'] < RESOLVER_GIVES_UP / 2, summary


def test_a_run_ends_while_names_are_looked_up(folder):
    with silent_server(folder):
        words = in_that_place(folder)
        for transport in ('auto', 'curl'):
            spec_file(folder, transport, duration=1, connect_timeout=600)
            _, summary = run(folder, words)
            assert summary['requests']['total'] == 0, summary
            assert summary['duration'] < RESOLVER_GIVES_UP / 2, summary


main(globals())
