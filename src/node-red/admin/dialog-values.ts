/**
 * The dialog sends `${NAME}` as it stands there; Node-RED replaces it only when it makes the node. Only for a path, and
 * never to tell it: whoever may ask the dialog's questions may not read the environment.
 */
export function resolvedPath(text: string): string {
  const name = variableIn(text);
  return name === undefined ? text : (process.env[name] ?? '');
}

/** The name of the variable that the whole text stands for. */
export function variableIn(text: unknown): string | undefined {
  if (typeof text !== 'string' || !text.startsWith('$')) return undefined;
  const [, braced, round] = /^\$(?:\{([^{}]+)\}|\(([^()]+)\))$/.exec(text.trim()) ?? [];
  return braced ?? round;
}
