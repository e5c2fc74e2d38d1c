import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../support/checkout';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer, VERSIONS, type PeerOptions } from '../../support/mqtt-peer';

const ACL = readFileSync(join(ROOT, 'docs/mosquitto/acl'), 'utf8');
/** May do all, to see what the others may. */
const TESTER = 'tester';
const READERS = ['wallboard', 'nodered'];
/** `stranger` has a password, and nothing to do with phones. */
const USERS = [...READERS, 'desk-1', 'desk-2', 'crm-desk-1', 'homeassistant', 'all', 'group', 'stranger'];
const NOT_AUTHORIZED = 135;
/** All may read it: who has it has got all before it. */
const LAST = 'homeassistant/status';

/** Of each topic who may read and who may write it; nobody else may. */
const RIGHTS: Record<string, { read: string[]; write: string[] }> = {
  ...Object.fromEntries(
    ['availability', 'state', 'event'].map((name) => [
      `microsip/desk-1/${name}`,
      { read: [...READERS, 'crm-desk-1', 'homeassistant', 'desk-1'], write: ['desk-1'] },
    ]),
  ),
  'microsip/desk-1/last_call': { read: [...READERS, 'homeassistant', 'desk-1'], write: ['desk-1'] },
  'microsip/desk-1/info': { read: [...READERS, 'desk-1'], write: ['desk-1'] },
  'microsip/desk-1/call': { read: [...READERS, 'homeassistant', 'desk-1'], write: ['desk-1'] },
  'microsip/desk-1/command': { read: ['desk-1'], write: ['nodered', 'crm-desk-1', 'desk-1'] },
  'microsip/desk-1/command/dial': { read: ['desk-1'], write: ['homeassistant', 'desk-1'] },
  'microsip/desk-1/response/1': { read: ['nodered', 'desk-1'], write: ['desk-1'] },
  'microsip/desk-1/response/crm-desk-1/1': { read: ['nodered', 'crm-desk-1', 'desk-1'], write: ['desk-1'] },
  'microsip/desk-1/response/other/1': { read: ['nodered', 'desk-1'], write: ['desk-1'] },
  'microsip/desk-2/command': { read: ['desk-2'], write: ['nodered', 'desk-2'] },
  'microsip/desk-2/event': { read: [...READERS, 'homeassistant', 'desk-2'], write: ['desk-2'] },
  'microsip/all/command': { read: USERS.filter((user) => user !== 'all'), write: ['nodered'] },
  'microsip/group/sales/command': { read: USERS.filter((user) => user !== 'group'), write: ['nodered'] },
  'homeassistant/device/microsip/desk-1/config': { read: ['homeassistant'], write: ['desk-1', 'homeassistant'] },
  'homeassistant/device/microsip/desk-2/config': { read: ['homeassistant'], write: ['desk-2', 'homeassistant'] },
  'other/base/desk-1/command': { read: [], write: [] },
  [LAST]: { read: USERS, write: ['homeassistant'] },
};

describe('the ACL for Mosquitto', () => {
  const mosquitto = useMosquitto({
    users: Object.fromEntries([...USERS, TESTER].map((user) => [user, `secret of ${user}`])),
    acl: `${ACL}\nuser ${TESTER}\ntopic readwrite #\n`,
  });

  afterEach(() => MqttPeer.endAll());

  function login(username: string, options: PeerOptions = {}): Promise<MqttPeer> {
    return MqttPeer.connect(mosquitto().url, { username, password: `secret of ${username}`, ...options });
  }

  async function allOf(options: PeerOptions): Promise<Map<string, MqttPeer>> {
    return new Map(await Promise.all(USERS.map(async (user) => [user, await login(user, options)] as const)));
  }

  for (const protocolVersion of VERSIONS) {
    it(`delivers to each only what it may read, version ${protocolVersion}`, async () => {
      const tester = await login(TESTER, { protocolVersion });
      const peers = await allOf({ protocolVersion });
      for (const peer of peers.values()) await peer.subscribe('#');
      for (const topic of Object.keys(RIGHTS)) await tester.publish(topic, 'x');
      for (const [user, peer] of peers) {
        await peer.next(LAST);
        const wanted = Object.keys(RIGHTS).filter((topic) => RIGHTS[topic]?.read.includes(user));
        const got = peer.received.map(({ topic }) => topic);
        assert.deepEqual(got, wanted, user);
      }
    });

    it(`takes from each only what it may write, version ${protocolVersion}`, async () => {
      const tester = await login(TESTER, { protocolVersion });
      await tester.subscribe('#');
      for (const [user, peer] of await allOf({ protocolVersion }))
        for (const [topic, { write }] of Object.entries(RIGHTS)) {
          await peer.publish(topic, user).catch(() => undefined);
          if (protocolVersion === 5) {
            const refused = peer.reasons.at(-1) === NOT_AUTHORIZED;
            assert.equal(refused, !write.includes(user), `${user} at ${topic}: ${String(peer.reasons.at(-1))}`);
          }
        }
      await tester.settled();
      for (const [topic, { write }] of Object.entries(RIGHTS))
        assert.deepEqual(
          tester
            .on(topic)
            .map(({ text }) => text)
            .sort(),
          [...write].sort(),
          topic,
        );
    });

    it(`sends no last will where it may not write, version ${protocolVersion}`, async () => {
      const tester = await login(TESTER, { protocolVersion });
      await tester.subscribe('#');
      for (const phone of ['desk-2', 'desk-1']) {
        const will = { topic: 'microsip/desk-1/availability', payload: Buffer.from(`of ${phone}`), qos: 1 as const };
        const peer = await login(phone, { protocolVersion, will });
        await peer.die();
      }
      await tester.next('microsip/desk-1/availability', ({ text }) => text === 'of desk-1');
      await tester.settled();
      assert.equal(tester.received.length, 1);
    });
  }

  it('lets nobody in without a user or with a wrong password', async () => {
    await assert.rejects(MqttPeer.connect(mosquitto().url));
    await assert.rejects(login('nodered', { password: 'secret of desk-1' }));
  });
});
