// Speaks loadforge.v1 for the tests: each line of standard input is a command, each event a line of JSON on standard
// output. {"send": …} sends a message, {"acks": false} ceases to acknowledge, {"pause": true} reads no more, {"close": true}.
'use strict';
const WebSocket = require('ws');
const readline = require('readline');

const [url, headers] = process.argv.slice(2);
const socket = new WebSocket(url, ['loadforge.v1'], { headers: JSON.parse(headers || '{}') });
let acks = true;
const tell = (event) => process.stdout.write(JSON.stringify(event) + '\n');

socket.on('open', () => tell({ event: 'open', protocol: socket.protocol }));
socket.on('ping', () => tell({ event: 'ping' }));
socket.on('error', (error) => tell({ event: 'error', message: error.message }));
socket.on('close', (code, reason) => { tell({ event: 'close', code, reason: reason.toString() }); process.exit(0); });
socket.on('message', (data) => {
  const message = JSON.parse(data);
  tell({ event: 'message', message });
  if (acks)
    socket.send(JSON.stringify({ type: 'ack', seq: message.seq }));
});
readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const command = JSON.parse(line);
  if (command.send !== undefined)
    socket.send(typeof command.send === 'string' ? command.send : JSON.stringify(command.send));
  if (command.acks !== undefined)
    acks = command.acks;
  if (command.pause)
    socket.pause();
  if (command.close)
    socket.close();
});
