"""A MongoDB server for tests of loadforge-cli."""
import os
import subprocess

from cli import PATIENCE, TOP, Skip


class Mongo:
    """A server of its own, started by tests/store/mongo-server with @options, or that of the environment; for a
    `with` block. Its uri is empty where there is none."""

    def __init__(self, *options):
        self.options, self.server = options, None

    def __enter__(self):
        self.uri = os.environ.get('MONGO_URI') if not self.options else None
        if not self.uri:
            self.server = subprocess.Popen([os.path.join(TOP, 'tests', 'store', 'mongo-server'), *self.options], text=True,
                                           stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self.uri = self.server.stdout.readline().strip()
        return self

    def __exit__(self, *_):
        if self.server:
            self.server.stdin.close()
            self.server.wait(PATIENCE)
            self.server.stdout.close()

    def database(self, name):
        """The URI of a database there, which only this process uses."""
        if not self.uri:
            raise Skip('no MongoDB server here')
        base, _, query = self.uri.partition('?')
        if '@' in base and not query:
            query = 'authSource=admin'
        return f'{base.rstrip("/")}/lf_{name}_{os.getpid()}?{query}'
