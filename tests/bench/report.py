"""Results as Markdown."""


def table(rows, users=True):
    """Side by side; the last columns say what of our speed a peer reaches, and at how much of our cost."""
    ours = {row.get('users'): row for row in rows if row['client'] == 'loadforge'}
    lines = ['| users | client | req/s | CPU µs per request (user + system) | peak memory, MiB | failed | req/s of ours | CPU of ours |',
             '| --- | --- | --- | --- | --- | --- | --- | --- |']
    for row in rows:
        base = ours.get(row.get('users'))
        share = f"{row['rate'] / base['rate']:.2f} | {row['cpu_us'] / base['cpu_us']:.2f}" if base else ' | '
        lines.append(f"| {row.get('users', '')} | {row['client']} | {row['rate']:,.0f} | {row['cpu_us']:.2f} "
                     f"({row['user_us']:.2f} + {row['cpu_us'] - row['user_us']:.2f}) | {row['rss_mib']:.0f} | {row['failed']} | {share} |")
    return lines


def rate_table(rows):
    lines = ['| client | req/s | CPU, % of a core | CPU µs per request | peak memory, MiB | failed | lag p50, p99, max, ms |',
             '| --- | --- | --- | --- | --- | --- | --- |']
    for row in sorted(rows, key=lambda row: row['cpu_percent']):
        lag = ', '.join(f'{ms:.2f}' for ms in row['lag_ms']) if row['lag_ms'] else ''
        lines.append(f"| {row['client']} | {row['rate']:,.0f} | {row['cpu_percent']:.1f} | {row['cpu_us']:.2f} | {row['rss_mib']:.0f} "
                     f"| {row['failed']} | {lag} |")
    return lines


def speed(rows):
    return ['## As fast as they can', ''] + table(rows)


def answers(results):
    return [line for size, rows in results.items() for line in [f'## Answers of {size.upper()}B', ''] + table(rows) + ['']]


def upload64(rows):
    return ['## A body of 64 KiB', ''] + table(rows)


def tls(rows):
    return ['## TLS, HTTP/1.1', ''] + table(rows)


def http2(rows):
    return ['## HTTP/2', ''] + table(rows)


def fixed_rate(rows):
    return ['## A fixed 10,000 requests per second', ''] + rate_table(rows)


def owner(seen):
    generator = seen['generator']
    return ['## 10,000 requests per second to the bundled target', '',
            f"{seen['url']}: {seen['requests']:,} requests ({seen['rate']:,.0f}/s), {seen['failed']} failed, {seen['dropped']} dropped, "
            f"{seen['verdict']}; generator {seen['cpu_percent']:.1f} % of a core; schedule lag p50 {generator.get('lagP50', 0):.3f}, "
            f"p99 {generator.get('lagP99', 0):.3f}, max {generator.get('lagMax', 0):.3f} ms; response time p99 {seen['p99_ms']:.3f} ms."]


def scale(seen):
    return ['## Cost by users, and by workers', ''] + table(seen['users']) + [''] + table(seen['workers'])


def memory(seen):
    return ['## An idle user', '', f"{seen['auto']:.1f} KiB resident on the lean way, {seen['curl']:.1f} KiB on libcurl's."]


def instructions(seen):
    lines = ['## Instructions of our own code per request', '', f"{seen['per_request']:.0f} (callgrind; outside libcurl, GLib, libc):", '']
    return lines + ['| function | instructions |', '| --- | --- |'] + [f'| `{name}` | {cost:.0f} |' for name, cost in seen['functions'].items()]


def soak(seen):
    return ['## A long run', '', "{seconds} s at 10,000/s: {requests:,} requests, {failed} failed, {dropped} dropped; resident {rss_first_kib:,} KiB "
            "at first, {rss_last_kib:,} KiB at last, {rss_most_kib:,} KiB at most; {files_first} files open at first, {files_last} at last."
            .format(**seen)]


def target(rate):
    return [f'Bundled target, /anything, one core, 64 connections of wrk: {rate:,.0f} req/s.']


def upload(seen):
    return ["25 MiB body, {users} users, {seconds:.0f} s: {requests} requests, {failed} failed, {sent_gib:.1f} GiB sent, peak memory "
            "{rss_mib:.0f} MiB.".format(**seen)]


