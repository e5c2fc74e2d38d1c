import type { Observation } from '../../../../src/phone/ports/observation';
import type { RingWindow, WindowSnapshot } from '../../../../src/microsip/window-snapshot';
import { WindowInterpreter, type InterpreterOptions } from '../../../../src/observers/window/window-interpreter';

type Tab = 'none' | 'ringing' | 'dialing' | 'alerting' | 'connected' | 'held';

/** What a test says of one look; everything else is MicroSIP 3.22.16 in single-call mode, registered, without calls. */
export interface Shown {
  presence?: WindowSnapshot['presence'];
  problem?: WindowSnapshot['problem'];
  pid?: number;
  /** State of the call of the selected tab. */
  tab?: Tab;
  title?: string;
  /** Text of the number box; with a call the title and a blank, as in 3.22.16. */
  box?: string;
  status?: string;
  /** `key|name|details` */
  rings?: string[];
  /** `key|name|details` of what was gone before it could be reported */
  glimpsed?: string[];
  /** A ringing window has not told yet who calls. */
  untold?: boolean;
  /** Multi-call mode: the dialer page shows no call. */
  multi?: boolean;
  /** The dialer page shows a call, whatever the tab shows. */
  dialerCall?: boolean;
  version?: [number, number, number, number];
}

export function snapshot(shown: Shown, time: number): WindowSnapshot {
  const { presence = 'ready', problem, pid = 7, tab = 'none', title = '', rings = [], multi = false } = shown;
  const has = (...states: Tab[]): boolean => states.includes(tab);
  const dialerCall = shown.dialerCall ?? (!multi && has('dialing', 'alerting', 'connected', 'held'));
  if (presence === 'absent') return { time, presence, ...(problem && { problem }), rings: [] };
  return {
    time,
    presence,
    ...(problem && { problem }),
    pid,
    startedAt: 1,
    version: shown.version ?? [3, 22, 16, 0],
    title: 'MicroSIP - Desk',
    statusText: shown.status ?? 'Online',
    rings: rings.map(ring),
    ...(shown.glimpsed && { glimpsed: shown.glimpsed.map(ring) }),
    ...(shown.untold && { untold: true }),
    messages: {
      title,
      endShown: tab !== 'none',
      callOrAnswerShown: has('none', 'ringing'),
      holdShown: has('connected', 'held'),
      holdChecked: tab === 'held',
      transferShown: has('ringing', 'alerting', 'connected', 'held'),
      conferenceShown: has('ringing', 'alerting', 'connected', 'held'),
    },
    dialer: {
      number: shown.box ?? (dialerCall ? `${title} ` : ''),
      sendShown: false,
      callShown: !dialerCall,
      endShown: dialerCall,
      holdEnabled: has('connected', 'held'),
      holdChecked: tab === 'held',
      microphoneMuted: false,
      speakerMuted: false,
    },
  };
}

function ring(text: string): RingWindow {
  const [key = '', name = '', details = ''] = text.split('|');
  return { key, name, details };
}

/** Looks at each of these at its time (ms), and again whenever the interpreter wants to, until the next one. */
export function watch(
  steps: readonly [number, Shown][],
  interpreter = new WindowInterpreter(options()),
): { time: number; seen: string }[] {
  const seen: { time: number; seen: string }[] = [];
  steps.forEach(([start, shown], index) => {
    const end = steps[index + 1]?.[0] ?? start + 10_000;
    let time = start;
    for (let looks = 0; looks < 200; looks += 1) {
      const { observations, lookAgainIn } = interpreter.look(snapshot(shown, time), time);
      for (const observation of observations)
        // What has a spec of its own would only be in the way.
        if (observation.type !== 'audio') seen.push({ time, seen: short(observation) });
      if (lookAgainIn === undefined || time + lookAgainIn >= end) break;
      time += lookAgainIn;
    }
  });
  return seen;
}

export function options(recall?: InterpreterOptions['recall']): InterpreterOptions {
  let lines = 0;
  return { nextLineKey: () => `line${(lines += 1)}`, ...(recall && { recall }) };
}

/** What was seen of calls; presence, mode and registration left out. */
export function calls(steps: readonly [number, Shown][], interpreter?: WindowInterpreter): string[] {
  return watch(steps, interpreter)
    .map(({ seen }) => seen)
    .filter((text) => !/^(?:presence|mode|registration) /.test(text));
}

function short(observation: Observation): string {
  switch (observation.type) {
    case 'presence':
      return `presence ${observation.presence}${observation.problem ? ` ${observation.problem}` : ''}`;
    case 'registration':
      return `registration ${observation.registration.state}`;
    case 'call_transferred':
      return `${observation.key} transferred ${observation.target}`;
    case 'call_refused':
      return `${observation.key} refused`;
    case 'source_live':
      return 'live';
    case 'features':
    case 'audio':
    case 'voicemail':
    case 'trouble':
    case 'call_media':
      return observation.type;
    case 'call_mode':
      return `mode ${observation.singleMode ? 'single' : 'multi'}`;
    case 'call_ended':
      return `${observation.key} ended`;
    case 'call': {
      const { key, direction = 'unknown', state, facts, inferred } = observation;
      const { number = '-', name } = facts;
      return `${key} ${direction} ${state} ${number}${name === undefined ? '' : ` ${name}`}${inferred ? ' inferred' : ''}`;
    }
  }
}
