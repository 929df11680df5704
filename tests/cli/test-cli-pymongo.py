"""Another client of MongoDB, PyMongo, reads what LoadForge wrote, and writes what LoadForge reads."""
import contextlib
import datetime
import hashlib
import os

import bson
import gridfs
import pymongo

from cli import Target, cli, main, spec, write
from mongo import Mongo

AFTER = datetime.datetime(2020, 1, 1)


@contextlib.contextmanager
def database(name, *options):
    """The URI of a database, and PyMongo's view of it."""
    with Mongo(*options) as mongo:
        uri = mongo.database(name)
        with pymongo.MongoClient(uri) as client:
            yield uri, client.get_default_database()
            client.drop_database(client.get_default_database().name)


def series(mongo, name, run):
    """Where a server with a usable index has all runs, another one has a collection for each."""
    return mongo[name] if mongo[name].find_one() else mongo[f'{name}.{run["_id"]}']


def check_reading(folder, *options):
    with database('read', *options) as (uri, mongo), Target(folder) as target:
        store = ['--store', uri]
        content = os.urandom(700_000)
        write(folder, 'body.bin', content)
        write(folder, 'up.json', spec(target.url + '/anything', method='POST', body={'type': 'file', 'file': 'body.bin'}, steady=2))
        added = cli(folder, 'specs', 'add', 'up.json', *store).expect(0).out.strip()
        cli(folder, 'run', added, *store).expect(0)

        kept = mongo.specs.find_one({'_id': bson.ObjectId(added)})
        assert kept['name'] == 'Some spec' and kept['createdAt'] > AFTER and kept['loadProfile']['users'] == 2, kept
        file = gridfs.GridFSBucket(mongo, 'attachments').open_download_stream(bson.ObjectId(str(kept['steps'][0]['body']['attachmentId'])))
        assert file.filename == 'body.bin' and file.read() == content
        assert file.metadata['sha256'] == hashlib.sha256(content).hexdigest(), file.metadata
        run = mongo.runs.find_one({'specId': bson.ObjectId(added), 'startedAt': {'$gt': AFTER}})
        assert run['status'] == 'finished' and run['summary']['requests']['total'] > 0, run
        samples = [sample for bucket in series(mongo, 'samples', run).find({'runId': run['_id'], 'step': -1}) for sample in bucket['samples']]
        assert sum(sample['completed'] for sample in samples) == run['summary']['requests']['total']
        line = series(mongo, 'logs', run).find_one({'runId': run['_id'], 'class': 'lifecycle', 'time': {'$gt': AFTER}})
        assert line['seq'] >= 1 and line['message'], line


def test_reads_what_we_wrote(folder):
    check_reading(folder)


def test_reads_what_we_wrote_signed_in(folder):
    check_reading(folder, '--auth')


def write_spec(mongo, url, file):
    """As a person does it in mongosh, where a number is a double."""
    return mongo.specs.insert_one({
        '_id': bson.ObjectId(), 'name': 'By hand', 'revision': 3.0, 'createdAt': datetime.datetime(2026, 1, 2, 3, 4, 5),
        'steps': [{'method': 'POST', 'url': url, 'body': {'type': 'file', 'attachmentId': file}}],
        'loadProfile': {'executor': 'shared-iterations', 'vus': 1.0, 'iterations': 3},
    }).inserted_id


def test_writes_what_we_read(folder):
    with database('write') as (uri, mongo), Target(folder) as target:
        store = ['--store', uri]
        content = os.urandom(300_000)
        file = gridfs.GridFSBucket(mongo, 'attachments').upload_from_stream('by-hand.bin', content)
        made = write_spec(mongo, target.url + '/anything', file)
        shown = cli(folder, 'specs', 'show', str(made), *store).expect(0).json
        assert shown['revision'] == 3 and shown['createdAt'] == '2026-01-02T03:04:05.000Z', shown
        done = cli(folder, 'run', str(made), '--summary', '-', *store).expect(0)
        assert done.json['requests']['total'] == 3 and done.json['data']['sent'] > 3 * len(content), done

        # A part of the file is gone: it is told, not sent.
        mongo['attachments.chunks'].delete_one({'files_id': file, 'n': 1})
        cli(folder, 'run', str(made), *store).expect(107, 'by-hand.bin.*attach the file again')


def test_documents_of_any_kind_hide_no_other(folder):
    with database('odd') as (uri, mongo):
        store = ['--store', uri]
        write(folder, 'good.json', spec('http://127.0.0.1:1/'))
        good = cli(folder, 'specs', 'add', 'good.json', *store).expect(0).out.strip()
        odd = [{'_id': 7}, {'name': 7, 'steps': 'none'}, {'name': 'big', 'description': 'x' * 15_000_000},
               {'_id': 1.5, 'name': ['a']}, {'steps': [{'url': 5, 'headers': {'a': 1}}]}, {'revision': 'two'},
               {'loadProfile': [], 'tags': {'a': bson.Int64(1)}}, {'createdAt': 'yesterday', 'steps': [None]},
               {'name': bson.Regex('x'), 'variables': bson.Binary(b'ab')}, {'_id': 'text', 'steps': []}]
        for document in odd:
            mongo.specs.insert_one(document)
            mongo.runs.insert_one({**document, 'status': 3, 'summary': 'none'})
        listed = cli(folder, 'specs', 'list', '--format', 'json', *store).expect(0, 'left out the spec')
        assert good in [one.get('id') for one in listed.json]
        cli(folder, 'specs', 'show', good, *store).expect(0)
        cli(folder, 'specs', 'show', str(odd[1]['_id']), *store).expect(107, 'cannot be read.*/(name|steps)')
        cli(folder, 'runs', 'list', *store).expect(0, 'left out the run')


main(globals())
