import type { Command } from '../phone/commands/command';

/** ms that a comma in digits takes, and a digit at most */
const PAUSE = 1000;
const DIGIT = 500;
const MOST_DIGITS = 255;

/**
 * How long an agent may take for a command before it has to have answered.
 * @param timeout ms that MicroSIP may take
 */
export function answerTime(command: Command, timeout: number): number {
  if (command.type !== 'dtmf' || typeof command.digits !== 'string') return timeout;
  const digits = command.digits.slice(0, MOST_DIGITS);
  const pauses = digits.split(',').length - 1;
  return timeout + pauses * PAUSE + (digits.length - pauses) * DIGIT;
}
