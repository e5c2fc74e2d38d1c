import assert from 'node:assert/strict';
import { AgentProgram } from '../../support/agent-cli';
import { freePort } from '../../support/free-port';
import { startMosquitto, useMosquitto, type Mosquitto } from '../../support/mosquitto';
import { MqttPeer } from '../../support/mqtt-peer';
import { RunningAgents } from '../../support/running-agents';
import { useAuthority } from '../../support/tls-files';

const SECRET = 'hunter2-hunter2';

interface Check {
  exitCode: number;
  phones: {
    ok: boolean;
    broker: { ok: boolean; mqtt?: string; online?: { host?: string }; error?: { code: string; reason: string } };
    phone: { ok: boolean; error?: { code: string } };
  }[];
}

describe('microsip-agent --check', () => {
  const authority = useAuthority();
  const agents = new RunningAgents();
  const program = new AgentProgram();
  let mosquitto: Mosquitto;

  useMosquitto();
  before(async () => {
    mosquitto = await startMosquitto({
      users: { 'desk-1': SECRET, guest: SECRET },
      acl: 'user desk-1\ntopic readwrite microsip/desk-1/#\nuser guest\ntopic read microsip/#\ntopic readwrite settled\n',
      tls: { ...authority().server(), ca: authority().ca },
    });
  });
  after(() => mosquitto.stop());
  afterEach(async () => {
    await MqttPeer.endAll();
    assert.ok(!program.output.includes(SECRET), program.output);
  });

  const check = async (broker: object, phone: object = { connection: 'simulator' }): Promise<Check> => {
    program.lines = [];
    const config = program.file({ broker, phones: [{ id: 'desk-1', phone }] });
    const exitCode = await program.run(['--check', '--json', '--config', config]);
    const told = program.json() as unknown as Check;
    assert.equal(told.exitCode, exitCode);
    return told;
  };
  /** The exit code and what is wrong with the broker. */
  const trouble = async (broker: object): Promise<[number, string | undefined]> => {
    const { exitCode, phones } = await check(broker);
    return [exitCode, phones[0]?.broker.error?.reason];
  };
  const user = { username: 'desk-1', password: SECRET };

  it('says that all is in order', async () => {
    const { exitCode, phones } = await check({ url: mosquitto.url, ...user });
    assert.equal(exitCode, 0);
    assert.deepEqual(phones[0]?.broker, { ok: true, mqtt: '5' });
    const tls = { url: mosquitto.tlsUrl, ca: authority().ca, ...user };
    assert.equal((await check(tls)).exitCode, 0);
  });

  it('says who does not let the phone in, and why', async () => {
    const { url, tlsUrl = '' } = mosquitto;
    const port = await freePort();
    assert.deepEqual(await trouble({ url, ...user, password: `not-${SECRET}` }), [4, 'not_authorised']);
    assert.deepEqual(await trouble({ url }), [4, 'not_authorised']);
    assert.deepEqual(await trouble({ url, ...user, username: 'guest' }), [4, 'no_publication']);
    assert.deepEqual(await trouble({ url: `mqtt://127.0.0.1:${port}`, ...user }), [3, 'nobody_listens']);
    assert.deepEqual(await trouble({ url: 'mqtt://no-such-host.invalid', ...user }), [3, 'no_such_host']);
    assert.deepEqual(await trouble({ url: tlsUrl, ...user }), [3, 'certificate']);
    const other = tlsUrl.replace('127.0.0.1', '127.0.0.2');
    assert.deepEqual(await trouble({ url: other, ca: authority().ca, ...user }), [3, 'nobody_listens']);
    // Which of the sentences it is depends on how the broker closes the connection.
    for (const wrong of [url.replace('mqtt:', 'mqtts:'), tlsUrl.replace('mqtts:', 'mqtt:')]) {
      const [code, reason = ''] = await trouble({ url: wrong, ...user });
      assert.ok(code === 3 && ['no_tls', 'closed', 'network'].includes(reason), reason);
    }
  });

  it('says that a phone cannot be used', async () => {
    if (process.platform === 'win32') return;
    const { exitCode, phones } = await check({ url: mosquitto.url, ...user }, { connection: 'window' });
    assert.deepEqual([exitCode, phones[0]?.phone.error?.code], [5, 'unsupported']);
  });

  it('sees an agent that has the phone, and leaves it and its readers alone', async () => {
    await agents.start({ broker: { url: mosquitto.url, ...user } });
    const reader = await MqttPeer.connect(mosquitto.url, { username: 'guest', password: SECRET });
    await reader.subscribe('microsip/desk-1/#');
    await reader.next('microsip/desk-1/info');
    await reader.settled();
    const before = reader.received.length;
    const { exitCode, phones } = await check({ url: mosquitto.url, ...user });
    assert.deepEqual([exitCode, phones[0]?.ok], [0, true]);
    assert.ok(phones[0]?.broker.online?.host);
    await reader.settled();
    const more = reader.received.slice(before);
    assert.deepEqual(
      more.filter(({ topic, retain }) => retain || !topic.startsWith('microsip/desk-1/response/')),
      [],
    );
    assert.equal((await reader.next('microsip/desk-1/availability')).text, 'online');
  });
});
