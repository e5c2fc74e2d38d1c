import fc from 'fast-check';
import type { LinkAction } from '../../src/phone/ports/link';
import type { Call } from '../../src/phone/calls/call';
import type { Command } from '../../src/phone/commands/command';
import { checkedCommand } from '../../src/phone/commands/command-check';
import { plan } from '../../src/phone/plan/command-plan';
import { dtmfParts } from '../../src/phone/guard/values/dtmf-digits';
import { PhoneError } from '../../src/phone/errors/phone-error';

/** What has a meaning to MicroSIP, to its command line, to DDE or to a shell (docs/microsip/interface.md#9). */
const DANGEROUS = [
  '/account:1',
  '/account:2 ',
  '/password:x',
  '/resetnoask',
  '/reset',
  '/exit',
  '/minimized',
  '/answer',
  '/hangupall',
  '/dtmf:1',
  '/transfer:1',
  'msip:',
  'hangupall',
  'tel:',
  'sip:',
  'sips:',
  'callto:',
  'dial:',
  'dialpad:',
  '//',
  '\\',
  '"',
  "'",
  '")][Hangup][Dial("',
  '[Close]',
  ']',
  '[',
  '%20',
  '%2B',
  '%PATH%',
  '&',
  '|',
  '^',
  ';',
  ';transport=tcp',
  '?',
  '<',
  '>',
  ' ',
  '\t',
  '\0',
  '\r\n',
  '\u202e',
  '\u200b',
  '\ud800',
  '٣',
  '１',
  '\u00a0',
  '\u2013',
  '\u200e',
  '.',
  '..',
  '+',
  '++',
  '+.',
  '+-',
  '(0)',
  ' ext. 5',
  'x5',
  ';ext=5',
  ';postd=pp1',
  ';phone-context=+49',
  ';phone-context=pbx',
  ';user=phone',
  '%31',
  '%2C',
  '@pbxsip:5060',
  '@192.0.2.10',
  '@1-202-555-0162.example.com',
  ',',
  ',,',
];
const HARMLESS = [
  '1001',
  '+49',
  '(030)',
  '12',
  '*97',
  '#',
  '-',
  '.',
  '/',
  'alice',
  '@',
  'example.org',
  ':5060',
  'A',
  'd',
];

const pieces = fc
  .array(fc.oneof(fc.constantFrom(...DANGEROUS), fc.constantFrom(...HARMLESS)), { maxLength: 6 })
  .map((parts) => parts.join(''));
/** Most of it passes, so that it is also seen what goes over. */
const numbers = fc.stringMatching(/^\+?[0-9 ().\-/*#]{1,15}(,[0-9A-D*#]{1,4}){0,2}$/);
const addresses = fc.stringMatching(
  /^(sip:)?(\+[0-9-]{2,6}|[a-z0-9._+-]{1,8})(@([a-z][a-z0-9]{0,6}\.org|pbxsip|192\.0\.2\.[1-9]|1-2\.a-b)(:[1-9][0-9]{0,3})?)?$/,
);
/** Something in the midst of what passes. */
const spoilt = fc
  .tuple(fc.oneof(numbers, addresses), fc.constantFrom('', ','), fc.constantFrom(...DANGEROUS), numbers)
  .map((parts) => parts.join(''));
const values: fc.Arbitrary<unknown> = fc.oneof(
  spoilt,
  pieces,
  numbers,
  addresses,
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.stringMatching(/^[0-9A-D*#,]{1,12}$/),
  fc.oneof(
    fc.integer(),
    fc.double(),
    fc.constant(null),
    fc.constant(undefined),
    fc.object(),
    fc.constant('1'.repeat(300)),
  ),
);

/** A command as a flow may give it, with values from the network in it. */
export type HostileCommand = Extract<Command, { type: 'dial' | 'transfer' | 'message' | 'dtmf' }>;

export const hostileCommands: fc.Arbitrary<HostileCommand> = fc.oneof(
  values.map((number) => ({ type: 'dial' as const, number })),
  fc
    .tuple(values, fc.integer({ min: 1, max: 3 }))
    .map(([number, account]) => ({ type: 'dial' as const, number, account })),
  values.map((number) => ({ type: 'transfer' as const, number })),
  fc
    .tuple(fc.oneof(numbers, addresses, values), values)
    .map(([number, text]) => ({ type: 'message' as const, number, text })),
  values.map((digits) => ({ type: 'dtmf' as const, digits })),
);

const CALL: Call = { callId: 'c', callState: 'connected', direction: 'outbound', startTime: 0 };

/**
 * What the guard and the plan make of it, in a moment at which the phone could do it.
 * @returns undefined when it is refused
 */
export function guarded(command: HostileCommand): LinkAction[] | undefined {
  const calls = command.type === 'dial' || command.type === 'message' ? [] : [CALL];
  const view = { calls, singleMode: true, presence: 'ready' as const, seesHold: () => false, keyOf: () => 'k' };
  try {
    if (command.type === 'dtmf')
      return dtmfParts(command.digits).flatMap(({ digits }) => plan({ type: 'dtmf', digits }, view).actions);
    return plan(checkedCommand(command, { rules: { allow: [], deny: [] } }), view).actions;
  } catch (error) {
    if (error instanceof PhoneError) return undefined;
    throw error;
  }
}

/** The inputs of one run, and how to have the same ones again. */
export function hostileInputs(count: number): { inputs: HostileCommand[]; seed: number } {
  const given = Number(process.env['FUZZ_SEED'] ?? '');
  const seed = Number.isSafeInteger(given) && given !== 0 ? given : Math.floor(Math.random() * 0x7fffffff) + 1;
  console.log(`fuzz: ${count} inputs, again with FUZZ_SEED=${seed}`);
  return { inputs: fc.sample(hostileCommands, { numRuns: count, seed }), seed };
}
