const FROM_CALLS = ['microsip-status', 'microsip-call-log'];
const FROM_WAITING = ['microsip-dial', 'microsip-wait'];

/** What a message may have that can be dialled, sent or set, and the types of the nodes that it has it from. */
export const MESSAGE_NAMES: Record<string, string[]> = {
  payload: [],
  'payload.number': FROM_CALLS,
  'payload.numberE164': FROM_CALLS,
  'payload.name': FROM_CALLS,
  'payload.uri': FROM_CALLS,
  'call.number': FROM_WAITING,
  'call.numberE164': FROM_WAITING,
  'call.name': FROM_WAITING,
  'audio.level': ['microsip-audio'],
  number: [],
  topic: [],
  'req.query.number': ['http in'],
  'req.params.number': ['http in'],
};
