// Small helpers around the document. Text is always set as text, never as markup.

const SVG = 'http://www.w3.org/2000/svg';

function fill(node, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** An element: h('a', {href: '/', onclick: f}, 'text', anotherElement). */
export const h = (tag, properties = {}, ...children) => fill(document.createElement(tag), properties, children);
export const svg = (tag, properties = {}, ...children) => fill(document.createElementNS(SVG, tag), properties, children);

/** Changes what @node says only where it says something else, so that a screen reader is not told twice. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const connection = document.getElementById('connection');

/** Whether the server is heard, in the header: 'good', 'bad', or '' where nothing is followed. */
export function showConnection(state) {
  say(connection, { good: 'Live', bad: 'Reconnecting…', '': '' }[state]);
  connection.className = state;
}

const notices = document.getElementById('notices');

/** Something that went wrong or was done, at the top of the page until it is closed or another comes. */
export function notify(text) {
  notices.replaceChildren(h('p', {},
    text, h('button', { type: 'button', 'aria-label': 'Close this message', onclick: () => notices.replaceChildren() }, '✕')));
}

export const clearNotice = () => notices.replaceChildren();
