import { DISPOSITIONS, PHONE_STATES } from '../../phone/calls/call';
import { CALL_EVENTS } from '../../phone/phone-event';

/**
 * What Home Assistant makes of our JSON, in the language of its templates (Jinja). All stand messages without the field, with
 * nothing in it, and without any JSON; `None` is to Home Assistant a state that is not known.
 */

/** The message, or one without any fields. */
const MESSAGE = '{% set told = value_json | default({}, true) %}';

/** What a text entity may show. */
const LONGEST_STATE = 255;

function field(name: string): string {
  return `${MESSAGE}{{ told.${name} | default('None', true) }}`;
}

/** Zero is a value, too. */
function numberField(name: string): string {
  return `${MESSAGE}{{ told.${name} if told.${name} is number else 'None' }}`;
}

/** Home Assistant warns of each word that it was not told to expect. */
function wordField(name: string, words: readonly string[]): string {
  return `${MESSAGE}{{ told.${name} if told.${name} in ${list(words)} else 'None' }}`;
}

function list(words: readonly string[]): string {
  return `[${words.map((word) => `'${word}'`).join(', ')}]`;
}

export const CALL_STATE = wordField('state', PHONE_STATES);
export const MISSED_TODAY = numberField('missedToday');
export const LAST_CALL = field('startTime');
export const LAST_DURATION = numberField('duration');
export const LAST_DISPOSITION = wordField('disposition', DISPOSITIONS);

/** `Ada (+4930123456)`, or what is known of it. */
export const CALLER =
  `${MESSAGE}{% set name = told.name | default('', true) | string %}{% set number = told.number | default('', true) | string %}` +
  `{% set caller = name ~ ' (' ~ number ~ ')' if name and number and name != number else name or number %}` +
  `{{ caller[:${LONGEST_STATE}] or 'None' }}`;

export const RINGING = `${MESSAGE}{{ 'ON' if told.state == 'ringing' else 'OFF' }}`;

/** Also while another call rings. */
export const IN_CALL =
  `${MESSAGE}{% set calls = told.calls | default([], true) %}` +
  `{% set calls = (calls if calls is sequence else []) | selectattr('callState', 'defined') ` +
  `| selectattr('callState', 'in', ['connected', 'held']) | list %}{{ 'ON' if calls else 'OFF' }}`;

/** What is told of a switch: true and false are words, anything else is not known. */
function truthOf(value: string): string {
  return `{{ ('ON' if ${value} else 'OFF') if ${value} is boolean else 'None' }}`;
}

/** A part of the message that is an object. */
function part(name: string): string {
  return `${MESSAGE}{% set part = told.${name} | default({}, true) %}`;
}

export const REGISTERED =
  `${MESSAGE}{% set registration = told.registration | default({}, true) %}` +
  `{{ 'None' if registration.state is not defined else 'ON' if registration.state == 'registered' else 'OFF' }}`;

export const RUNNING = `${MESSAGE}{{ 'OFF' if told.state | default('offline', true) == 'offline' else 'ON' }}`;

export const MUTED =
  `${MESSAGE}{% set audio = told.audio | default({}, true) %}{% set microphone = audio.microphone | default({}, true) %}` +
  `{{ 'None' if microphone.muted is not defined else 'ON' if microphone.muted else 'OFF' }}`;

export const DO_NOT_DISTURB = `${part('features')}${truthOf('part.dnd')}`;

export const VOICEMAIL = `${part('voicemail')}${truthOf('part.waiting')}`;
export const NEW_VOICEMAILS = `${part('voicemail')}{{ part.new if part.new is number else 'None' }}`;

/** Of a finished call: the estimate of how well it could be heard, 1 to 5. */
export const LAST_QUALITY = `${part('quality')}{{ part.mos if part.mos is number else 'None' }}`;

export const PROBLEM = `${MESSAGE}{{ 'ON' if told.problem | default('', true) else 'OFF' }}`;

/** As attributes beside it: which one, and what there is to read of it. */
export const PROBLEM_DETAILS = `${MESSAGE}{{ {'code': told.problem | default(none, true), 'text': told.problemText | default(none, true)} | tojson }}`;

/** Whether MicroSIP is there, of a state. */
export const MICROSIP_AVAILABLE = `${MESSAGE}{{ 'offline' if told.state | default('offline', true) == 'offline' else 'online' }}`;

/** What an automation may ask for of a call that an event is about. */
const OF_CALL = ['callId', 'direction', 'number', 'numberE164', 'name', 'disposition', 'duration'];

/** Home Assistant ignores an event for which nothing comes out. */
export const EVENT =
  `${MESSAGE}{% if told.event in ${list(CALL_EVENTS)} %}{% set of = namespace(event={'event_type': told.event}) %}` +
  `{% for name in ${list(OF_CALL)} if told[name] is defined %}{% set of.event = dict(of.event, **{name: told[name]}) %}{% endfor %}` +
  `{{ of.event | tojson }}{% endif %}`;
