"""What a screen reader hears in every window and page, and where Tab goes: names, roles, charts in words, no dead end."""
import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from person import App, Atspi, GLib, name_of, role_of, sh, wait, walk  # noqa: E402

PROGRAM, CLI = (os.path.abspath(word) for word in sys.argv[1:3])
FOLDER = os.environ['TMPDIR']
STORE = 'sqlite:' + os.path.join(FOLDER, 'accessible.db')
ENV = dict(os.environ, G_DEBUG='fatal-criticals', ASAN_OPTIONS='detect_leaks=0')
ENV.pop('MONGO_URI', None)

ACTING = {'push button', 'toggle button', 'check box', 'radio button', 'combo box', 'entry', 'text', 'spin button', 'slider', 'page tab',
          'link', 'menu item', 'switch'}
# What may take the focus without acting: charts and their like, lists and tables with their rows, text that can be selected.
RESTING = {'image', 'list', 'list item', 'table', 'table row', 'table cell', 'label', 'scroll pane', 'frame', 'panel',
           'application', 'dialog', 'drawing area', 'grouping'}
# GTK gives the popup list of a drop-down, and the inside of a column view, no name that could be changed.
NAMELESS = {'GtkListItemWidget', 'GtkColumnListView'}
TYPE_NAME = re.compile('(Gtk|Adw|Lf)[A-Z]')


def cli(*words):
    done = subprocess.run([CLI, *words, '--store', STORE], env=ENV, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def fill_store():
    """A spec with two steps and two runs of it; their ids."""
    target = subprocess.Popen([CLI, 'target', '--listen', '127.0.0.1:0', '--delay', '5'], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True, env=ENV)
    try:
        url = target.stdout.readline().strip()
        steps = [{'name': 'Put in', 'method': 'POST', 'url': url, 'headers': [{'name': 'X-Shop', 'value': '1'}],
                  'params': [{'name': 'q', 'value': '1'}], 'body': {'type': 'json', 'text': '{}'}}, {'name': 'Look', 'url': url}]
        path = os.path.join(FOLDER, 'checkout.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump({'name': 'Checkout', 'steps': steps,
                       'loadProfile': {'rampUp': 0, 'users': 2, 'steady': 1, 'rampDown': 0}}, file)
        spec = cli('specs', 'add', path).strip()
        for _ in range(2):
            cli('run', spec, '--quiet')
        return spec, json.loads(cli('runs', 'list', '--format', 'json'))[0]['id']
    finally:
        target.kill()
        target.communicate()


def said(node):
    """Role, name and whether the keyboard reaches it; None where it is gone."""
    try:
        states = node.get_state_set()
        return role_of(node), name_of(node) or '', states.contains(Atspi.StateType.FOCUSABLE)
    except GLib.Error:
        return None


def faults_of(node):
    heard = said(node)
    if heard is None:
        return
    role, name, focusable = heard
    if role in ACTING and (not name.strip() or TYPE_NAME.match(name)):
        yield f'{role} has no name: {name!r}'
    if focusable and role not in ACTING | RESTING and name not in NAMELESS:
        yield f'{role} {name!r} takes the focus'
    if role == 'image' and focusable and (TYPE_NAME.match(name) or ' ' not in name.strip()):
        yield f'a chart says nothing: {name!r}'
    names = [heard[1] for heard in map(said, children_of(node)) if heard and heard[0] in ACTING and heard[2]]
    for twice in sorted({name for name in names if names.count(name) > 1}):
        yield f'two beside each other are called {twice!r}'


def children_of(node):
    try:
        return [child for child in (node.get_child_at_index(i) for i in range(node.get_child_count())) if child]
    except GLib.Error:
        return []


def check(app, page, *sees, known=()):
    for role, name in sees:
        app.find(role, name)
    nodes = list(walk(app.root))
    assert len(nodes) > 30, (page, len(nodes))
    faults = sorted({fault for node in nodes for fault in faults_of(node)} - set(known))
    assert not faults, (page, faults)


def focused(root):
    for node in walk(root):
        try:
            if node.get_state_set().contains(Atspi.StateType.FOCUSED) and node.get_role_name() != 'frame':
                return node
        except GLib.Error:
            pass
    return None


def place_of(node):
    """Two buttons may have one name; where they are in the tree tells them apart."""
    way = []
    while node is not None and node.get_role_name() != 'application':
        way.append(node.get_index_in_parent())
        node = node.get_parent()
    return tuple(way)


def check_tab(app, page, window, *must_reach):
    """Tab comes by what it must reach and returns to where it began, with no dead end between."""
    app.keys('Tab')
    first = app.expect(lambda: focused(window))
    begin, last, names = place_of(first), place_of(first), [first.get_name()]
    for _ in range(120):
        app.keys('Tab')
        node = wait(lambda: (lambda now: now if now and place_of(now) != last else None)(focused(window)), 5)
        assert node, (page, 'Tab is stuck at', names[-1])
        last = place_of(node)
        if last == begin:
            break
        names.append(node.get_name())
    else:
        raise AssertionError((page, 'Tab does not come back', names))
    for name in must_reach:
        assert any(found.endswith(name) for found in names), (page, name, names)


def go(link):
    subprocess.run([PROGRAM, '--store', STORE, link], env=ENV, check=True)


def check_main_window(app, spec):
    check(app, 'list', ('label', 'Checkout'), ('push button', 'New'))
    check_tab(app, 'list', app.all('frame')[0], 'New', 'Search', 'Main menu')
    app.keys('ctrl+f')
    app.expect(lambda: (node := focused(app.root)) and node.get_role_name() in ('text', 'entry'))
    app.keys('Escape')
    go(f'loadforge://specs/{spec}/edit')
    check(app, 'editor', ('push button', 'Save'), ('text', 'URL'))
    app.keys('ctrl+comma')
    # The search of libadwaita's own window, which it leaves without names.
    check(app, 'preferences', ('frame', 'Preferences'),
          known=["entry has no name: 'GtkSearchEntry'", "push button has no name: 'GtkImage'"])
    app.keys('Escape')
    app.expect(lambda: not app.all('frame', 'Preferences'))
    app.keys('ctrl+question')
    app.expect(lambda: app.all('label', 'Shortcuts'))
    app.keys('Escape')


def check_run_window(app, run):
    main = app.window
    go(f'loadforge://runs/{run}')
    app.expect(lambda: len(app.all('frame')) == 2)
    app.expect(lambda: sh('xdotool', 'getactivewindow').strip() != main)
    check(app, 'run window', ('label', 'Passed after 0:01'), ('heading', 'Console'))
    window = next(frame for frame in app.all('frame') if app.all('heading', 'Console', within=frame))
    check_tab(app, 'run window', window, 'Run the spec again', 'Compare and export')
    app.keys('ctrl+w')
    app.expect(lambda: len(app.all('frame')) == 1)


def main():
    spec, run = fill_store()
    app = App(PROGRAM, '--store', STORE, env=ENV)
    check_main_window(app, spec)
    check_run_window(app, run)
    assert app.quit() == 0


main()
