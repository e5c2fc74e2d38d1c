import { IN, OUT, type Step } from './play';

export const MISSED: Step[] = [...IN, ['remote-hangup']];

/** What is played, and the row that MicroSIP leaves: type, number, name, info. None: no row at all. */
export const HISTORY_ROWS: Record<string, { steps: Step[]; row?: [number, string, string, string] }> = {
  busy: { steps: [...OUT, ['remote-busy']], row: [0, '1002', '1002', 'Busy Here'] },
  'rejected by the far end': { steps: [...OUT, ['remote-reject']], row: [0, '1002', '1002', 'Decline'] },
  cancelled: { steps: [...OUT, ['user-hangup']], row: [0, '1002', '1002', 'Canceled'] },
  'no such number': {
    steps: [...OUT, ['remote-fail', '', 404]],
    row: [0, '1002', '1002', 'Incorrect dialing or non-existent number.'],
  },
  'a server error': {
    steps: [...OUT, ['remote-fail', '', 503]],
    row: [0, '1002', '1002', 'Server error (503). Service Unavailable'],
  },
  'with tones behind': {
    steps: [['user-dial', '1002,12#'], ['remote-ring'], ['user-hangup']],
    row: [0, '1002,12#', '1002', 'Canceled'],
  },
  'to another domain, with parameters': {
    steps: [['user-dial', 'sip:1002@other.test;user=phone'], ['user-hangup']],
    row: [0, '1002@other.test;user=phone', 'sip:1002@other.test;user=phone', 'Canceled'],
  },
  'somebody else answers': {
    steps: [...OUT, ['remote-answer', '', '"Ann" <sip:1099@pbx.example.test>'], ['remote-hangup']],
    row: [0, '1099', 'Ann', 'Call Ended'],
  },
  'with the dialling prefix': {
    steps: [['incoming', '0041'], ['remote-hangup']],
    row: [2, '41', '0041', 'Canceled'],
  },
  'from another domain': {
    steps: [['incoming', '1005', '', 'other.test'], ['remote-hangup']],
    row: [2, '1005@other.test', '1005', 'Canceled'],
  },
  'without a number': {
    steps: [['incoming', '', '', 'other.test'], ['remote-hangup']],
    row: [2, 'other.test', 'other.test', 'Canceled'],
  },
  missed: { steps: MISSED, row: [2, '1005', 'Bob', 'Canceled'] },
  'answered elsewhere': {
    steps: [...IN, ['remote-hangup', 'elsewhere']],
    row: [3, '1005', 'Bob', 'Answered Elsewhere'],
  },
  declined: { steps: [...IN, ['user-decline']], row: [2, '1005', 'Bob', 'Declined'] },
  'declined with the F4 key': { steps: [...IN, ['user-f4']], row: [2, '1005', 'Bob', 'Declined'] },
  'given up with a reason': {
    steps: [...IN, ['remote-hangup', '', '', 'Ring timeout']],
    row: [2, '1005', 'Bob', 'Ring timeout'],
  },
  'hung up while ringing': { steps: [...IN, ['command', '/hangupincoming']], row: [2, '1005', 'Bob', 'Decline'] },
  'a server that takes too long': {
    steps: [...OUT, ['remote-fail', '', 504]],
    row: [0, '1002', '1002', 'Server error (504). Server Time-out'],
  },
  'do not disturb': {
    steps: [['setting', 'DND', 1], ...IN, ['setting', 'DND', 0]],
    row: [2, '1005', 'Bob', 'Busy Here'],
  },
  'forwarded at once': {
    steps: [
      ['setting', 'forwarding', 'all'],
      ['setting', 'forwardingNumber', '1009'],
      ...IN,
      ['setting', 'forwarding', ''],
    ],
    row: [2, '1005', 'Bob', 'Moved Temporarily'],
  },
  'answered automatically': {
    steps: [['setting', 'autoAnswer', 'all'], ...IN, ['setting', 'autoAnswer', 'button'], ['remote-hangup']],
    row: [1, '1005', 'Bob', 'Call Ended'],
  },
  'in another language': {
    steps: [['language', 'de'], ...MISSED, ['language', 'en']],
    row: [2, '1005', 'Bob', 'Abgebrochen'],
  },
};

/** What may stand in a name or a number: the far end decides. */
export const HOSTILE_TEXTS = [
  '  blanks   in   it ',
  "it's a 'quote'",
  'say "hello" \\ "bye"',
  '&|<>^% %PATH% %1',
  '--switches -o file',
  '-o file',
  "'; DROP TABLE call_log;--",
  '\u0007bell\u001b[31m\ttab\u007f',
  'line\r\nbreak',
  '\u202egnp.exe\u200f',
  '中文 🙂 Zoë',
  '$(calc) `calc` ${x} {{payload}}',
];
