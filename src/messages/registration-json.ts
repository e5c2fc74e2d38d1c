import { REGISTRATION_STATES, type Registration } from '../phone/calls/call';
import { fieldsOf, text, wholeBetween, wordOf, type Reader } from './json-reader';

export const sipStatus = wholeBetween(0, 999);

export const readRegistration: Reader<Registration> = fieldsOf<Registration>(
  { state: wordOf(REGISTRATION_STATES) },
  { sipStatus, text },
);
