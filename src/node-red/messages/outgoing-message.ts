import type { NodeMessageInFlow } from 'node-red';

/**
 * The message to pass on: the one that came in, with these fields instead of what it had. One that cannot be changed
 * (frozen, read-only) is passed on as a shallow copy: its command has been carried out, and an error would have it
 * repeated.
 * @param fields those that are undefined are taken away
 */
export function outgoing<M extends NodeMessageInFlow>(msg: M, fields: Record<string, unknown>): M {
  try {
    if (Object.isExtensible(msg)) {
      put(msg, fields);
      return msg;
    }
  } catch {
    // One of the fields is there and read-only.
  }
  const copy = shallowCopy(msg) as M;
  put(copy, fields);
  return copy;
}

/** Also an old version of a field: a setter of the message's would be a stranger's code. */
function put(msg: object, fields: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) {
      Object.defineProperty(msg, name, { value, writable: true, enumerable: true, configurable: true });
    } else if (!Reflect.deleteProperty(msg, name)) {
      throw new TypeError(name);
    }
  }
}

/** Own fields; what cannot be read is left out. */
export function shallowCopy(msg: object): object {
  const copy = {};
  for (const name of names(msg)) {
    try {
      put(copy, { [name]: Reflect.get(msg, name) as unknown });
    } catch {
      // A getter that throws.
    }
  }
  return copy;
}

function names(msg: object): string[] {
  try {
    return Object.keys(msg);
  } catch {
    return [];
  }
}
