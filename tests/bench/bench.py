"""Measures LoadForge beside its peers, on one machine, in interleaved rounds; medians count.

Client and target are pinned to different cores. All load goes to servers started here, on loopback,
for a bounded time. Writes build/bench/results.md and results.json.
"""
import argparse
import json
import os
import sys

import costs
import machine
import peers
import program
import remote
import report
import speed
import store

# What a call without --only measures; the others take long, or need valgrind.
USUAL = ['speed', 'rate', 'answers', 'upload64', 'tls', 'http2', 'owner', 'scale', 'memory', 'target', 'upload', 'desktop', 'window', 'frames', 'list', 'remote']
PARTS = USUAL + ['store', 'kills', 'soak', 'callgrind']


def read_arguments():
    parser = argparse.ArgumentParser(prog='./dev bench --', description=__doc__.splitlines()[0])
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--seconds', type=int, default=4, help='of one run')
    parser.add_argument('--users', type=int, nargs='+', default=[1, 64, 500, 5000], help='for the part speed')
    parser.add_argument('--only', nargs='+', choices=PARTS, default=USUAL, metavar='PART', help=', '.join(PARTS))
    parser.add_argument('--soak', type=int, default=600, help='seconds of the part soak')
    return parser.parse_args()


def measures(bench, options):
    """Each part, and how its result is told."""
    rounds, seconds = options.rounds, options.seconds
    return {
        'speed': (lambda: bench.speed(options.users), report.speed),
        'rate': (bench.fixed_rate, report.fixed_rate),
        'answers': (bench.answers, report.answers),
        'upload64': (bench.upload, report.upload64),
        'tls': (bench.tls, report.tls),
        'http2': (bench.http2, report.http2),
        'owner': (speed.owners_test, report.owner),
        'scale': (bench.scale, report.scale),
        'memory': (lambda: costs.idle_users(bench.server), report.memory),
        'callgrind': (lambda: costs.own_instructions(bench.server), report.instructions),
        'soak': (lambda: costs.soak(bench.server, options.soak), report.soak),
        'target': (lambda: program.target_speed(rounds, seconds), report.target),
        'upload': (program.upload, report.upload),
        'desktop': (program.desktop, report.desktop),
        'frames': (program.frames, report.frames),
        'list': (program.list_frames, report.list_frames),
        'remote': (lambda: remote.measure(bench.server, rounds, seconds), report.remote),
        'store': (store.measure, report.store),
        'kills': (store.kills, report.kills),
        'window': (lambda: program.first_window(max(3, rounds)), report.window),
    }


def introduce(options):
    versions = ', '.join(f'{name} {version}' for name, version in peers.versions().items())
    return ['# LoadForge bench', '', f'{machine.describe()}. {versions}.', '',
            f'Client and target on a core each, one nginx worker; medians of {options.rounds} interleaved rounds of {options.seconds} s.', '']


def write(results, lines):
    with open(os.path.join(machine.OUT, 'results.json'), 'w', encoding='utf-8') as file:
        json.dump(results, file, indent=2)
    with open(os.path.join(machine.OUT, 'results.md'), 'w', encoding='utf-8') as file:
        file.write('\n'.join(lines) + '\n')


def main():
    options = read_arguments()
    machine.raise_file_limit()
    results, lines = {'machine': machine.describe(), 'versions': peers.versions()}, introduce(options)
    with speed.Bench(options.rounds, options.seconds) as bench:
        for name, (measure, tell) in measures(bench, options).items():
            if name not in options.only:
                continue
            print(f'bench: {name}', file=sys.stderr, flush=True)
            results[name] = measure()
            if results[name] is not None:
                lines += tell(results[name]) + ['']
            write(results, lines)
    print('\n'.join(lines))
    return 0


sys.exit(main())
