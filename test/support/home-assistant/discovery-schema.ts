import Ajv, { type ErrorObject } from 'ajv';

/**
 * What Home Assistant takes of a device discovery document, from its own rules (homeassistant/components/mqtt: schemas, discovery,
 * config, sensor, binary_sensor, event, button, switch, text; 2026.9). Stricter than it in that keys of components that
 * it does not know are refused, and abbreviations: it would drop the former silently.
 */

const topic = { type: 'string', minLength: 1, maxLength: 65_535, pattern: '^[^+#\\u0000]+$' };
const text = { type: 'string' };
const template = { type: 'string', minLength: 1 };
const seconds = { type: 'integer', minimum: 0 };
const url = { type: 'string', pattern: '^(https?|homeassistant)://[^\\s]+$' };

const availability = {
  availability: {
    type: 'array',
    minItems: 1,
    items: {
      type: 'object',
      required: ['topic'],
      additionalProperties: false,
      properties: { topic, payload_available: text, payload_not_available: text, value_template: template },
    },
  },
  availability_mode: { enum: ['all', 'any', 'latest'] },
  availability_topic: topic,
  availability_template: template,
  payload_available: text,
  payload_not_available: text,
};
/** A template without anything to make attributes of would never be used. */
const attributesOf = { dependencies: { json_attributes_template: ['json_attributes_topic'] } };
/** A list, or a topic. */
const oneAvailability = { not: { required: ['availability', 'availability_topic'] } };

const device = {
  type: 'object',
  additionalProperties: false,
  anyOf: [{ required: ['identifiers'] }, { required: ['connections'] }],
  properties: {
    identifiers: { type: 'array', minItems: 1, items: text },
    connections: { type: 'array', minItems: 1, items: { type: 'array', minItems: 2, maxItems: 2, items: text } },
    ...Object.fromEntries(
      ['manufacturer', 'model', 'model_id', 'name', 'hw_version', 'serial_number', 'sw_version'].map((key) => [
        key,
        text,
      ]),
    ),
    ...{ via_device: text, suggested_area: text, configuration_url: url },
  },
};

const origin = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: { name: text, sw_version: text, support_url: url },
};

const qos = { enum: [0, 1, 2] };

/** Of every entity. */
const common = {
  ...availability,
  ...{ qos, encoding: text, device, origin, unique_id: text, name: { type: ['string', 'null'] } },
  default_entity_id: { type: 'string' },
  ...{ icon: { type: 'string', pattern: '^\\w+:[\\w-]+$' }, entity_picture: url },
  enabled_by_default: { type: 'boolean' },
  ...{ json_attributes_topic: topic, json_attributes_template: template, message_expiry_interval: seconds },
};
const readable = { state_topic: topic, value_template: template };
const writable = {
  ...{ ...readable, command_topic: topic, command_template: template, retain: { const: false } },
  optimistic: { type: 'boolean' },
};
const anyCategory = { entity_category: { enum: ['config', 'diagnostic'] } };
/** Home Assistant refuses what only shows something as a part of the configuration. */
const shownCategory = { entity_category: { const: 'diagnostic' } };

const SENSOR_CLASSES = ['enum', 'timestamp', 'date', 'duration'];
const BINARY_CLASSES = ['running', 'connectivity', 'occupancy', 'sound', 'power', 'problem'];

function entity(platform: string, required: string[], properties: object, rules: object[] = []): object {
  return {
    // With nothing else it is taken away.
    if: { properties: { platform: { const: platform } }, minProperties: 2 },
    then: {
      type: 'object',
      required: ['unique_id', ...required],
      additionalProperties: false,
      properties: {
        platform: {},
        ...common,
        default_entity_id: { type: 'string', pattern: `^${platform}\\.[a-z0-9]+(_[a-z0-9]+)*$` },
        ...properties,
      },
      allOf: [oneAvailability, attributesOf, ...rules],
    },
  };
}

const has = (key: string): object => ({ required: [key] });
const isClass = (name: string): object => ({
  properties: { device_class: { const: name } },
  required: ['device_class'],
});

