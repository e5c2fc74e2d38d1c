import { DOCUMENTED_IDS, HIGHEST_ID } from '../../documented/documented-ids';
import { phoneSettings } from '../../settings/phone-settings';
import { CONNECTIONS, PRESETS, PROTOCOLS, RANGES, type SettingRange } from '../../settings/settings-table';
import { choice, TRUTH, TEXT, type JsonSchema } from './schema-parts';

/** An agent owns its phones: it does not hand them on from another agent. */
const LOCAL_CONNECTIONS = CONNECTIONS.filter((connection) => connection !== 'mqtt');

const LIST: JsonSchema = { type: ['array', 'string'], items: { type: 'string' } };

const COMMAND_IDS: JsonSchema = {
  type: ['object', 'string'],
  properties: Object.fromEntries(
    Object.keys(DOCUMENTED_IDS).map((name) => [name, { type: 'integer', minimum: 0, maximum: HIGHEST_ID }]),
  ),
  additionalProperties: false,
};

/** The settings of a phone in an agent's file: those of the one table, but what only the way to another agent has. */
export function phoneSchema(): JsonSchema {
  const usable = new Set(
    LOCAL_CONNECTIONS.flatMap((connection) => [
      ...Object.keys(phoneSettings({ connection })),
      ...Object.keys(phoneSettings({ connection, protocol: 'documented' })),
    ]),
  );
  const settings = Object.entries(PRESETS).filter(([name]) => usable.has(name));
  return {
    type: 'object',
    properties: {
      name: { type: 'string' },
      ...Object.fromEntries(settings.map(([name, preset]) => [name, { ...kindOf(name, preset), default: preset }])),
    },
    additionalProperties: false,
  };
}

function kindOf(name: string, preset: unknown): JsonSchema {
  if (name === 'connection') return choice(LOCAL_CONNECTIONS);
  if (name === 'protocol') return choice(PROTOCOLS);
  if (name === 'commandIds') return COMMAND_IDS;
  if (typeof preset === 'boolean') return TRUTH;
  if (Array.isArray(preset)) return LIST;
  const range = (RANGES as Record<string, SettingRange>)[name];
  return range ? numberBetween(range) : TEXT;
}

function numberBetween({ least, most }: SettingRange): JsonSchema {
  // As a text it comes from an environment variable, and is looked at when that is filled in.
  return { type: ['number', 'string'], minimum: least, maximum: most };
}
