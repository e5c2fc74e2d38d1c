import { TYPES } from '../support/checkout';

export const PALETTE = TYPES.filter((type) => type !== 'microsip-phone');

const SETTINGS: Record<string, object> = {
  'microsip-dial': { number: 'payload', numberType: 'msg' },
  'microsip-wait': { until: ['idle'], timeout: 60 },
  'microsip-fleet': { broker: 'broker', base: 'microsip', timeout: 5 },
  'microsip-dtmf': { digits: '123#', digitsType: 'str' },
};

/** A broker's node as the editor has it; nobody listens there. */
export const BROKER = {
  ...{ id: 'broker', type: 'mqtt-broker', name: 'Office', broker: '127.0.0.1', port: '1', clientid: '' },
  ...{ autoConnect: false, usetls: false, protocolVersion: '4', keepalive: '60', cleansession: true },
  ...{ birthTopic: '', birthQos: '0', birthPayload: '', birthMsg: {}, closeTopic: '', closeQos: '0', closePayload: '' },
  ...{ closeMsg: {}, willTopic: '', willQos: '0', willPayload: '', willMsg: {}, userProps: '', sessionExpiry: '' },
};

/** One node of each type, all on one simulated phone. */
export const ONE_OF_EACH = [
  { id: 'tab', type: 'tab', label: 'Phone' },
  BROKER,
  { id: 'phone', type: 'microsip-phone', name: 'Desk 1', connection: 'simulator', pollInterval: 250, timeout: 2000 },
  ...PALETTE.map((type, row) => ({
    id: idOf(type),
    type,
    z: 'tab',
    phone: 'phone',
    ...SETTINGS[type],
    // Two columns, so that all of them are in sight.
    x: 200 + 300 * (row % 2),
    y: 60 + 40 * row,
    wires: [[]],
  })),
];

export function idOf(type: string): string {
  return type.replace('microsip-', 'the-');
}
