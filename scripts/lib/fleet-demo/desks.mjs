/**
 * @typedef {object} Desk
 * @property {string} id
 * @property {string} name
 * @property {string} group
 */

/** @type {Desk[]} */
export const DESKS = [
  ['Ada', 'sales'],
  ['Blaise', 'sales'],
  ['Charles', 'sales'],
  ['Grace', 'support'],
  ['Hedy', 'support'],
  ['Joan', 'support'],
  ['Konrad', 'support'],
  ['Linus', 'accounting'],
  ['Margaret', 'accounting'],
  ['Radia', 'reception'],
].map(([name = '', group = ''], index) => ({ id: `desk-${index + 1}`, name, group }));

/**
 * The file of an agent that has all of them.
 * @param {string} brokerUrl
 */
export function agentFile(brokerUrl) {
  return {
    broker: { url: brokerUrl },
    phones: DESKS.map(({ id, name, group }) => ({ id, groups: [group], phone: { name, connection: 'simulator' } })),
  };
}
