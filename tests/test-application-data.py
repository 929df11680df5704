#!/usr/bin/env python3
"""test-application-data.py BUILD VERSION PROGRAM: holds what a desktop is told of LoadForge against itself and the standards' own
validators: desktop file, metainfo, D-Bus service, MIME type, icons, screenshots, manual page, Debian's
control file."""
import configparser
import glob
import os
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD, VERSION, PROGRAM = sys.argv[1:]
ID = 'io.github.loadforge.LoadForge'
MIME = '{http://www.freedesktop.org/standards/shared-mime-info}'
LANG = '{http://www.w3.org/XML/1998/namespace}lang'
LANGUAGES = {'de', 'es', 'fr'}


def built(ending):
    return os.path.join(BUILD, 'data', f'{ID}.{ending}')


def keys_of(path):
    parser = configparser.ConfigParser(interpolation=None, strict=True, delimiters=('=',))
    parser.optionxform = str
    parser.read(path, encoding='utf-8')
    return parser


def expect_success(*words):
    done = subprocess.run(words, capture_output=True, text=True, env=dict(os.environ, LC_ALL='C.UTF-8', ASAN_OPTIONS='detect_leaks=0'), check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def desktop_file():
    assert expect_success('desktop-file-validate', built('desktop')) == ''
    keys = keys_of(built('desktop'))
    entry = keys['Desktop Entry']
    assert entry['DBusActivatable'] == 'true' and entry['Icon'] == ID
    for action in entry['Actions'].rstrip(';').split(';'):
        assert keys[f'Desktop Action {action}']['Exec'].startswith('loadforge ')
    for section in keys.sections():
        assert LANGUAGES <= {key[5:-1] for key in keys[section] if key.startswith('Name[')}, section


def metainfo():
    expect_success('appstreamcli', 'validate', '--strict', '--no-net', built('metainfo.xml'))
    root = ElementTree.parse(built('metainfo.xml')).getroot()
    newest = root.find('releases/release')
    assert newest.get('version') == VERSION, f'no release {VERSION}'
    colours = {colour.get('scheme_preference') for colour in root.findall('branding/color')}
    assert colours == {'light', 'dark'}
    for element in (*root.findall('summary[1]'), *root.findall('screenshots/screenshot/caption[1]')):
        assert element.text
    for screenshot in root.findall('screenshots/screenshot'):
        assert LANGUAGES <= {caption.get(LANG) for caption in screenshot.findall('caption')}


def screenshots():
    images = ElementTree.parse(built('metainfo.xml')).getroot().findall('screenshots/screenshot/image')
    assert images
    for image in images:
        name = re.fullmatch(rf'https://raw\.githubusercontent\.com/[^/]+/[^/]+/v{re.escape(VERSION)}/(data/screenshots/.+\.png)',
                            image.text)
        assert name, image.text
        with open(os.path.join(TOP, name[1]), 'rb') as file:
            size = struct.unpack('>II', file.read(24)[16:])
        assert (image.get('width'), image.get('height')) == tuple(map(str, size)), f'{name[1]} is {size}'


def service():
    keys = keys_of(built('service'))['D-BUS Service']
    assert keys['Name'] == ID
    assert re.fullmatch(r'/\S*/loadforge --gapplication-service', keys['Exec']), keys['Exec']


def mime_type():
    (kind,) = ElementTree.parse(built('xml')).getroot().findall(f'{MIME}mime-type')
    assert f'{kind.get("type")};' in keys_of(built('desktop'))['Desktop Entry']['MimeType']
    assert kind.get('type') == ElementTree.parse(built('metainfo.xml')).getroot().find('provides/mediatype').text
    assert LANGUAGES <= {comment.get(LANG) for comment in kind.findall(f'{MIME}comment')}
    icon = kind.find(f'{MIME}icon').get('name')
    assert os.path.exists(os.path.join(TOP, 'data', 'icons', f'{icon}.svg')), icon


def icons():
    paths = glob.glob(os.path.join(TOP, 'data', 'icons', '*.svg'))
    assert {os.path.basename(path) for path in paths} == {f'{ID}.svg', f'{ID}-symbolic.svg', f'{ID}-spec.svg'}
    for path in paths:
        root = ElementTree.parse(path).getroot()
        size = '16' if path.endswith('-symbolic.svg') else '128'
        assert (root.get('width'), root.get('height'), root.get('viewBox')) == (size, size, f'0 0 {size} {size}'), path
        if size == '16':  # GTK paints what is filled in the colour of the text, and leaves strokes as they are
            assert not [shape for shape in root.iter() if shape.get('stroke')], path


def manual():
    path = os.path.join(TOP, 'data', 'loadforge.1')
    assert expect_success('groff', '-man', '-ww', '-z', path) == ''
    with open(path, encoding='utf-8') as file:
        text = file.read().replace('\\-', '-')
    described = set(re.findall(r'--[a-z][a-z-]+', text))
    told = set(re.findall(r'(?m)^  (?:-\w, )?(--[a-z-]+)', expect_success(PROGRAM, '--help')))
    told |= set(re.findall(r'(?m)^  (--[a-z-]+)', expect_success(PROGRAM, '--help-gapplication')))
    assert told - {'--display'} == described, told ^ described
    assert f'LoadForge {VERSION}' in text


def debian():
    with open(os.path.join(TOP, 'data', 'debian', 'changelog'), encoding='utf-8') as file:
        assert file.readline().startswith(f'loadforge ({VERSION}) ')
    with open(os.path.join(TOP, 'data', 'debian', 'control'), encoding='utf-8') as file:
        depends = file.read().partition('Build-Depends:')[2].partition('\nStandards-Version')[0]
    with open(os.path.join(TOP, 'dev'), encoding='utf-8') as file:
        needs = file.read().partition('need_to_build () {')[2].partition('\n}')[0]
    libraries = re.findall(r'need_library \S+ (\S+)', needs)
    assert libraries
    missing = [name for name in libraries if not re.search(rf'(?m)^ +{re.escape(name)}\b', depends)]
    assert not missing, f'data/debian/control lacks {missing}'


def main():
    checks = (desktop_file, metainfo, screenshots, service, mime_type, icons, manual, debian)
    failed = False
    print(f'1..{len(checks)}')
    for number, check in enumerate(checks, 1):
        try:
            check()
            print(f'ok {number} {check.__name__}')
        except (AssertionError, OSError, KeyError, AttributeError) as error:
            failed = True
            told = str(error).replace('\n', '\n# ')
            print(f'not ok {number} {check.__name__}\n# {type(error).__name__}: {told}')
    sys.exit(failed)


main()
