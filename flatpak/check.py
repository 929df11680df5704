"""check.py ID: uses the installed Flatpak inside its sandbox as a person would. A spec with a file, which comes through the
portal's chooser, is made and run against a target on loopback; after a restart it is still there, and the command line inside
knows it as well. ./dev flatpak --check calls it on a desktop of its own (tests/with-desktop), with an empty /run/user/UID.
"""
import glob
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'tests'))
from person import App, Atspi, GLib, sh, text, wait  # noqa: E402

ID = sys.argv[1]
HOME = os.environ['HOME']
FILE = os.path.join(HOME, 'Documents', 'upload.bin')
SIZE = 100_000
ENV = {name: value for name, value in os.environ.items() if name not in ('GTK_USE_PORTAL', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME',
                                                                         'XDG_CACHE_HOME')}
# Files that a portal hands over lie below this folder, inside as outside, and nowhere else.
ENV.update(XDG_CURRENT_DESKTOP='GNOME', GSK_RENDERER='cairo', XDG_RUNTIME_DIR=f'/run/user/{os.getuid()}')


class SandboxedApp(App):
    """Its process has another number inside, so that it is found by the name of its window."""

    def __init__(self):
        self.process = subprocess.Popen(['flatpak', 'run', ID], env=ENV)
        self.window = self.expect(lambda: find_windows('^LoadForge$'))[-1]
        sh('xdotool', 'windowactivate', '--sync', self.window)
        self.root = self.expect(find_program)


def find_windows(name):
    found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', name], capture_output=True, text=True, check=False)
    return found.stdout.split()


def find_program():
    desktop = Atspi.get_desktop(0)
    for at in range(desktop.get_child_count()):
        program = desktop.get_child_at_index(at)
        try:
            if program and program.get_name() in ('loadforge', 'LoadForge', ID):
                return program
        except GLib.Error:
            pass
    return None


def inside(*words, **options):
    return subprocess.run(['flatpak', 'run', '--command=loadforge-cli', ID, *words], env=ENV, check=True, capture_output=True,
                          text=True, **options).stdout


def start_portals():
    """The bus would start them without this desktop's display."""
    subprocess.run(['dbus-update-activation-environment', 'DISPLAY', 'GDK_BACKEND', 'XDG_CURRENT_DESKTOP'], env=ENV, check=True)
    started = [subprocess.Popen([f'/usr/libexec/{name}'], env=ENV, stderr=subprocess.DEVNULL)
               for name in ('xdg-document-portal', 'xdg-desktop-portal-gtk', 'xdg-desktop-portal')]
    assert wait(lambda: 'org.freedesktop.portal.Desktop' in sh(
        'gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus', '--method',
        'org.freedesktop.DBus.ListNames')), 'there is no portal'
    return started


class Target:
    """The one inside answers to the one outside: they share the network."""

    def __init__(self):
        self.process = subprocess.Popen(['flatpak', 'run', '--command=loadforge-cli', ID, 'target', '--listen', '127.0.0.1:0'],
                                        env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip() + '/anything'

    def stop(self):
        """How many requests it answered, and what it says their bodies had."""
        parents = dict(map(int, line.split()) for line in sh('ps', '-eo', 'pid=,ppid=').splitlines())
        program = self.process.pid
        while below := [child for child, parent in parents.items() if parent == program]:
            program = below[0]  # flatpak starts bwrap, which starts another, which starts it
        sh('kill', '-INT', program)
        said = self.process.communicate(timeout=30)[1]
        numbers = re.search(r'Answered (\d+) requests .* had (.+)\.$', said, re.M)
        assert numbers, said
        return int(numbers[1]), numbers[2]


def choose_file(app):
    app.choose(app.find('combo box', 'Kind of body'), 'File')
    app.act(app.find('push button', 'Choose a File…'))
    (chooser,) = app.expect(lambda: find_windows('^Choose a File$'))[-1:]
    sh('xdotool', 'windowactivate', '--sync', chooser)
    app.keys('ctrl+l')
    time.sleep(0.5)  # the entry opens after the key
    sh('xdotool', 'type', '--delay', 20, FILE)
    app.screenshot(os.path.join(os.environ['LF_TEST_SCREENSHOTS'], 'flatpak-portal.png'))
    for _ in range(5):  # the first may only close what the entry suggests
        app.keys('Return')
        if wait(lambda: not find_windows('^Choose a File$'), 3):
            break
    app.find('label', os.path.basename(FILE))
    sh('xdotool', 'windowactivate', '--sync', app.window)


def set_number(app, name, number):
    spin = app.find('spin button', name)
    app.click(spin)
    app.keys('ctrl+a')
    app.keys(*str(number), 'Tab')
    app.expect(lambda: text(spin) == str(number))


def make_and_run(url):
    app = SandboxedApp()
    app.click(app.find('push button', 'New Spec'))
    app.type(app.find('text', 'Name'), 'Upload')
    app.type(app.find('text', 'URL'), url)
    app.choose(app.find('combo box', 'Method'), 'POST')
    choose_file(app)
    for name, number in (('Ramp up (s)', 1), ('Users', 5), ('Steady (s)', 8), ('Ramp down (s)', 1)):
        set_number(app, name, number)
    app.keys('F5')
    app.find('label', 'Passed after 0:10')
    time.sleep(1)  # for the last chart
    app.screenshot(os.path.join(os.environ['LF_TEST_SCREENSHOTS'], 'flatpak-run.png'))
    app.keys('ctrl+q')
    assert app.process.wait(30) == 0


def find_again():
    app = SandboxedApp()
    app.find('label', 'Upload')
    app.find('label', 'Passed')
    app.keys('ctrl+q')
    assert app.process.wait(30) == 0


def use():
    target = Target()
    make_and_run(target.url)
    requests, received = target.stop()
    unit, name = (1e9, 'GB') if requests * SIZE >= 1e9 else (1e6, 'MB')
    assert requests > 0 and received == f'{requests * SIZE / unit:.1f}\u00a0{name}', (requests, received)
    print(f'A run with a file through the portal passed: {requests} requests, {received} of bodies arrived.')
    assert os.path.exists(f'{HOME}/.var/app/{ID}/data/loadforge/loadforge.db'), glob.glob(f'{HOME}/.var/app/{ID}/**', recursive=True)
    print(f'Its data is in ~/.var/app/{ID}/data/loadforge.')
    find_again()
    print('After a restart it is still there.')
    listed = inside('runs', 'list')
    assert re.search(r'Upload +finished +passed', listed), listed
    print(listed)


def main():
    os.makedirs(os.path.dirname(FILE))
    with open(FILE, 'wb') as file:
        file.write(os.urandom(SIZE))
    portals = start_portals()
    try:
        use()
    except AssertionError:
        sh('import', '-window', 'root', os.path.join(os.environ['LF_TEST_SCREENSHOTS'], 'flatpak-failed.png'))
        raise
    finally:
        subprocess.run(['flatpak', 'kill', ID], env=ENV, stderr=subprocess.DEVNULL, check=False)  # what a failure left
        for portal in portals:
            portal.terminate()


main()
