const SETS_EVENTS =
  "const all = global.get('events') || []; global.set('events', [...all, msg.payload.event]); return null;";

/**
 * A flow that is driven and watched over HTTP, with no node but ours and Node-RED's: POST /simulate plays the far end,
 * POST /answer answers, GET /events gives the names of all events so far.
 */
export const SIMULATED_CALL_FLOW = [
  { id: 'tab', type: 'tab', label: 'A simulated call' },
  { id: 'phone', type: 'microsip-phone', name: 'Desk 1', connection: 'simulator' },
  { id: 'in1', type: 'http in', z: 'tab', url: '/simulate', method: 'post', wires: [['sim', 'ok']] },
  { id: 'sim', type: 'microsip-simulator', z: 'tab', phone: 'phone', wires: [[]] },
  { id: 'in2', type: 'http in', z: 'tab', url: '/answer', method: 'post', wires: [['answer', 'ok']] },
  { id: 'answer', type: 'microsip-answer', z: 'tab', phone: 'phone', call: 'current', wires: [[]] },
  { id: 'status', type: 'microsip-status', z: 'tab', phone: 'phone', events: [], initial: false, wires: [['collect']] },
  { id: 'collect', type: 'function', z: 'tab', func: SETS_EVENTS, outputs: 1, wires: [[]] },
  { id: 'in3', type: 'http in', z: 'tab', url: '/events', method: 'get', wires: [['tell']] },
  {
    id: 'tell',
    type: 'function',
    z: 'tab',
    func: "msg.payload = global.get('events') || []; return msg;",
    outputs: 1,
    wires: [['ok']],
  },
  { id: 'ok', type: 'http response', z: 'tab', wires: [] },
];
