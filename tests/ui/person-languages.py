"""The program in each language of po/LINGUAS: its windows, its report in a terminal, and no English left among the words."""
import gettext
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from person import App, GLib, walk  # noqa: E402

PROGRAM, CLI, CATALOGS = (os.path.abspath(word) for word in sys.argv[1:4])
LOCALES = {'de': 'de_DE.UTF-8', 'es': 'es_ES.UTF-8', 'fr': 'fr_FR.UTF-8'}
# Words that are the same in a language, or that stand for something other than the window's own.
KEPT = {'LoadForge'}


def environment(language):
    env = dict(os.environ, LC_ALL=LOCALES[language], LOADFORGE_LOCALE_DIR=CATALOGS, G_DEBUG='fatal-criticals',
               ASAN_OPTIONS='detect_leaks=0')  # LOCPATH comes from meson.build
    for name in ('MONGO_URI', 'LANGUAGE'):
        env.pop(name, None)
    return env


def shown(root):
    """Whatever a screen reader would say of what is in @root."""
    for node in walk(root):
        try:
            if node.get_role_name() not in ('unknown', 'application'):
                yield node.get_name()
        except GLib.Error:
            pass


def check_no_english(app, catalog, within):
    left = sorted({name for name in shown(within) if name and name not in KEPT and catalog.gettext(name) != name})
    assert not left, left


def check_window(language, catalog):
    app = App(PROGRAM, env=environment(language))
    say = catalog.gettext
    assert say('No Specs Yet') != 'No Specs Yet'
    app.expect(lambda: [label for label in app.all('label') if label.get_name() == say('No Specs Yet')])
    app.find('push button', say('_New').replace('_', ''))
    app.keys('ctrl+comma')
    preferences = app.find('frame', say('Preferences'))
    check_no_english(app, catalog, preferences)
    app.keys('Escape')
    app.expect(lambda: not app.all('frame', say('Preferences')))
    app.keys('ctrl+n')
    app.find('label', say('New Spec'))
    check_no_english(app, catalog, app.root)
    assert app.quit() == 0


def check_terminal(language, catalog):
    """A message of a floor below, whose words are put together there."""
    done = subprocess.run([CLI, 'run', '--url', 'ftp://127.0.0.1/'], env=environment(language), capture_output=True, text=True,
                          check=False)
    words = catalog.gettext('--url %s: not an http or https URL; begin it with http:// or https://') % 'ftp://127.0.0.1/'
    assert words in done.stderr and 'begin it' not in words, done.stderr


def main():
    for language in LOCALES:
        catalog = gettext.translation('loadforge', CATALOGS, [language])
        check_terminal(language, catalog)
        check_window(language, catalog)


main()
