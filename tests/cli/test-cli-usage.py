"""loadforge-cli as a newcomer meets it: help, versions, the manual page, and mistakes in words."""
import os
import re
import subprocess

from cli import TOP, Target, cli, main, spec, write

MANUAL = os.path.join(TOP, 'data', 'loadforge-cli.1')
COMMANDS = ['run', 'target', 'specs list', 'specs show', 'specs add', 'specs delete',
            'runs list', 'runs show', 'runs export', 'runs compare', 'runs upload',
            'store check', 'store copy', 'store prune',
            'serve', 'token new', 'token list', 'token revoke']


def test_help_lists_every_command(folder):
    done = cli(folder, '--help').expect(0)
    for command in COMMANDS:
        assert re.search(rf'^  {command} +\S', done.out, re.M), done
    assert 'loadforge-cli run --url' in done.out, done
    assert done.err == '', done


def test_help_of_each_command(folder):
    for command in COMMANDS:
        done = cli(folder, *command.split(), '--help').expect(0)
        assert done.out.startswith(f'Usage:\n  loadforge-cli {command} [OPTION'), done
        assert re.search(r'^Examples?:\n  loadforge-cli ', done.out, re.M), done
        assert done.err == '', done
        assert cli(folder, 'help', *command.split()).expect(0).out == done.out
        for line in done.out.splitlines():
            assert len(line) <= 110, line


def test_help_needs_no_terminal_and_no_store(folder):
    cli(folder, 'run', '--help', env={'MONGO_URI': 'mongodb://127.0.0.1:1/x'}).expect(0)
    assert not os.path.exists(os.path.join(folder, 'data'))


def test_version_names_the_libraries(folder):
    done = cli(folder, '--version').expect(0)
    assert re.match(r'loadforge-cli \d+\.\d+\.\d+\n', done.out), done
    for library in ('curl', 'sqlite', 'mongoc', 'glib', 'json-glib'):
        assert re.search(rf'^{library} +\S*\d+\.\d+', done.out, re.M), done


