import type { Observation } from '../../../../src/phone/ports/observation';

/** What an observation says, apart from its time. */
export function said(observation: Observation): string {
  switch (observation.type) {
    case 'call':
      return [observation.key, observation.state, observation.heldBy].filter(Boolean).join(' ');
    case 'call_ended':
      return `${observation.key} ended${observation.inferred ? ', as it seems' : ''}`;
    case 'call_transferred':
      return `${observation.key} to ${observation.target}`;
    case 'registration':
      return `registration ${observation.registration.state}`;
    case 'presence':
      return observation.presence;
    case 'call_refused':
      return `${observation.key} refused`;
    case 'source_live':
    case 'call_mode':
    case 'features':
    case 'audio':
    case 'voicemail':
    case 'trouble':
    case 'call_media':
      return '';
  }
}
