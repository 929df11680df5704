// The log of a run: bounded, filtered, and following the newest line unless somebody scrolled up.

import { h } from './dom.js';
import { count, timeOfDay } from './format.js';

const MOST = 2000; // lines that are kept
const LEVELS = ['debug', 'info', 'warn', 'error'];

export class Console {
  #lines = new Map();
  #box = h('ol', { class: 'log', tabindex: 0, 'aria-label': 'Log lines' });
  #level = h('select', { 'aria-label': 'Least level shown', onchange: () => this.#redraw() },
    ...LEVELS.map((level) => h('option', { value: level, selected: level === 'info' }, `${level} and above`)));
  #text = h('input', { type: 'search', placeholder: 'Filter', 'aria-label': 'Text that lines must have', oninput: () => this.#redraw() });
  #empty = h('p', { class: 'hint' }, 'No line yet');

  constructor() {
    this.element = h('section', { class: 'card' },
      h('div', { class: 'row' }, h('h3', {}, 'Log'), h('span', { class: 'grow' }), this.#level, this.#text), this.#empty, this.#box);
  }

  add(line) {
    if (this.#lines.get(line.seq)?.count === line.count && this.#lines.has(line.seq)) return;
    const isNew = !this.#lines.has(line.seq);
    const inOrder = line.seq > ([...this.#lines.keys()].at(-1) ?? -1);
    this.#lines.set(line.seq, line);
    if (this.#lines.size > MOST) this.#lines.delete(this.#lines.keys().next().value);
    if (isNew && inOrder) this.#append(line);
    else this.#redraw();
  }

  #fits(line) {
    const text = this.#text.value.toLowerCase();
    return LEVELS.indexOf(line.level) >= LEVELS.indexOf(this.#level.value)
      && (text === '' || `${line.class} ${line.message}`.toLowerCase().includes(text));
  }

  #row(line) {
    return h('li', { class: line.level }, h('time', {}, timeOfDay(line.time)), h('b', {}, line.level), h('span', {}, line.message),
      line.count > 1 ? h('em', {}, `×${count(line.count)}`) : null);
  }

  #append(line) {
    const follows = this.#box.scrollTop + this.#box.clientHeight >= this.#box.scrollHeight - 4;
    if (this.#fits(line)) this.#box.append(this.#row(line));
    while (this.#box.childElementCount > MOST) this.#box.firstElementChild.remove();
    this.#finish(follows);
  }

  #redraw() {
    const lines = [...this.#lines.values()].sort((a, b) => a.seq - b.seq);
    this.#lines = new Map(lines.map((line) => [line.seq, line]));
    this.#box.replaceChildren(...lines.filter((line) => this.#fits(line)).map((line) => this.#row(line)));
    this.#finish(true);
  }

  #finish(follows) {
    if (follows) this.#box.scrollTop = this.#box.scrollHeight;
    this.#empty.hidden = this.#box.childElementCount > 0;
    this.#empty.textContent = this.#lines.size > 0 ? 'No line fits the filter' : 'No line yet';
  }
}
