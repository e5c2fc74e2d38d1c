/**
 * @typedef {object} Step one of several, as a person follows them
 * @property {(how: string) => void} now how far it is; may be told as often as one likes
 * @property {(how?: string) => void} done
 */

/** How often a file or a pipe is told how far a step is; a terminal shows it at once. */
const TELL_EVERY_MS = 5000;

/**
 * Tells what is being done, and how far it is: on one line for each step of a terminal, else on lines of their own.
 * @param {number} count
 * @param {Pick<NodeJS.WriteStream, 'isTTY' | 'write'>} [out]
 * @returns {(what: string) => Step} begins the next one
 */
export function stepsOf(count, out = process.stdout) {
  let number = 0;
  return (what) => {
    const title = `[${(number += 1)}/${count}] ${what}`;
    const began = Date.now();
    let told = began;
    let last = '';
    /** @param {string} text */
    const rewrite = (text) => out.write(`\r\u001B[K${title}${text}`);
    out.write(out.isTTY ? title : `${title}\n`);
    return {
      now(how) {
        if (how === last) return;
        if (out.isTTY) rewrite(`: ${how}`);
        else if (Date.now() - told < TELL_EVERY_MS) return;
        else out.write(`      ${how}\n`);
        told = Date.now();
        last = how;
      },
      done(how = `${Math.round((Date.now() - began) / 1000)} s`) {
        if (out.isTTY) rewrite(`: ${how}\n`);
        else out.write(`      ${how}\n`);
      },
    };
  };
}
