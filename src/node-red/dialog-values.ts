/** The dialog sends `${NAME}` as it stands there; Node-RED replaces it only when it makes the node. */
export function resolved<T extends object>(raw: T): T {
  const entries = Object.entries(raw).map(([name, value]: [string, unknown]): [string, unknown] => {
    const variable = typeof value === 'string' ? /^\$(?:\{([^}]+)\}|\(([^)]+)\))$/.exec(value) : null;
    const env = variable?.[1] ?? variable?.[2];
    return [name, env === undefined ? value : process.env[env]];
  });
  return Object.fromEntries(entries) as T;
}
