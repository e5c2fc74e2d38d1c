import { Socket } from 'node:net';

/**
 * Has a client of mqtt.js send at once: Nagle's algorithm holds a message back for 40 ms and more until what was sent just
 * before it is acknowledged.
 * @param stream of the client; a WebSocket sees to it itself
 */
export function sendAtOnce(stream: unknown): void {
  if (stream instanceof Socket) stream.setNoDelay(true);
}