def desktop(seen):
    return ['The same from the window: {requests} requests, {failed} failed (the target checks every digest), peak memory '
            '{rss_peak_mib:.0f} MiB; charts moved at {charts_moved} and the console at {console_moved} of {looks} looks.'.format(**seen),
            'Asked every 20 ms, the window answered within {p50_ms:.1f} ms (median), {p99_ms:.0f} ms (p99), {max_ms:.0f} ms (worst of '
            '{asked}).'.format(**seen['window'])]


def window(seconds):
    return [f'First window on screen: {seconds:.2f} s.']


def store(seen):
    lines = ['## A full store', '', '| | specs, runs of 10 minutes | list, ms (CPU) | history | a run | 25 MiB up, ms | down | memory, MiB |',
             '| --- | --- | --- | --- | --- | --- | --- | --- |']
    for name, one in seen.items():
        lines.append(f"| {name} | {one['specs']:,}, {one['runs']:,} | {one['list_ms']:.0f} ({one['list_cpu_ms']:.0f}) | {one['history_ms']:.0f} ({one['history_cpu_ms']:.0f}) "
                     f"| {one['run_ms']:.0f} ({one['run_cpu_ms']:.0f}) | {one['file_up_ms']:.0f} | {one['file_down_ms']:.0f} | {one['file_memory_mib']:.1f} |")
    return lines


def kills(seen):
    return [f"{seen['kills']} runs were killed in {seen['seconds']:.0f} s: the database was whole each time, no sample older than 5 s was lost."]


def frames(seen):
    lines = ['## Frames of a live run', '', '{requests:,} requests in {seconds} s, {lines:,} lines in the console, nearly all in the first half.'
             .format(**seen), '',
             '| | frames | gap p50, p99, max, ms | over 50 ms | cost p50, p99, max, ms | resident first, last, MiB |', '| --- | --- | --- | --- | --- | --- |']
    for phase, name in ('pouring', 'lines pour in'), ('after', 'then 100 per second'):
        gaps, costs = seen[phase]['gaps'], seen[phase]['costs']
        lines.append(f"| {name} | {gaps['n']} | {gaps['p50_ms']:.1f}, {gaps['p99_ms']:.1f}, {gaps['max_ms']:.1f} | {gaps['over']} "
                     f"| {costs['p50_ms']:.1f}, {costs['p99_ms']:.1f}, {costs['max_ms']:.1f} "
                     f"| {seen[phase]['rss_first_mib']:.0f}, {seen[phase]['rss_last_mib']:.0f} |")
    return lines


def list_frames(seen):
    lines = [f"## Frames of the list of {seen['specs']:,} specs", '', 'Cost is what the main thread worked in a gap.', '',
             '| | frames | gap p50, p99, max, ms | over 50 ms | cost p50, p99, max, ms | over 50 ms |',
             '| --- | --- | --- | --- | --- | --- |']
    for phase in 'opening', 'scrolling', 'searching':
        gaps, costs = seen[phase]['gaps'], seen[phase]['costs']
        lines.append(f"| {phase} | {gaps['n']} | {gaps['p50_ms']:.1f}, {gaps['p99_ms']:.1f}, {gaps['max_ms']:.1f} | {gaps['over']} "
                     f"| {costs['p50_ms']:.1f}, {costs['p99_ms']:.1f}, {costs['max_ms']:.1f} | {costs['over']} |")
    return lines


def remote(seen):
    health, listed = seen['healthz'], seen['runs']
    return ['## The remote endpoint', '',
            f"/healthz at {health['rate']:,.0f}/s: {health['failed']} failed, {health['dropped']} dropped, p50 {health['p50_ms']:.2f}, "
            f"p99 {health['p99_ms']:.2f} ms. /api/runs of {seen['kept_runs']:,} runs while a run goes on at {seen['run_rate']:,.0f}/s "
            f"({seen['run_dropped']} dropped): p50 {listed['p50_ms']:.2f}, p99 {listed['p99_ms']:.2f} ms, {listed['failed']} failed. "
            f"A run at full speed with {seen['viewers']} viewers, who got {seen['messages']:,.0f} messages: {seen['watched']:,.0f} req/s, "
            f"without {seen['unwatched']:,.0f}; {seen['ratio']:.3f} times as fast."]
