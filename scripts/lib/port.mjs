import { connect, createServer } from 'node:net';

export const HOST = '127.0.0.1';

/**
 * Whether nothing else uses the port of this computer.
 * @param {number} port
 */
export async function isFree(port) {
  return !(await answers(port)) && (await canListen(port));
}

/**
 * Windows and macOS let a second program listen on the port of one that listens on all addresses.
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: HOST });
    /** @param {boolean} result */
    const tell = (result) => {
      socket.destroy();
      resolve(result);
    };
    socket
      .once('connect', () => {
        tell(true);
      })
      .once('error', () => {
        tell(false);
      });
  });
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function canListen(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if ('code' in error && error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(port, HOST, () =>
      server.close(() => {
        resolve(true);
      }),
    );
  });
}

/**
 * Waits until a page is served, or for good when it never is.
 * @param {string} url
 */
export async function untilServed(url, everyMs = 250) {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, everyMs).unref());
  }
}
