import { DEFAULT_RATE } from '../phone/guard/limits/rate-limit';

// The dialog's script is built with this file, and Node-RED loads it at its start: it stays small and imports next to nothing.

export const CONNECTIONS = ['window', 'program', 'dde', 'mqtt', 'simulator', 'observe'] as const;
export type ConnectionName = (typeof CONNECTIONS)[number];

export const PROTOCOLS = ['microsip', 'documented'] as const;
export type ProtocolName = (typeof PROTOCOLS)[number];

export interface SettingRange {
  least: number;
  most: number;
  preset: number;
}

/** `pollInterval` and `timeout` in ms. */
export const RANGES = {
  pollInterval: { least: 50, most: 10_000, preset: 250 },
  timeout: { least: 100, most: 30_000, preset: 2000 },
  dialsPerSecond: { least: 1, most: 100, preset: DEFAULT_RATE.second },
  dialsPerMinute: { least: 1, most: 1000, preset: DEFAULT_RATE.minute },
} as const satisfies Record<string, SettingRange>;
export type RangeName = keyof typeof RANGES;

/** What a setting is that nobody has set. */
export const PRESETS = {
  connection: 'window',
  protocol: 'microsip',
  commandIds: '',
  program: '',
  startProgram: false,
  pollInterval: RANGES.pollInterval.preset,
  timeout: RANGES.timeout.preset,
  logFile: 'auto',
  callLog: 'auto',
  writeLog: '',
  writeHistory: '',
  hooks: false,
  region: '',
  allow: [],
  deny: [],
  dialsPerSecond: RANGES.dialsPerSecond.preset,
  dialsPerMinute: RANGES.dialsPerMinute.preset,
  trace: false,
  broker: '',
  phoneId: '',
  base: 'microsip',
} as const;
