import type { RawSettings } from '../../settings/setting-values';

/** Which MicroSIP a phone has to do with, as far as its settings tell. */
export interface ConnectedTo {
  peer: string;
  /** Of a phone that only observes: files by which it knows its MicroSIP. Those of different copies are different ones. */
  files: Record<'log' | 'history', string | undefined>;
}

/** The sources of a phone may be switched on and off, and what carries its commands may change: MicroSIP stays the same. */
export function connectedTo(raw: RawSettings): ConnectedTo {
  const { connection, program, protocol, logFile, callLog, writeLog, writeHistory, broker, base, phoneId } = raw;
  const observes = connection === 'observe';
  const file = (path: unknown): string | undefined =>
    observes && typeof path === 'string' && path !== '' && path !== 'auto' ? path : undefined;
  const files = { log: file(logFile), history: file(callLog) };
  if (connection === 'simulator') return { peer: JSON.stringify([connection, writeLog, writeHistory]), files };
  if (connection === 'mqtt') return { peer: JSON.stringify([connection, broker, base, phoneId]), files };
  const kind = connection === 'program' ? 'window' : (connection ?? 'window');
  return { peer: JSON.stringify([kind, kind === 'window' ? protocol : '', program ?? '']), files };
}

export function isSameMicrosip(one: ConnectedTo, other: ConnectedTo): boolean {
  const fits = (name: 'log' | 'history'): boolean =>
    one.files[name] === undefined || other.files[name] === undefined || one.files[name] === other.files[name];
  return one.peer === other.peer && fits('log') && fits('history');
}
