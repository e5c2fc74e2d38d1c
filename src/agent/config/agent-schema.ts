import { AGENT_TYPES, REMOTE_TYPES } from '../../fleet/protocol/command-types';
import { RESERVED_IDS } from '../../fleet/protocol/fleet-id';
import { DEFAULT_BASE } from '../../fleet/protocol/topics';
import { phoneSchema } from './phone-schema';
import { choice, FILLED_TEXT, shaped, TEXT, TRUTH, type JsonSchema } from './schema-parts';

/** Where the package has this schema, below its folder; `$schema` in a file may name it for editors. */
export const SCHEMA_FILE = 'dist/agent.schema.json';

/** One level of a topic that an agent is named by. */
const LEVEL = '[A-Za-z0-9_-]{1,64}';
const NO_LEVEL = '[^+#$/\\u0000-\\u001f]';

/** Of an agent's file as it is written: texts in it may have something to fill in. */
export function agentSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'microsip-agent',
    type: 'object',
    properties: {
      $schema: TEXT,
      broker: { $ref: '#/$defs/broker' },
      base: { ...shaped(`${NO_LEVEL}+(?:/${NO_LEVEL}+)*`), default: DEFAULT_BASE },
      homeAssistant: { $ref: '#/$defs/homeAssistant' },
      mask: { ...TRUTH, default: false },
      lastCall: { ...TRUTH, default: true },
      hostAndUser: { ...TRUTH, default: true },
      phones: { type: 'array', items: { $ref: '#/$defs/agentPhone' }, minItems: 1 },
    },
    required: ['broker', 'phones'],
    additionalProperties: false,
    $defs: {
      broker: {
        type: 'object',
        properties: {
          url: FILLED_TEXT,
          username: FILLED_TEXT,
          password: FILLED_TEXT,
          ca: FILLED_TEXT,
          cert: FILLED_TEXT,
          key: FILLED_TEXT,
        },
        required: ['url'],
        additionalProperties: false,
      },
      homeAssistant: {
        ...TRUTH,
        type: ['boolean', 'string', 'object'],
        properties: {
          prefix: { ...shaped(`${NO_LEVEL}+(?:/${NO_LEVEL}+)*`), default: 'homeassistant' },
          statusTopic: { ...shaped(`${NO_LEVEL}+(?:/${NO_LEVEL}+)*`), default: 'homeassistant/status' },
        },
        additionalProperties: false,
        default: false,
      },
      agentPhone: {
        type: 'object',
        properties: {
          id: { ...shaped(LEVEL), not: { enum: RESERVED_IDS } },
          groups: { type: 'array', items: shaped(LEVEL) },
          commands: { type: 'array', items: choice([...REMOTE_TYPES, ...AGENT_TYPES]) },
          username: FILLED_TEXT,
          password: FILLED_TEXT,
          phone: { $ref: '#/$defs/phone' },
        },
        required: ['id'],
        additionalProperties: false,
      },
      phone: phoneSchema(),
    },
  };
}
