#!/usr/bin/env python3
"""What other load testers print is read right, failures above all. Speaks TAP."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import peers  # noqa: E402

WRK = '''Running 2s test @ http://127.0.0.1:9081/
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   143.02ms   51.88ms 417.61ms   66.85%
  229284 requests in 6.14s, 32.58MB read
{}Requests/sec:  37346.32
'''
H2LOAD = '''finished in 2.00s, 123598.00 req/s, 19.92MB/s
requests: 247196 total, 247260 started, 247196 done, 247190 succeeded, 6 failed, 0 errored, 0 timeout
'''
AB = '''Time taken for tests:   2.000 seconds
Complete requests:      256884
Failed requests:        4
'''
HEY = '''Summary:
  Total:\t2.0008 secs
Status code distribution:
  [200]\t10 responses
  [500]\t90 responses
'''
HEY_ERRORS = HEY + '''
Error distribution:
  [3]\tGet "http://127.0.0.1:1/": dial tcp 127.0.0.1:1: connect: connection refused
'''
AUTOCANNON = '{"requests": {"total": 1000, "average": 500}, "errors": 2, "non2xx": 3, "duration": 2.01}'
VEGETA = '{"requests": 100, "duration": 1990000000, "wait": 10000000, "status_codes": {"0": 3, "200": 90, "503": 7}}'
OHA = '{"summary": {"total": 2.0}, "statusCodeDistribution": {"200": 90, "500": 7}, "errorDistribution": {"aborted due to deadline": 5, "connection refused": 2}}'
K6 = {'metrics': {'http_reqs': {'count': 100}, 'http_req_failed': {'passes': 4, 'fails': 96}}}

CASES = [
    ('wrk', peers.parse_wrk(WRK.format('')), (229284, 0, 6.14)),
    ('wrk, errors', peers.parse_wrk(WRK.format('  Socket errors: connect 0, read 1, write 0, timeout 2\n  Non-2xx or 3xx responses: 7\n')),
     (229284, 10, 6.14)),
    ('h2load', peers.parse_h2load(H2LOAD), (247196, 6, 2.0)),
    ('ab', peers.parse_ab(AB), (256884, 4, 2.0)),
    ('hey', peers.parse_hey(HEY), (100, 90, 2.0008)),
    ('hey, errors', peers.parse_hey(HEY_ERRORS), (100, 93, 2.0008)),
    ('autocannon', peers.parse_autocannon(AUTOCANNON), (1000, 5, 2.01)),
    ('vegeta', peers.parse_vegeta(VEGETA), (90, 10, 2.0)),
    ('oha', peers.parse_oha(OHA), (97, 9, 2.0)),
    ('k6', peers.parse_k6(K6, 2), (100, 4, 2)),
]

print(f'1..{len(CASES)}')
for number, (name, seen, expected) in enumerate(CASES, 1):
    told = (seen['requests'], seen['failed'], seen['seconds'])
    print(f"{'ok' if told == expected else 'not ok'} {number} {name}{'' if told == expected else f': {told}, not {expected}'}")
sys.exit(0)
