"""The machine: where processes run, what they cost, and what it is called."""
import os
import platform
import re
import resource
import socket
import subprocess
import threading
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CLI = os.path.join(TOP, 'build/release/src/cli/loadforge-cli')
APP = os.path.join(TOP, 'build/release/src/ui/loadforge')
OUT = os.path.join(TOP, 'build/bench')
TOOLS = os.path.join(TOP, 'build/bench-tools')
TARGET_CORE, CLIENT_CORE = '0', '1' if (os.cpu_count() or 1) > 1 else '0'


def raise_file_limit():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def wait_for_port(port, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(('127.0.0.1', port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f'bench: nothing listens on port {port}')


def pinned(core, command):
    return ['taskset', '-c', core] + command


def measured(command, cores=CLIENT_CORE, limit=300, **options):
    """Runs it pinned to the client's core: output, CPU seconds and peak memory (KiB). Killed after @limit seconds."""
    process = subprocess.Popen(pinned(cores, command), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
    guard = threading.Timer(limit, process.kill)
    guard.start()
    errors = []
    reader = threading.Thread(target=lambda: errors.append(process.stderr.read()))
    reader.start()
    out = process.stdout.read()
    reader.join()
    _, status, usage = os.wait4(process.pid, 0)
    guard.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return {'out': out, 'err': errors[0], 'code': process.returncode,
            'user': usage.ru_utime, 'system': usage.ru_stime, 'rss': usage.ru_maxrss}


def describe():
    """One line about the machine, and the versions of what runs on it."""
    with open('/proc/cpuinfo', encoding='utf-8') as file:
        model = re.search(r'model name\s*: (.*)', file.read())
    return f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores, Linux {platform.release().split('-')[0]}"


def peak_memory(pid, field='VmHWM'):
    """KiB, of a process that runs."""
    with open(f'/proc/{pid}/status', encoding='utf-8') as file:
        return int(re.search(rf'{field}:\s+(\d+)', file.read())[1])
