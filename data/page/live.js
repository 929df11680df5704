// The WebSocket side: follows one run, and comes back by itself when the connection is lost.

import { getToken } from './api.js';

const PROTOCOL = 'loadforge.v1';
const FIRST_WAIT = 500; // ms
const LONGEST_WAIT = 10000; // ms

/**
 * Follows the run @id. @on.message(message) gets what the server sends, @on.connected(isConnected) each change, and
 * @on.joined() comes before the messages of every connection: what was missed is to be read again then.
 */
export class LiveRun {
  #id;
  #on;
  #socket = null;
  #wait = FIRST_WAIT;
  #timer = 0;
  #closed = false;
  #last = null;

  constructor(id, on) {
    this.#id = id;
    this.#on = on;
    this.#connect();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #send(message) {
    this.#socket.send(JSON.stringify(message));
  }

  #connect() {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(`${scheme}//${location.host}/runs`, PROTOCOL);
    this.#socket = socket;
    socket.addEventListener('open', () => this.#opened());
    socket.addEventListener('message', (event) => this.#received(JSON.parse(event.data)));
    socket.addEventListener('close', () => this.#lost());
  }

  #opened() {
    const token = getToken();
    if (token) this.#send({ type: 'auth', token });
    const join = { type: 'join', runId: this.#id };
    if (this.#last !== null) join.since = this.#last;
    this.#send(join);
    this.#on.connected(true);
    this.#on.joined();
  }

  #received(message) {
    this.#wait = FIRST_WAIT;
    if (Number.isInteger(message.seq)) {
      this.#last = message.seq;
      this.#send({ type: 'ack', seq: message.seq });
    }
    this.#on.message(message);
  }

  #lost() {
    if (this.#closed) return;
    this.#on.connected(false);
    this.#timer = setTimeout(() => this.#connect(), this.#wait * (0.5 + Math.random() / 2));
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT);
  }
}