const PLATFORMS = [
  entity(
    'sensor',
    ['state_topic'],
    {
      ...{ ...readable, ...shownCategory, device_class: { enum: SENSOR_CLASSES } },
      ...{ expire_after: seconds, force_update: { type: 'boolean' }, suggested_display_precision: seconds },
      options: { type: 'array', minItems: 1, uniqueItems: true, items: text },
      ...{ state_class: { enum: ['measurement', 'total', 'total_increasing'] }, unit_of_measurement: text },
    },
    [
      {
        if: has('options'),
        then: { allOf: [isClass('enum'), { not: has('state_class') }, { not: has('unit_of_measurement') }] },
      },
      { if: isClass('enum'), then: has('options') },
      { if: isClass('timestamp'), then: { allOf: [{ not: has('unit_of_measurement') }, { not: has('state_class') }] } },
      {
        if: isClass('duration'),
        then: {
          required: ['unit_of_measurement'],
          properties: { unit_of_measurement: { enum: ['d', 'h', 'min', 's', 'ms', 'μs'] } },
        },
      },
    ],
  ),
  entity('binary_sensor', ['state_topic'], {
    ...{ ...readable, ...shownCategory, device_class: { enum: BINARY_CLASSES } },
    ...{ payload_on: text, payload_off: text, off_delay: seconds, expire_after: seconds },
    force_update: { type: 'boolean' },
  }),
  entity('event', ['state_topic', 'event_types'], {
    ...{ ...readable, ...shownCategory, device_class: { enum: ['button', 'doorbell', 'motion'] } },
    event_types: { type: 'array', minItems: 1, uniqueItems: true, items: text },
  }),
  entity('button', ['command_topic'], {
    ...{ command_topic: topic, command_template: template, retain: { const: false }, ...anyCategory },
    ...{ payload_press: text, device_class: { enum: ['identify', 'restart', 'update'] } },
  }),
  entity('switch', ['command_topic'], {
    ...{ ...writable, ...anyCategory, device_class: { enum: ['outlet', 'switch'] } },
    ...{ payload_on: text, payload_off: text, state_on: text, state_off: text },
  }),
  entity('text', ['command_topic'], {
    ...{ ...writable, ...anyCategory, mode: { enum: ['text', 'password'] } },
    ...{ min: { type: 'integer', minimum: 0, maximum: 254 }, max: { type: 'integer', minimum: 1, maximum: 255 } },
    pattern: { type: 'string', format: 'regex' },
  }),
];
const NAMES = ['sensor', 'binary_sensor', 'event', 'button', 'switch', 'text'];

const document = {
  type: 'object',
  required: ['device', 'origin', 'components'],
  additionalProperties: false,
  properties: {
    ...{ ...availability, device, origin, qos, encoding: text, state_topic: topic, command_topic: topic },
    components: {
      type: 'object',
      minProperties: 1,
      // Home Assistant joins its ids with blanks.
      propertyNames: { pattern: '^[A-Za-z0-9_-]+$' },
      additionalProperties: {
        type: 'object',
        required: ['platform'],
        properties: { platform: { enum: NAMES } },
        allOf: PLATFORMS,
      },
    },
  },
  allOf: [oneAvailability],
};

const validate = new Ajv({ allErrors: true, strict: false, formats: { regex: isRegex } }).compile(document);

function isRegex(pattern: string): boolean {
  try {
    return Boolean(new RegExp(pattern));
  } catch {
    return false;
  }
}

const TOPIC = /^(?<prefix>.+)\/device\/(?:[a-zA-Z0-9_-]+\/)?[a-zA-Z0-9_-]+\/config$/;

/** Why Home Assistant would not take a message, or a part of it; nothing when it takes it all. */
export function refusals(message: { topic: string; payload: string }, prefix = 'homeassistant'): string[] {
  const on = TOPIC.exec(message.topic)?.groups?.['prefix'] === prefix ? [] : [`topic ${message.topic}`];
  let json: unknown;
  try {
    json = JSON.parse(message.payload);
  } catch {
    return [...on, 'no JSON'];
  }
  validate(json);
  return [...on, ...(validate.errors ?? []).map(shown), ...double(json)];
}

function shown({ instancePath, message = '', params }: ErrorObject): string {
  return `${instancePath} ${message} ${JSON.stringify(params)}`;
}

/** Of two entities with one id the second is refused. */
function double(json: unknown): string[] {
  const { components = {} } = json as { components?: Record<string, { unique_id?: string }> };
  const ids = Object.values(components).map(({ unique_id: id }) => id);
  return ids
    .filter((id, at) => id !== undefined && ids.indexOf(id) !== at)
    .map((id) => `unique_id ${String(id)} twice`);
}
