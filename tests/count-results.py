"""Counts the results of a meson test run, subtests of TAP programs one by one.

Prints `N passed, N failed, N skipped` and exits with 1 where anything failed or nothing ran, and in
CI ($CI is set) where anything was skipped: every component that a test needs is there.
"""
import json
import os
import re
import sys

TAP_LINE = re.compile(r'^(not )?ok\b[^#]*(#\s*(skip|todo)\b)?', re.IGNORECASE)


def count(test):
    passed = failed = skipped = 0
    for line in (test.get('stdout') or '').splitlines():
        match = TAP_LINE.match(line)
        if not match:
            continue
        if match[3] and match[3].lower() == 'skip':
            skipped += 1
        elif match[1]:
            failed += 1
        else:
            passed += 1
    result = test['result']
    if result in ('FAIL', 'ERROR', 'TIMEOUT', 'INTERRUPT', 'UNEXPECTEDPASS'):
        failed = max(failed, 1)
        print(f"failed: {test['name']} ({result.lower()})")
    elif result == 'SKIP':
        print(f"skipped: {test['name']}")
        skipped = max(skipped, 1)
    elif passed + failed + skipped == 0:
        passed = 1
    return passed, failed, skipped


def main():
    with open(sys.argv[1], encoding='utf-8') as log:
        results = [count(json.loads(line)) for line in log if line.strip()]
    passed, failed, skipped = (sum(column) for column in zip(*results)) if results else (0, 0, 0)
    print(f'{passed} passed, {failed} failed, {skipped} skipped')
    lacking = skipped > 0 and bool(os.environ.get('CI'))
    return 1 if failed or passed == 0 or lacking else 0


sys.exit(main())
