import type { Command, Feature } from '../../phone/commands/command';
import { DISPOSITIONS, PHONE_STATES } from '../../phone/calls/call';
import { CALL_EVENTS } from '../../phone/phone-event';
import type { PhoneTopics } from '../../fleet/protocol/topics';
import { verbTopic, type Verb } from './verbs';
import * as templates from './templates';

export const PLATFORMS = ['sensor', 'binary_sensor', 'event', 'button', 'switch', 'text'] as const;

/** What Home Assistant knows an entity by. */
export interface EntityKey {
  /** Of Home Assistant's components; without blanks, since it splits its own ids there. */
  key: string;
  platform: (typeof PLATFORMS)[number];
}

/** The switches of MicroSIP that are entities, where MicroSIP offers them. */
export const SHOWN_FEATURES: readonly Feature[] = ['dnd'];

export interface Entity extends EntityKey {
  name: string;
  /** The type of command that it sends: it is there only if the phone takes that. */
  command?: Command['type'];
  /** The switch of MicroSIP that it is: it is there only if MicroSIP offers that. */
  feature?: Feature;
  config: Record<string, unknown>;
}

const LONGEST_TEXT = 255;
/** Seconds: what somebody pressed while the phone was away must not happen when it is back. Home Assistant 2026.6, MQTT 5. */
const COMMAND_EXPIRY = 10;

/** All that a phone is to Home Assistant. */
export function entities(topics: PhoneTopics, { keepsLastCall }: { keepsLastCall: boolean }): Entity[] {
  const lastCall = keepsLastCall ? topics.lastCall : topics.call;
  return [...sensors(topics, lastCall), ...binarySensors(topics), callEvent(topics), ...controls(topics)];
}

/** What needs MicroSIP is there only while both are: the agent and MicroSIP. */
function withMicrosip(topics: PhoneTopics): Record<string, unknown> {
  return {
    availability: [
      { topic: topics.availability },
      { topic: topics.state, value_template: templates.MICROSIP_AVAILABLE },
    ],
    availability_mode: 'all',
  };
}

function sensors({ state }: PhoneTopics, lastCall: string): Entity[] {
  const sensor = (key: string, name: string, topic: string, template: string, more: object = {}): Entity => ({
    ...{ key, platform: 'sensor', name },
    config: { state_topic: topic, value_template: template, ...more },
  });
  const words = (options: readonly string[]) => ({ device_class: 'enum', options });
  const seconds = { device_class: 'duration', unit_of_measurement: 's', state_class: 'measurement' };
  return [
    sensor('call_state', 'Call state', state, templates.CALL_STATE, { ...words(PHONE_STATES), icon: 'mdi:phone' }),
    sensor('caller', 'Caller', state, templates.CALLER, { icon: 'mdi:account-voice' }),
    sensor('last_call', 'Last call', lastCall, templates.LAST_CALL, { device_class: 'timestamp' }),
    sensor('last_duration', 'Last duration', lastCall, templates.LAST_DURATION, seconds),
    sensor('last_disposition', 'Last disposition', lastCall, templates.LAST_DISPOSITION, words(DISPOSITIONS)),
    sensor('missed_today', 'Missed today', state, templates.MISSED_TODAY, {
      ...{ state_class: 'total_increasing', icon: 'mdi:phone-missed' },
    }),
    sensor('last_quality', 'Last quality', lastCall, templates.LAST_QUALITY, {
      ...{ state_class: 'measurement', suggested_display_precision: 1, icon: 'mdi:signal' },
    }),
    sensor('new_voicemails', 'New voicemails', state, templates.NEW_VOICEMAILS, {
      ...{ state_class: 'measurement', icon: 'mdi:voicemail' },
    }),
  ];
}

function binarySensors(topics: PhoneTopics): Entity[] {
  const sensor = (key: string, name: string, template: string, more: object): Entity => ({
    ...{ key, platform: 'binary_sensor', name },
    config: { state_topic: topics.state, value_template: template, payload_on: 'ON', payload_off: 'OFF', ...more },
  });
  const diagnostic = { entity_category: 'diagnostic' };
  return [
    sensor('ringing', 'Ringing', templates.RINGING, { icon: 'mdi:phone-ring' }),
    sensor('in_call', 'In call', templates.IN_CALL, { icon: 'mdi:phone-in-talk' }),
    sensor('registered', 'Registered', templates.REGISTERED, {
      ...{ device_class: 'connectivity', ...diagnostic, ...withMicrosip(topics) },
    }),
    sensor('running', 'Running', templates.RUNNING, { device_class: 'running', ...diagnostic }),
    sensor('voicemail', 'Voicemail', templates.VOICEMAIL, { icon: 'mdi:voicemail' }),
    sensor('problem', 'Problem', templates.PROBLEM, {
      ...{ device_class: 'problem', ...diagnostic },
      ...{ json_attributes_topic: topics.state, json_attributes_template: templates.PROBLEM_DETAILS },
    }),
  ];
}

function callEvent({ event }: PhoneTopics): Entity {
  return {
    ...{ key: 'call', platform: 'event', name: 'Call' },
    config: { state_topic: event, value_template: templates.EVENT, event_types: CALL_EVENTS, icon: 'mdi:phone-log' },
  };
}

function controls(topics: PhoneTopics): Entity[] {
  const sends = (verb: Verb, more: object) => ({
    ...{ command_topic: verbTopic(topics, verb), retain: false, message_expiry_interval: COMMAND_EXPIRY },
    ...more,
    ...withMicrosip(topics),
  });
  const button = (key: string, name: string, verb: Verb, command: Command['type'], icon: string): Entity => ({
    ...{ key, platform: 'button', name, command },
    config: sends(verb, { payload_press: 'PRESS', icon }),
  });
  const text = (key: Verb & Command['type'], name: string, more: object): Entity => ({
    ...{ key, platform: 'text', name, command: key },
    config: sends(key, { min: 1, max: LONGEST_TEXT, ...more }),
  });
  const toggle = (verb: Verb, name: string, template: string, icon: string) => ({
    ...({ key: verb, platform: 'switch', name } as const),
    config: sends(verb, {
      ...{ state_topic: topics.state, value_template: template, payload_on: 'ON', payload_off: 'OFF', icon },
    }),
  });
  return [
    button('answer', 'Answer', 'answer', 'answer', 'mdi:phone'),
    button('reject', 'Reject', 'reject', 'hangup', 'mdi:phone-cancel'),
    button('hang_up', 'Hang up', 'hangup', 'hangup', 'mdi:phone-hangup'),
    { ...toggle('mute', 'Mute', templates.MUTED, 'mdi:microphone-off'), command: 'audio' },
    {
      ...toggle('dnd', 'Do not disturb', templates.DO_NOT_DISTURB, 'mdi:minus-circle'),
      ...{ command: 'feature', feature: 'dnd' },
    },
    text('dial', 'Dial', { icon: 'mdi:phone-outgoing' }),
    text('dtmf', 'DTMF', { pattern: '^[0-9A-D*#,]+$', icon: 'mdi:dialpad' }),
  ];
}