def test_manual_page_is_well_formed(folder):
    done = subprocess.run(['groff', '-man', '-ww', '-z', MANUAL], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stderr == '', done.stderr


def test_manual_page_names_every_option_and_nothing_else(folder):
    with open(MANUAL, encoding='utf-8') as file:
        manual = file.read().replace('\\-', '-')
    described = set(re.findall(r'--[a-z][a-z-]+', manual.partition('.SH EXIT STATUS')[0]))
    printed = {'--version'}
    for command in COMMANDS:
        text = cli(folder, *command.split(), '--help').out.partition('Options:')[2].partition('\n\n')[0]
        options = set(re.findall(r'--[a-z][a-z-]+', text))
        assert options, command
        printed |= options
        assert f'.SS loadforge-cli {command}' in manual, command
    assert described == printed, described ^ printed


def test_exit_codes_are_told_alike(folder):
    with open(MANUAL, encoding='utf-8') as file:
        described = re.findall(r'^\.B (\d+)$', file.read(), re.M)
    assert described == ['0', '99', '104', '105', '106', '107', '111'], described
    told = re.findall(r'\b(\d{3})\b', cli(folder, 'run', '--help').out.partition('Exit codes:')[2])
    assert told == ['104', '105', '107', '111'], told


def test_no_command_is_bad_usage(folder):
    done = cli(folder).expect(104, 'Usage:', 'runs export')
    assert done.out == ''
    cli(folder, 'runs').expect(104, 'runs list')
    cli(folder, 'runs', 'frobnicate').expect(104, 'runs list')
    cli(folder, 'frobnicate').expect(104, 'frobnicate.*no command', 'loadforge-cli --help')


def test_mistakes_name_option_and_cure(folder):
    url = ['--url', 'http://127.0.0.1:1/']
    for words, said in [
            ([], 'Name what to run'),
            (['a.json', 'b.json'], 'b.json.*one word too many'),
            (['--usres', '5'], '--usres'),
            (url + ['--users'], '--users'),
            (url + ['--users', 'ten'], '--users ten: must be a whole number from 1'),
            (url + ['--users', '0'], '--users 0: must be'),
            (url + ['--users', '-3'], '--users -3: must be'),
            (url + ['--users', '1.5'], '--users 1.5: must be'),
            (url + ['--users', ''], '--users : must be'),
            (url + ['--users', '99999999999999999999'], '--users 9+: must be'),
            (url + ['--steady', '10x'], '--steady 10x: must be a time'),
            (url + ['--steady', 'nan'], '--steady nan: must be a time'),
            (url + ['--ramp-up', '-1'], '--ramp-up -1: must be a time'),
            (url + ['--rate', '0'], '--rate 0: must be a number'),
            (url + ['--rate', 'inf'], '--rate inf: must be a number'),
            (url + ['--rate', '0x10'], '--rate 0x10: must be a number'),
            (url + ['--rate', '5', '--users', '5'], '--rate.*--users'),
            (url + ['--steady', '5', '--duration', '5'], '--steady and --duration'),
            (url + ['--max-users', '5'], '--max-users belongs to --rate'),
            (url + ['--workers', '0'], '--workers 0: must be'),
            (url + ['--steady', '0'], '/loadProfile/steady: the run lasts 0 s'),
            (url + ['--method', 'GET IT'], 'method'),
            (url + ['--summary', '-', '--csv', '-'], 'Only one of --summary, --csv and --samples'),
            (['--url', 'localhost:8080/x'], '--url localhost:8080/x: not an http or https URL'),
            (['--url', 'ftp://localhost/'], 'not an http or https URL'),
            (['--url', 'http://'], '/url: '),
            (['--url', 'http://127.0.0.1:99999/'], '/url: '),
            (['--url', 'http://a b/'], '/url: '),
    ]:
        done = cli(folder, 'run', '--store', 'none', *words).expect(104, said)
        assert done.out == '', done
        assert len(done.err.splitlines()) <= 2, done


def test_arguments_need_not_be_text(folder):
    """Bytes that are no UTF-8, as a file system may hold them."""
    done = cli(folder, 'run', os.fsdecode(b'caf\xe9.json')).expect(104)
    assert 'No such file' in done.err, done
    cli(folder, 'run', '--url', os.fsdecode(b'http://caf\xe9/')).expect(104, '--url')
    cli(folder, 'run', '--users', os.fsdecode(b'\xff'), '--url', 'http://h/').expect(104, '--users')


def test_ascii_locale_takes_any_name(folder):
    write(folder, 'prüfung.json', spec('http://127.0.0.1:1/'))
    done = cli(folder, 'specs', 'add', 'prüfung.json', env={'LANG': 'C', 'LC_ALL': 'C'}).expect(0)
    cli(folder, 'specs', 'show', done.out.strip(), env={'LANG': 'C', 'LC_ALL': 'C'}).expect(0)


def test_target_refuses_bad_usage(folder):
    for words, said in [
            (['--listen', 'nonsense'], 'nonsense'),
            (['--listen', '127.0.0.1'], '127.0.0.1:8080'),
            (['--listen', '127.0.0.1:99999'], '99999'),
            (['--delay', 'soon'], '--delay soon: must be a number'),
            (['--jitter', '-1'], '--jitter -1: must be a number'),
            (['--error-rate', '2'], '--error-rate 2: must be a share'),
            (['--error-rate', '101%'], '--error-rate 101%: must be a share'),
            (['extra'], 'one word too many'),
    ]:
        assert cli(folder, 'target', *words).expect(104, said).out == ''


def test_target_says_where_it_listens_and_who_has_the_port(folder):
    with Target(folder) as target:
        assert re.fullmatch(r'http://127\.0\.0\.1:\d+\n', target.first_line), target.first_line
        cli(folder, 'target', '--listen', target.url.removeprefix('http://')).expect(106, 'in use')
        assert target.stop() == 0


def test_standard_output_that_is_full_is_an_error(folder):
    with open('/dev/full', 'w', encoding='utf-8') as full:
        done = subprocess.run([os.path.abspath(os.sys.argv[1]), '--help'], stdout=full,
                              stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 104 and 'standard output' in done.stderr, done


main(globals())
