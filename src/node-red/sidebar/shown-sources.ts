import type { Source } from '../../phone/calls/call';
import { rankOf } from '../../phone/tracker/sources/source-ranks';
import { PRESETS } from '../../settings/settings-table';
import type { RunningPhone } from '../phones/running-phones';
import type { ShownSource } from './sidebar-json';

/** The best first. */
export function shownSources(phone: RunningPhone): ShownSource[] {
  const { local, elsewhere } = phone;
  if (connectionOf(phone) === 'mqtt') {
    const isHeard = elsewhere?.fleet.phone(elsewhere.id)?.online === true;
    return [{ source: 'agent', is: isHeard ? 'heard' : 'silent' }];
  }
  const heard = local?.provenance.heard ?? new Set<Source>();
  const known = settableSources(phone);
  const sources = [...new Set([...known.keys(), ...heard])]
    .filter((source) => source !== 'watchdog')
    .sort((one, other) => rankOf(other) - rankOf(one));
  const best = sources.find((source) => heard.has(source));
  return sources.map((source) => ({
    source,
    is: heard.has(source) ? 'heard' : known.get(source) === false ? 'off' : 'silent',
    ...(source === best && sources.length > 1 && { leads: true }),
  }));
}

/** As the settings say, or what a phone is when they do not. */
export function connectionOf({ raw: { connection } }: RunningPhone): string {
  return typeof connection === 'string' && connection !== '' ? connection : PRESETS.connection;
}

/** Those that such a connection can have, with whether the settings want them. */
function settableSources(phone: RunningPhone): Map<Source, boolean> {
  const { raw } = phone;
  const { protocol, hooks } = raw;
  const connection = connectionOf(phone);
  if (connection === 'simulator') return new Map([['simulator', true]]);
  const isOn = (setting: unknown): boolean => setting !== '';
  const written: [Source, boolean][] = [
    ['log', isOn(raw.logFile)],
    ['hooks', hooks === true || hooks === 'true'],
    ['history', isOn(raw.callLog)],
  ];
  if (connection === 'observe') return new Map(written);
  const isDocumented = connection === 'dde' || protocol === 'documented';
  const own: [Source, boolean][] = isDocumented
    ? [
        ['notification', true],
        ['status', true],
      ]
    : [['window', true]];
  return new Map([...own, ...written]);
}
