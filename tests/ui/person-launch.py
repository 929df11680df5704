"""What a desktop does with LoadForge once it is installed: opens a spec file and a loadforge: address in it, starts it over
D-Bus, asks it for an action of its launcher. The files are those of the build; only where the program lies is put in."""
import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from person import App, sh, wait  # noqa: E402

PROGRAM, BUILT = map(os.path.abspath, sys.argv[1:])
ID = 'io.github.loadforge.LoadForge'
DATA = os.environ['XDG_DATA_HOME']
SPEC = os.path.join(os.environ['TMPDIR'], 'opened.loadforge.json')
ENV = dict(os.environ, G_DEBUG='fatal-criticals', ASAN_OPTIONS='detect_leaks=0')


def install(folder, ending, pattern=None, text=None):
    with open(os.path.join(BUILT, f'{ID}.{ending}'), encoding='utf-8') as file:
        content = file.read()
    if pattern:
        content, changed = re.subn(pattern, text, content, flags=re.M)
        assert changed, pattern
    os.makedirs(os.path.join(DATA, folder), exist_ok=True)
    with open(os.path.join(DATA, folder, f'{ID}.{ending}'), 'w', encoding='utf-8') as file:
        file.write(content)


def install_all():
    install('applications', 'desktop', '^Exec=loadforge', f'Exec={PROGRAM}')
    install('dbus-1/services', 'service', '^Exec=.*/loadforge ', f'Exec={PROGRAM} ')
    install('mime/packages', 'xml')
    sh('update-mime-database', os.path.join(DATA, 'mime'))
    sh('update-desktop-database', os.path.join(DATA, 'applications'))
    with open(SPEC, 'w', encoding='utf-8') as file:
        json.dump({'name': 'Opened from Files', 'request': {'method': 'GET', 'url': 'http://127.0.0.1:1/'}}, file)
    # The bus starts programs as it was itself started, before there was a display.
    names = [name for name in ('DISPLAY', 'GDK_BACKEND', 'GSETTINGS_SCHEMA_DIR', 'ASAN_OPTIONS', 'G_DEBUG') if name in ENV]
    subprocess.run(['dbus-update-activation-environment', *names], env=ENV, check=True)
    sh('gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus',
       '--method', 'org.freedesktop.DBus.ReloadConfig')


def running():
    """The process that owns the application's name on the bus."""
    done = subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path',
                           '/org/freedesktop/DBus', '--method', 'org.freedesktop.DBus.GetConnectionUnixProcessID', ID],
                          capture_output=True, text=True, check=False)
    found = re.match(r'\(uint32 (\d+),\)', done.stdout)
    return found and int(found[1])


def gone():
    return wait(lambda: not running())


def meet():
    pid = wait(running)
    assert pid, 'the bus started nothing'
    return App.running(pid)


def test_file_is_known_and_opens():
    kind = sh('gio', 'info', '-a', 'standard::content-type', SPEC)
    assert 'application/x-loadforge-spec+json' in kind, kind
    sh('gio', 'open', SPEC)
    app = meet()
    app.find('label', 'Opened from Files')
    return app


def test_address_and_action_reach_the_same_process(app):
    pid = running()
    sh('gio', 'open', 'loadforge://specs')
    app.find('push button', 'New')
    sh('gapplication', 'action', ID, 'new-spec')
    app.find('label', 'New Spec')
    sh('gio', 'open', 'loadforge://nowhere')
    app.find('label', 'There is no page loadforge://nowhere.')
    assert running() == pid
    second = subprocess.run([PROGRAM, '--store', 'sqlite:' + SPEC + '.db', 'loadforge://specs'], env=ENV, capture_output=True,
                            text=True, timeout=30, check=True)
    assert 'keeps its store' in second.stderr, second.stderr
    assert not os.path.exists(SPEC + '.db')
    sh('gapplication', 'action', ID, 'quit')
    assert gone(), 'it does not quit'


def test_action_starts_it():
    sh('gapplication', 'action', ID, 'new-spec')
    app = meet()
    app.find('label', 'New Spec')
    sh('gapplication', 'action', ID, 'quit')
    assert gone(), 'it does not quit'


install_all()
test_address_and_action_reach_the_same_process(test_file_is_known_and_opens())
test_action_starts_it()
