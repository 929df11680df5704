"""What the tests of loadforge-cli share: TAP, a folder of its own for each test, and the program."""
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback

PROGRAM = os.path.abspath(sys.argv[1])
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PATIENCE = 120  # s that anything may take on a busy machine
# What no program of ours may say, whatever happens.
STAIN = re.compile(r'WARNING|CRITICAL|Sanitizer|runtime error|GLib|\(null\)|Traceback')


class Skip(Exception):
    """A test that this machine cannot run."""


def environment(folder, **more):
    env = {name: value for name, value in os.environ.items()
           if name not in ('MONGO_URI', 'MAX_WORKERS', 'MAX_SOCKETS', 'PORT', 'LANGUAGE', 'LC_ALL')}
    env.update(XDG_DATA_HOME=os.path.join(folder, 'data'), HOME=folder, LANG='C.UTF-8', TZ='UTC',
               MONGOC_DISABLE_SHM='1')  # tests/meson.build tells why
    env.update(more)
    return env


class Done:
    """A program that ended."""

    def __init__(self, words, code, out, err):
        self.words, self.code, self.out, self.err = words, code, out, err
        assert not STAIN.search(err), f'{self}'

    def __str__(self):
        return f'{self.words}\nexit code {self.code}\n--- stdout\n{self.out[:3000]}\n--- stderr\n{self.err[:20000]}'

    def expect(self, code, *said):
        """The exit code, and what standard error says (regular expressions)."""
        assert self.code == code, f'{code} expected: {self}'
        for text in said:
            assert re.search(text, self.err, re.M), f'{text!r} is not said: {self}'
        return self

    @property
    def json(self):
        return json.loads(self.out)


def cli(folder, *words, env=None, **options):
    """Runs the program in @folder until it ends."""
    words = [str(word) for word in words]
    process = subprocess.run([PROGRAM] + words, cwd=folder, check=False, env=environment(folder, **(env or {})),
                             timeout=PATIENCE, stdin=subprocess.DEVNULL, capture_output=True, **options)
    return Done(words, process.returncode, process.stdout.decode(errors='surrogateescape'),
                process.stderr.decode(errors='surrogateescape'))


class Running:
    """A program that goes on, whose standard error is read line by line."""

    def __init__(self, folder, *words, env=None, before=(), **options):
        """@before: the words of a program that runs this one."""
        self.words = [str(word) for word in words]
        self.process = subprocess.Popen([*before, PROGRAM] + self.words, cwd=folder, stdin=subprocess.DEVNULL,
                                        env=environment(folder, **(env or {})), text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        self.lines, self.said, self.out = queue.Queue(), [], ''
        self.readers = [threading.Thread(target=read, daemon=True)
                        for read in (self._read_err, self._read_out)]
        for reader in self.readers:
            reader.start()

    def _read_err(self):
        for line in self.process.stderr:
            self.said.append(line)
            self.lines.put(line)
        self.lines.put(None)

    def _read_out(self):
        self.out = self.process.stdout.read()

    def wait_for(self, pattern):
        """The match of the first line on standard error that has @pattern."""
        end = time.monotonic() + PATIENCE
        while True:
            line = self.lines.get(timeout=max(0.1, end - time.monotonic()))
            assert line is not None, f'ended before {pattern!r}: {"".join(self.said)}'
            match = re.search(pattern, line)
            if match:
                return match

    def signal(self, number):
        self.process.send_signal(number)

    def end(self):
        code = self.process.wait(PATIENCE)
        for reader in self.readers:
            reader.join(PATIENCE)
        return Done(self.words, code, self.out, ''.join(self.said))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class Target:
    """loadforge-cli target on a free port, for a `with` block; it takes its time, so that users at full
    speed leave this machine to the other tests."""

    def __init__(self, folder, *words):
        words = words or ('--delay', '2')
        self.process = subprocess.Popen([PROGRAM, 'target', '--listen', '127.0.0.1:0', *words],
                                        env=environment(folder), text=True, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.first_line = self.process.stdout.readline()
        self.url = self.first_line.strip()

    def stop(self):
        """Ends it as a service manager would; the requests that it answered."""
        self.process.send_signal(signal.SIGTERM)
        out, err = self.process.communicate(timeout=PATIENCE)
        done = Done(['target'], self.process.returncode, self.first_line + out, err).expect(0)
        return int(re.search(r'Answered (\d+) requests', done.err)[1])

    def __enter__(self):
        assert self.url.startswith('http://127.0.0.1:'), self.process.communicate()
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


def write(folder, name, content):
    """A file in @folder: text, bytes, or anything else as JSON."""
    path = os.path.join(folder, name)
    if not isinstance(content, (str, bytes)):
        content = json.dumps(content)
    with open(path, 'wb') as file:
        file.write(content.encode() if isinstance(content, str) else content)
    return path


def spec(url, users=2, steady=1, **more):
    return {'name': 'Some spec', 'steps': [{'method': 'GET', 'url': url, **more}],
            'loadProfile': {'rampUp': 0, 'users': users, 'steady': steady, 'rampDown': 0}}


def main(tests):
    """Runs the functions of @tests, a module's globals(), that begin with test_; each gets a folder."""
    tests = [test for name, test in tests.items() if name.startswith('test_')]
    chosen = sys.argv[2:]
    tests = [test for test in tests if not chosen or test.__name__ in chosen]
    failed = 0
    print(f'1..{len(tests)}', flush=True)
    for number, test in enumerate(tests, 1):
        name = test.__name__[len('test_'):].replace('_', ' ')
        folder = tempfile.mkdtemp(prefix='lf-cli-')
        os.chmod(folder, 0o755)
        try:
            test(folder)
            print(f'ok {number} - {name}', flush=True)
        except Skip as reason:
            print(f'ok {number} - {name} # SKIP {reason}', flush=True)
        except Exception:  # pylint: disable=broad-except
            failed += 1
            print(f'not ok {number} - {name}')
            print(''.join(f'# {line}\n' for line in traceback.format_exc().splitlines()), end='', flush=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failed else 0)
