import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shownText } from '../../../../src/phone/texts/shown-text';
import { skipBecause } from '../../../support/skip';
import { play, script, type Script } from './random-calls';
import { HAS_SQLITE, type ToldCall, type Traced } from './traced';

/** The hooks that follow from what the simulator's own observer saw; calls that never rang are not seen there. */
function expectedHooks({ seen }: Traced): string[] {
  const numbers = new Map<string, { number: string; inbound: boolean; connected: boolean }>();
  const hooks: string[] = [];
  for (const one of seen) {
    if (one.type === 'call') {
      const known = numbers.get(one.key);
      const { number = '' } = one.facts;
      const call = known ?? { number, inbound: one.direction === 'inbound', connected: false };
      numbers.set(one.key, call);
      if (!known && one.state === 'dialing') hooks.push(`Outgoing ${number}`);
      if (!known && one.state === 'ringing') hooks.push(`Ring ${number}`);
      if (one.state !== 'connected' || call.connected) continue;
      call.connected = true;
      if (call.inbound) hooks.push(`Answer ${number}`);
      hooks.push(`Start ${number}`);
    } else if (one.type === 'call_ended') {
      const { endedBy, sipStatus = 0 } = one.ending;
      // Of our own ends only the Decline button's is one that MicroSIP takes for busy.
      const busy = endedBy === 'local' ? sipStatus === 486 : [486, 600, 603].includes(sipStatus);
      hooks.push(`${busy ? 'Busy' : 'End'} ${numbers.get(one.key)?.number ?? ''}`);
    }
  }
  return hooks;
}

const INFO: Record<string, string> = {
  'local 200 OK': 'Call Ended',
  'remote 200 OK': 'Call Ended',
  'outbound local 487 Request Terminated': 'Canceled',
  'inbound remote 487 Request Terminated': 'Canceled',
  'inbound remote 487 Request Terminated elsewhere': 'Answered Elsewhere',
  'inbound local 486 Busy Here': 'Declined',
  'inbound local 603 Decline': 'Declined',
  'outbound remote 486 Busy Here': 'Busy Here',
  'outbound remote 603 Decline': 'Decline',
  'outbound remote 480 Temporarily Unavailable': 'Temporarily Unavailable',
  'outbound remote 503 Service Unavailable': 'Server error (503). Service Unavailable',
};

function expectedRow({ id, direction, number, end, states }: ToldCall): string {
  const info = end === undefined ? '' : (INFO[end] ?? INFO[`${direction} ${end}`]);
  const lost = end !== undefined && !states.includes('connected');
  const type = direction === 'outbound' ? 0 : !lost ? 1 : end.endsWith('elsewhere') ? 3 : 2;
  return `${id} ${type} ${number} ${info ?? 'no text for it'}`;
}

const played = async (one: Script, history: boolean, check: (phone: Traced) => unknown): Promise<void> => {
  const phone = await play(one, history);
  try {
    await check(phone);
  } finally {
    await phone.end();
  }
};

describe('traces of random calls', () => {
  it('the log tells the same calls as the simulator, and the hooks run in order', () =>
    fc.assert(
      fc.asyncProperty(script, (one) =>
        played(one, false, (phone) => {
          phone.checkLog();
          assert.deepEqual(
            phone.hooks.filter((hook) => !hook.startsWith('Incoming ')),
            expectedHooks(phone),
          );
        }),
      ),
      { numRuns: 400 },
    ));

  it('the call history tells the same calls as the simulator', async function () {
    if (!HAS_SQLITE) skipBecause(this, `Node.js ${process.versions.node} has no SQLite`);
    await fc.assert(
      fc.asyncProperty(script, (one) =>
        played(one, true, (phone) => {
          const { truth } = phone;
          const rows = phone.rows();
          const rang = rows.filter(({ sipCallId }) => truth.some(({ id }) => id === sipCallId));
          assert.deepEqual(
            rang.map(({ sipCallId = '', type, number, info }) => {
              const end = truth.find(({ id }) => id === sipCallId)?.end;
              // The F4 key leaves the word, /hangupincoming the phrase of the same 603.
              const text = end === 'local 603 Decline' ? info.replace(/^Decline$/, 'Declined') : info;
              return `${sipCallId} ${type} ${number.replace(/@.*/, '')} ${text}`;
            }),
            truth.map(expectedRow),
          );
          for (const { name, number, sipCallId } of rang) {
            const call = truth.find(({ id }) => id === sipCallId);
            assert.equal(
              shownText(name.replace(/\\(.)/g, '$1')),
              call?.name === '' ? number.replace(/@.*/, '') : call?.name,
            );
          }
          assert.ok(rows.every((row) => rang.includes(row) || (row.type === 2 && row.info === 'Busy Here')));
        }),
      ),
      { numRuns: 300 },
    );
  });
});
