import { IN, IN_UP, OUT, OUT_UP, type Step } from './play';

/** What is played, and what the log tells of it. */
export const LOG_SCENARIOS: Record<string, { steps: Step[]; said: string[] }> = {
  'outgoing, answered, the far end hangs up': {
    steps: [...OUT_UP, ['remote-hangup']],
    said: ['dialing', 'alerting', 'connected', 'ended remote 200'],
  },
  'outgoing, answered, hung up here': {
    steps: [...OUT_UP, ['user-hangup']],
    said: ['dialing', 'alerting', 'connected', 'ended local 200'],
  },
  'outgoing with early media': {
    steps: [['user-dial', '1002'], ['remote-progress'], ['user-hangup']],
    said: ['dialing', 'alerting', 'ended local 487'],
  },
  busy: { steps: [...OUT, ['remote-busy']], said: ['dialing', 'alerting', 'ended remote 486'] },
  'rejected by the far end': { steps: [...OUT, ['remote-reject']], said: ['dialing', 'alerting', 'ended remote 603'] },
  'no such number': {
    steps: [
      ['user-dial', '1002'],
      ['remote-fail', '', 404],
    ],
    said: ['dialing', 'ended remote 404'],
  },
  'nobody answers, cancelled here': {
    steps: [...OUT, ['user-hangup']],
    said: ['dialing', 'alerting', 'ended local 487'],
  },
  'incoming, answered, the far end hangs up': {
    steps: [...IN_UP, ['remote-hangup']],
    said: ['ringing', 'connected', 'ended remote 200'],
  },
  'incoming, answered, hung up here': {
    steps: [...IN_UP, ['user-hangup']],
    said: ['ringing', 'connected', 'ended local 200'],
  },
  'declined here': { steps: [...IN, ['user-decline']], said: ['ringing', 'ended local 486'] },
  'hung up while ringing': { steps: [...IN, ['user-hangup', 'call 1']], said: ['ringing', 'ended local 603'] },
  missed: { steps: [...IN, ['remote-hangup']], said: ['ringing', 'ended remote 487'] },
  'answered elsewhere': { steps: [...IN, ['remote-hangup', 'elsewhere']], said: ['ringing', 'ended elsewhere 487'] },
  'held and resumed here': {
    steps: [...OUT_UP, ['user-hold'], ['user-hold'], ['user-hangup']],
    said: ['dialing', 'alerting', 'connected', 'held local', 'connected', 'ended local 200'],
  },
  'held and resumed by the far end': {
    steps: [...IN_UP, ['remote-hold'], ['remote-resume'], ['remote-hangup']],
    said: ['ringing', 'connected', 'held remote', 'connected', 'ended remote 200'],
  },
  'held by both, one after the other': {
    steps: [...IN_UP, ['user-hold'], ['remote-hold'], ['user-hold'], ['remote-resume'], ['remote-hangup']],
    said: ['ringing', 'connected', 'held local', 'held both', 'held remote', 'connected', 'ended remote 200'],
  },
  'do not disturb': { steps: [['setting', 'DND', 1], ...IN, ['setting', 'DND', 0]], said: ['refused 486'] },
  'incoming calls denied': {
    steps: [['setting', 'denyIncoming', 'all'], ...IN, ['setting', 'denyIncoming', 'button']],
    said: ['refused 486'],
  },
  'forwarded at once': {
    steps: [
      ['setting', 'forwarding', 'all'],
      ['setting', 'forwardingNumber', '1009'],
      ...IN,
      ['setting', 'forwarding', ''],
    ],
    said: ['refused 302'],
  },
  'answered automatically': {
    steps: [['setting', 'autoAnswer', 'all'], ...IN, ['remote-hangup'], ['setting', 'autoAnswer', 'button']],
    said: ['ringing', 'connected', 'ended remote 200'],
  },
  'transferred blindly': {
    steps: [...OUT_UP, ['command', '/transfer:1003']],
    said: ['dialing', 'alerting', 'connected', 'transferred to 1003', 'ended local 200'],
  },
  'a transfer that fails': {
    steps: [
      ['transfer-result', 486],
      ...OUT_UP,
      ['command', '/transfer:1003'],
      ['transfer-result', 200],
      ['remote-hangup'],
    ],
    said: ['dialing', 'alerting', 'connected', 'ended remote 200'],
  },
  'tones and a message change no call': {
    steps: [...OUT_UP, ['command', '/dtmf:12#'], ['user-dial', '1003 hello'], ['user-hangup']],
    said: ['dialing', 'alerting', 'connected', 'ended local 200'],
  },
  'the same caller again, and more calls than there are slots for': {
    steps: [
      ['single-mode', 0],
      ...IN,
      ...IN,
      ['incoming', '1006'],
      ['incoming', '1007'],
      ['incoming', '1008'],
      ['incoming', '1009'],
      ['remote-hangup', 'call 1'],
      ['remote-hangup', 'call 1'],
      ['remote-hangup', 'call 1'],
      ['remote-hangup', 'call 1'],
      ['single-mode', 1],
    ],
    said: [
      '1 ringing',
      'refused 486',
      ...['3 ringing', '4 ringing', '5 ringing'],
      'refused 486',
      ...['1', '3', '4', '5'].map((call) => `${call} ended remote 487`),
    ],
  },
  'answered while another call is up, which ends in single mode': {
    steps: [...OUT_UP, ['incoming', '1006'], ['user-answer'], ['remote-hangup']],
    said: [
      '1 dialing',
      '1 alerting',
      '1 connected',
      '2 ringing',
      '1 ended local 200',
      '2 connected',
      '2 ended remote 200',
    ],
  },
  'two calls at a time': {
    steps: [
      ['single-mode', 0],
      ...OUT_UP,
      ['incoming', '1006'],
      ['user-answer'],
      ['remote-hangup', 'call 2'],
      ['remote-hangup', 'call 1'],
      ['single-mode', 1],
    ],
    said: [
      '1 dialing',
      '1 alerting',
      '1 connected',
      '2 ringing',
      '2 connected',
      '1 held local',
      '2 ended remote 200',
      '1 ended remote 200',
    ],
  },
};
