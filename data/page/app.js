// The page: which view is shown, and the dialog that asks for a token.

import { forgetToken, getToken, onTokenNeeded, Unreachable } from './api.js';
import { clearNotice, h, notify, showConnection } from './dom.js';
import { HomeView } from './home-view.js';
import { RunView } from './run-view.js';
import { SpecView } from './spec-view.js';

const RETRY_AFTER = 2000; // ms

const main = document.getElementById('view');
const forget = document.getElementById('forget');
const dialog = document.getElementById('ask-token');
let view = null;
let asking = null;
let retry = 0;

/** The paths that the desktop application has, too. */
const routes = [
  [/^\/(?:specs|runs)?\/?$/, () => new HomeView(go)],
  [/^\/specs\/([^/]+)(?:\/edit)?$/, (id) => new SpecView(id, go)],
  [/^\/runs\/([^/]+)$/, (id) => new RunView(id)],
];

function missing(text) {
  view?.close();
  view = null;
  main.replaceChildren(h('p', { class: 'empty' }, `${text} `, h('a', { href: '/', 'data-link': true }, 'All specs and runs')));
}

function cannotShow(error) {
  missing(error.message);
  if (!(error instanceof Unreachable)) return;
  showConnection('bad');
  retry = setTimeout(show, RETRY_AFTER);
}

function show() {
  clearTimeout(retry);
  view?.close();
  clearNotice();
  showConnection('');
  for (const [pattern, make] of routes) {
    const match = pattern.exec(location.pathname);
    if (match) {
      view = make(...match.slice(1).map(decodeURIComponent));
      main.replaceChildren(view.element);
      view.open().catch(cannotShow);
      return;
    }
  }
  document.title = 'Not Found – LoadForge';
  missing('There is no such page.');
}

function go(path) {
  history.pushState(null, '', path);
  show();
  main.focus();
  scrollTo(0, 0);
}

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-link]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(link.pathname);
});
addEventListener('popstate', show);
addEventListener('unhandledrejection', (event) => notify(event.reason?.message ?? String(event.reason)));

function showForget() {
  forget.hidden = getToken() === null;
}

forget.addEventListener('click', () => {
  forgetToken();
  showForget();
  show();
});

/** One question, however many requests wait for its answer. */
onTokenNeeded((wasRefused) => {
  if (asking !== null) return asking;
  const input = document.getElementById('token');
  const problem = document.getElementById('token-error');
  input.value = '';
  problem.hidden = !wasRefused;
  problem.textContent = 'This token is not known here, or no longer. Ask for another one.';
  dialog.returnValue = 'cancel';
  asking = new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      asking = null;
      resolve(dialog.returnValue === 'use' ? input.value.trim() : null);
      setTimeout(showForget);
    }, { once: true });
    dialog.showModal();
    input.focus();
  });
  return asking;
});

document.getElementById('no-token').addEventListener('click', () => dialog.close('cancel'));

showForget();
show();
