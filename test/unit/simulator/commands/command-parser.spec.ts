import assert from 'node:assert/strict';
import { parseText, splitDialText, type ParsedText } from '../../../../src/simulator/commands/command-parser';

const dial = (text: string): ParsedText => ({ kind: 'dial', text });
const nothing: ParsedText = { kind: 'nothing' };
const account = (number: number, rest: ParsedText, password = false): ParsedText => ({
  kind: 'account',
  account: number,
  password,
  rest,
});
const audio = (device: 'microphone' | 'speaker', action: Extract<ParsedText, { kind: 'audio' }>['action']) =>
  ({ kind: 'audio', device, action }) as const;

const TABLES: Record<string, [string, ParsedText][]> = {
  'blanks and quotes (2.2)': [
    ['', nothing],
    ['   ', nothing],
    ['""', nothing],
    ['"', dial('"')],
    ['  1001  ', dial('1001')],
    ['"1001"', dial('1001')],
    ['""1001""', dial('"1001"')],
    ['" 1001 "', dial(' 1001 ')],
    ['"1001', dial('"1001')],
    ['"/hangupall"', { kind: 'hangupall' }],
  ],
  'schemes (2.2)': [
    ['tel:1001', dial('1001')],
    ['SIP:1001', dial('1001')],
    ['CallTo:1001', dial('1001')],
    ['dialpad:1001', dial('1001')],
    ['dial:1001', dial('1001')],
    ['sips:1001', dial('sips:1001')],
    ['tel:tel:1001', dial('tel:1001')],
    ['tel:', dial('')],
    ['tel://1001/', dial('1001')],
    ['//1001', dial('1001')],
    ['tel:1001/', dial('1001/')],
    ['tel:/answer', { kind: 'answer' }],
    ['tel:///answer', { kind: 'answer' }],
    ['tel:///answer/', { kind: 'answer' }],
    ['//answer', dial('answer')],
  ],
  'msip: words (2.2, 2.4)': [
    ['msip:', nothing],
    ['msip:minimize', { kind: 'minimize' }],
    ['msip:answer', { kind: 'answer' }],
    ['msip:hangupall', { kind: 'hangupall' }],
    ['msip:hold', { kind: 'hold' }],
    ['msip:transfer_1002', { kind: 'transfer', target: '1002' }],
    ['msip:transfer_', dial('transfer_')],
    ['msip:micmute', audio('microphone', 'mute')],
    ['msip:micunmute', audio('microphone', 'unmute')],
    ['msip:micmuteclick', audio('microphone', 'toggle')],
    ['msip:speakmute', audio('speaker', 'mute')],
    ['msip:speakunmute', audio('speaker', 'unmute')],
    ['msip:speakmuteclick', audio('speaker', 'toggle')],
    ['msip:micup', audio('microphone', 'up')],
    ['msip:micdown', audio('microphone', 'down')],
    ['msip:speakup', audio('speaker', 'up')],
    ['msip:speakdown', audio('speaker', 'down')],
    ['msip:micconstructor', dial('micconstructor')],
    ['msip:Answer', dial('Answer')],
    ['msip:answer ', { kind: 'answer' }],
    ['msip:hangupincoming', dial('hangupincoming')],
    ['msip:/hangupincoming', { kind: 'hangupincoming' }],
    ['msip:1001', dial('1001')],
    ['msip:tel:1001', dial('1001')],
    ['msip://answer', dial('answer')],
    ['MSIP:answer', dial('MSIP:answer')],
    ['answer', dial('answer')],
  ],
  'slash commands (2.3)': [
    ['/answer', { kind: 'answer' }],
    ['/hangupall', { kind: 'hangupall' }],
    ['/hangupincoming', { kind: 'hangupincoming' }],
    ['/hangupcalling', { kind: 'hangupcalling' }],
    ['/Answer', dial('/Answer')],
    ['/answer now', dial('/answer now')],
    ['/dtmf:1#', { kind: 'dtmf', digits: '1#' }],
    ['/dtmf:', dial('/dtmf:')],
    ['/transfer:1002', { kind: 'transfer', target: '1002' }],
    ['/transfer:', dial('/transfer:')],
    ['/password:secret', { kind: 'memory_password' }],
    ['/exit', dial('/exit')],
    ['/minimized', dial('/minimized')],
    ['/resetnoask', dial('/resetnoask')],
    ['Please call 1001', dial('Please call 1001')],
  ],
  'account commands (2.5)': [
    ['/account:2 1001', account(2, dial('1001'))],
    ['1001 /account:2', account(2, dial('1001'))],
    ['1001/account:2', account(2, dial('100'))],
    ['/account:2', account(2, dial(''))],
    ['/account:0 1001', account(0, dial('1001'))],
    ['/account:x 1001', account(0, dial('1001'))],
    ['/account:-1 1001', account(-1, dial('1001'))],
    ['tel:/account:2 1001', account(2, dial('1001'))],
    ['1001 /account:2 hello dear world', account(2, dial('1001  dear world'))],
    ['/account:2 /answer', account(2, { kind: 'answer' })],
    ['/account:1/password:x', account(1, dial(''), true)],
    ['/account:1 /password:x', account(1, { kind: 'memory_password' }, true)],
  ],
};

const SPLITS: [string, ReturnType<typeof splitDialText>][] = [
  ['1001', { number: '1001', message: '' }],
  ['+1 555 123', { number: '+1', message: '555 123' }],
  ['1001 ', { number: '1001', message: '' }],
  ['1001   hello  ', { number: '1001', message: 'hello' }],
  ['%2B49%20301', { number: '+49 301', message: '' }],
  ['%2b49', { number: '%2b49', message: '' }],
  ['%2C', { number: '%2C', message: '' }],
  ['1001 %20x', { number: '1001', message: '%20x' }],
  ['%20', undefined],
  ['', undefined],
  [' 1001', undefined],
];

describe('command parser of the simulated MicroSIP', () => {
  for (const [name, rows] of Object.entries(TABLES)) {
    describe(name, () => {
      for (const [text, expected] of rows) {
        it(JSON.stringify(text), () => {
          assert.deepEqual(parseText(text), expected);
        });
      }
    });
  }

  describe('number and instant message (2.6)', () => {
    for (const [text, expected] of SPLITS) {
      it(JSON.stringify(text), () => {
        assert.deepEqual(splitDialText(text), expected);
      });
    }
  });
});
