import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import { connect, type Server } from 'node:net';

/**
 * Listens on a named pipe of Windows or a Unix socket. The latter outlives a program that crashed, the former does not.
 * @returns the error code, or undefined when the server listens
 */
export async function listenOn(server: Server, pipe: string): Promise<string | undefined> {
  const failure = await attempt(server, pipe);
  if (failure !== 'EADDRINUSE' || process.platform === 'win32') return failure;
  if (!isSocket(pipe)) return 'ENOTSOCK';
  if (!(await isLeftOver(pipe))) return failure;
  unlinkSync(pipe);
  return attempt(server, pipe);
}

function attempt(server: Server, pipe: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      resolve(error.code ?? 'unknown');
    };
    server.once('error', onError);
    server.listen(pipe, () => {
      server.removeListener('error', onError);
      if (process.platform !== 'win32') chmodSync(pipe, 0o600);
      resolve(undefined);
    });
  });
}

/** Anything else at this path is somebody's file. */
function isSocket(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSocket() === true;
}

/** Nobody listens there any more; a socket that may not be asked is left alone. */
function isLeftOver(pipe: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path: pipe });
    socket.on('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ECONNREFUSED');
    });
  });
}
