"""The REST API against a fuzzer that knows its OpenAPI document (schemathesis): no 5xx, no hang, no answer that the
document does not allow."""
import os
import re
import subprocess

from server import Server, Target
from cli import PATIENCE, Skip, main

TOOL = os.path.join(os.environ.get('LF_TEST_TOOLS', ''), 'schemathesis/bin/schemathesis')
# What the document says of itself is not asked: one path has two names ({id}, {specId}), and loopback asks for no token.
CHECKS = ['not_a_server_error', 'status_code_conformance', 'content_type_conformance', 'response_headers_conformance',
          'response_schema_conformance', 'negative_data_rejection']


def settings(server, spec, run):
    """Ids that there are, so that half of the requests reach what lies behind them."""
    lines = []
    for path, operations in server.document['paths'].items():
        ids = {'id': run['id'] if path.startswith('/api/runs') else spec['id'], 'specId': spec['id'], 'other': run['id']}
        for method in operations:
            if method == 'get' and '{' in path or path.endswith('validate'):
                values = ', '.join(f'"path.{name}" = "{ids[name]}"' for name in re.findall(r'{(\w+)}', path))
                lines.append(f'[[operations]]\ninclude-name = "{method.upper()} {path}"\nparameters = {{ {values} }}\n')
    return '\n'.join(lines)


def test_requests_that_nobody_thought_of(folder):
    if not os.access(TOOL, os.X_OK):
        raise Skip('there is no schemathesis here: ./dev test installs it')
    with Target(folder) as target, Server(folder, '--allow-target', '127.0.0.1') as server:
        spec = server.add_spec(target)
        run = server.start(spec)
        server.finish(run)
        with open(os.path.join(folder, 'schemathesis.toml'), 'w', encoding='utf-8') as file:
            file.write(settings(server, spec, run))
        done = subprocess.run([TOOL, '--config-file', 'schemathesis.toml', 'run', f'{server.url}/api/openapi.json',
                               '--phases', 'fuzzing', '--max-examples', '15', '--seed', '1', '--no-color', '--checks', ','.join(CHECKS)],
                              cwd=folder, check=False, capture_output=True, text=True, timeout=2 * PATIENCE)
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
        generated = re.search(r'(\d+) generated', done.stdout)
        assert int(generated[1]) > 100, done.stdout[-3000:]
        server.get('/healthz').expect(200)


main(globals())
