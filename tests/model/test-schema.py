"""data/spec.schema.json and the codec say the same: of every field, and of good and bad documents.

What the schema cannot say, and the codec does: that a key stands once, and that text is valid UTF-8.
What neither says of a document that is only kept: whether it could be run (lf_spec_validate).
"""
import copy
import datetime
import json
import os
import random
import subprocess
import sys

import jsonschema

CODEC, TOP = sys.argv[1], sys.argv[2]
with open(os.path.join(TOP, 'data/spec.schema.json'), encoding='utf-8') as file:
    SCHEMA = json.load(file)
FIELDS = json.loads(subprocess.run([CODEC, '--fields'], capture_output=True, text=True, check=True).stdout)
FORMATS = jsonschema.FormatChecker(formats=())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=FORMATS)
failures = 0


@FORMATS.checks('date-time', raises=ValueError)
def is_time(text):
    return not isinstance(text, str) or datetime.datetime.fromisoformat(text).tzinfo is not None


def report(number, name, problems):
    global failures
    for problem in problems:
        print(f'# {problem}')
    failures += bool(problems)
    print(f"{'not ok' if problems else 'ok'} {number} {name}")


def codec_says(documents):
    lines = ''.join(json.dumps(document) + '\n' for document in documents)
    out = subprocess.run([CODEC], input=lines, capture_output=True, text=True, check=True).stdout
    return out.splitlines()


def schema_of(type_name):
    if type_name == 'LfSpec':
        return SCHEMA
    names = {'LfRow': 'row', 'LfTlsOptions': 'tlsOptions', 'LfHttpOptions': 'httpOptions'}
    plain = names.get(type_name, type_name[2].lower() + type_name[3:])
    return SCHEMA['$defs'][plain]


def compare_field(where, field, said):
    """What the schema says of a field, against the codec's table."""
    kind, problems = field['kind'], []

    def expect(what, value):
        if said.get(what) != value:
            problems.append(f'{where}: {what} is {said.get(what)!r} in the schema, {value!r} in the codec')

    if kind in ('string', 'time', 'boolean', 'integer', 'number'):
        expect('type', 'string' if kind == 'time' else kind)
    if kind == 'time':
        expect('format', 'date-time')
    if kind in ('integer', 'number'):
        expect('minimum', field['minimum'])
        expect('maximum', field['maximum'])
        expect('default', field['preset'])
    if kind == 'boolean':
        expect('default', bool(field['preset']))
    if kind == 'enum':
        words = field['words']
        expect('enum', [word for word in words if word])
        expect('default', words[int(field['preset'])] or None)
    if kind == 'strings':
        expect('items', {'type': 'string'})
    if kind == 'object':
        problems += compare_reference(where, field, said)
    if kind == 'list':
        problems += compare_reference(where, field, said.get('items', {}))
    if kind == 'map':
        problems += compare_reference(where, field, said.get('additionalProperties', {}))
    if not said.get('description'):
        problems.append(f'{where}: has no description')
    return problems


def compare_reference(where, field, said):
    if SCHEMA['$defs'].get(said.get('$ref', '').rpartition('/')[2]) is schema_of(field['type']):
        return []
    return [f"{where}: refers to {said.get('$ref')}, not to {field['type']}"]


def compare_fields():
    problems = []
    keys = {field['type'] for fields in FIELDS.values() for field in fields.values() if field['kind'] == 'map'}
    for type_name, fields in FIELDS.items():
        said = dict(schema_of(type_name)['properties'])
        said.pop('$schema', None)  # for editors; an unknown key for the codec, which keeps it
        wanted = list(fields)[1:] if type_name in keys else list(fields)
        for name in wanted:
            if name not in said:
                problems.append(f'{type_name}.{name} is not in the schema')
            elif (type_name, name) != ('LfSpec', 'schema'):
                problems += compare_field(f'{type_name}.{name}', fields[name], said[name])
        problems += [f'{type_name}.{name} is only in the schema' for name in said if name not in wanted]
    return problems


def draw(schema, depth=0):
    """A random document that the schema allows."""
    if '$ref' in schema:
        return draw(SCHEMA['$defs'][schema['$ref'].rpartition('/')[2]], depth)
    if 'const' in schema:
        return schema['const']
    if 'enum' in schema:
        return random.choice(schema['enum'])
    kind = schema.get('type')
    if kind == 'object':
        if 'additionalProperties' in schema:
            return {f'name {n}': draw(schema['additionalProperties'], depth + 1) for n in range(random.randrange(3))}
        properties = schema.get('properties', {})
        chosen = [name for name in properties if random.random() < (0.5 if depth < 3 else 0.2)]
        return {name: draw(properties[name], depth + 1) for name in chosen}
    if kind == 'array':
        return [draw(schema['items'], depth + 1) for _ in range(random.randrange(3))]
    if kind == 'string':
        return '2026-11-23T12:00:00Z' if schema.get('format') == 'date-time' else random.choice(['', 'a', 'ü\n', '${x}'])
    if kind == 'boolean':
        return random.random() < 0.5
    if kind == 'integer':
        return random.choice([schema['minimum'], int(schema['maximum']), random.randint(0, 1000)])
    if kind == 'number':
        low, high = schema['minimum'], schema['maximum']
        return random.choice([low, high, random.uniform(low, high)])
    return random.choice([None, 0, 'x', [], {'a': None}])


def draw_spec():
    spec = draw(SCHEMA)
    if 'steps' in spec:
        spec.pop('request', None)
    return spec


def places(value, path=()):
    """All places within a document."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, path + (key,))


def damage(spec):
    """The document with one place replaced by something else."""
    spec = copy.deepcopy(spec)
    # $schema is for editors alone: the codec keeps it as it keeps every key that it does not know.
    path = random.choice([path for path in places(spec) if path and path[0] != '$schema'] or [('name',)])
    at = spec
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = random.choice([None, True, -1, 1.5, 1e12, 'word', [], {}, [1], {'a': 1}])
    return spec


def disagreements(documents):
    problems = []
    for document, said in zip(documents, codec_says(documents)):
        allowed = VALIDATOR.is_valid(document)
        if allowed != (said == 'ok'):
            problems.append(f"{json.dumps(document)[:300]}: the schema says {'yes' if allowed else 'no'}, the codec “{said}”")
    return problems


def examples():
    folder, problems = os.path.join(TOP, 'data/examples'), []
    documents = []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding='utf-8') as example:
            documents.append(json.load(example))
        problems += [f'{name}: {error.message}' for error in VALIDATOR.iter_errors(documents[-1])]
    problems += [f'{said}' for said in codec_says(documents) if said != 'ok']
    return problems if documents else ['there is no example']


def main():
    seed = random.randrange(2**32)
    random.seed(seed)
    print(f'# seed {seed}')
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    good = [draw_spec() for _ in range(400)]
    report(1, 'every field of the codec stands in the schema, and the other way round', compare_fields())
    report(2, 'the codec reads what the schema allows',
           [f'{said}: {json.dumps(spec)[:300]}' for spec, said in zip(good, codec_says(good)) if said != 'ok'])
    report(3, 'both refuse the same documents', disagreements([damage(random.choice(good)) for _ in range(1500)]))
    report(4, 'request and steps exclude each other', disagreements([{'request': {}, 'steps': []}, {'request': {}}, {}]))
    report(5, 'the examples are valid', examples())
    print('1..5')
    return 1 if failures else 0


sys.exit(main())
