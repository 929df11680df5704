#!/usr/bin/env python3
"""No two entries of one menu, and no two controls of one template, have the same mnemonic: in English, and in every
language of po/. Pages of a stack are never seen at once, so each of them is looked at by itself."""
import os
import re
import sys
import xml.etree.ElementTree as xml

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def unquote(text):
    return ''.join(part.replace('\\"', '"').replace('\\\\', '\\') for part in re.findall(r'"((?:[^"\\]|\\.)*)"', text))


def read_po(path):
    with open(path, encoding='utf-8') as file:
        blocks = re.split(r'\n\s*\n', file.read())
    words = {}
    for block in blocks:
        found = re.search(r'^msgid ((?:"[^\n]*"\n?)+)msgstr ((?:"[^\n]*"\n?)+)', block, re.M)
        if found and 'msgctxt' not in block:
            words[unquote(found[1])] = unquote(found[2])
    return words


def letter_of(label):
    found = re.search(r'_(\w)', label.replace('__', ''))
    return found[1].casefold() if found else None


def words_of(node):
    return [child.text for child in node if child.tag in ('property', 'attribute') and
            child.get('name') in ('label', 'title') and child.get('translatable') and '_' in (child.text or '')]


def own_labels(node):
    """Of @node and what is shown together with it; what is not is given as groups of their own."""
    labels, groups = [], []
    for child in node:
        if child.tag == 'submenu':  # whose label is an entry of this menu
            some, others = words_of(child), [part for part in child if part.tag != 'attribute']
        elif child.tag == 'menu' or child.get('class') == 'GtkStackPage':
            some, others = [], [child]
        else:
            some, others = own_labels(child)
        labels += some
        groups += others
    labels += words_of(node)
    return labels, groups


def groups_of(path):
    todo = [xml.parse(path).getroot()]
    while todo:
        node = todo.pop()
        labels, others = own_labels(node)
        todo += others
        yield labels


def check(path, words):
    for labels in groups_of(path):
        seen = {}
        for label in labels:
            shown = words.get(label) or label
            letter = letter_of(shown)
            if letter in seen and seen[letter] != shown:
                yield f'{os.path.basename(path)}: “{seen[letter]}” and “{shown}”'
            if letter:
                seen[letter] = shown


def main():
    ui = os.path.join(TOP, 'ui')
    paths = [os.path.join(folder, name) for folder, _, names in os.walk(ui) for name in names if name.endswith('.ui')]
    with open(os.path.join(TOP, 'po', 'LINGUAS'), encoding='utf-8') as file:
        languages = [line.strip() for line in file if line.strip() and not line.startswith('#')]
    failed = False
    print(f'1..{len(languages) + 1}')
    for n, language in enumerate(['en'] + languages, 1):
        words = {} if language == 'en' else read_po(os.path.join(TOP, 'po', language + '.po'))
        problems = [problem for path in sorted(paths) for problem in check(path, words)]
        print(f'{"not " if problems else ""}ok {n} {language}')
        for problem in problems:
            print(f'# {problem}')
        failed = failed or bool(problems)
    sys.exit(failed)


main()
