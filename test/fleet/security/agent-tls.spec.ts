import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrokerSettings } from '../../../src/settings/broker-settings';
import { ROOT } from '../../support/checkout';
import { eventually } from '../../support/eventually';
import { startMosquitto, whyNoMosquitto, type Mosquitto, type MosquittoOptions } from '../../support/mosquitto';
import { MqttPeer } from '../../support/mqtt-peer';
import { deskPhone, RunningAgents } from '../../support/running-agents';
import { skipBecause } from '../../support/skip';
import { useAuthority, type CertificateFiles } from '../../support/tls-files';

describe('an agent and a broker with TLS', () => {
  const authority = useAuthority();
  const agents = new RunningAgents();
  let mosquitto: Mosquitto | undefined;

  before(function () {
    const why = whyNoMosquitto();
    if (why) skipBecause(this, why);
  });

  afterEach(async () => {
    await MqttPeer.endAll();
    await mosquitto?.stop();
  });

  /** @returns what an agent has to know of it */
  async function start(server: CertificateFiles, more: MosquittoOptions = {}): Promise<BrokerSettings> {
    mosquitto = await startMosquitto({ ...more, tls: { ca: authority().ca, ...server } });
    return { url: mosquitto.tlsUrl ?? '' };
  }

  /** Why an agent does not connect. */
  async function failure(broker: BrokerSettings): Promise<unknown> {
    await agents.start({ broker });
    const { fields } = await eventually(() => agents.said('connection_failed'));
    assert.equal(agents.said('connected'), undefined);
    return fields['why'];
  }

  it('connect when the agent knows the authority', async () => {
    const broker = await start(authority().server());
    await agents.start({ broker: { ...broker, ca: authority().ca } });
    await eventually(() => agents.said('connected'));
  });

  it('do not when nobody it trusts has signed the certificate', async () => {
    assert.equal(await failure(await start(authority().server())), 'certificate');
  });

  it('do not when the certificate is for another name', async () => {
    const broker = await start(authority().certificate('other.example'));
    assert.equal(await failure({ ...broker, ca: authority().ca }), 'certificate');
  });

  it('do not when the certificate has expired', async () => {
    const names = 'DNS:localhost,IP:127.0.0.1';
    const broker = await start(authority().certificate('localhost', { names, expired: true }));
    assert.equal(await failure({ ...broker, ca: authority().ca }), 'certificate');
  });

  it('do not when the broker wants a certificate and the agent has none', async () => {
    const broker = await start(authority().server(), { requireCertificates: true });
    const why = await failure({ ...broker, ca: authority().ca });
    assert.ok(why === 'certificate' || why === 'network', String(why));
  });

  it('know the phone by its certificate, which has its rights', async () => {
    const acl = readFileSync(join(ROOT, 'docs/mosquitto/acl'), 'utf8');
    const own = authority().certificate('desk-1');
    const broker = await start(authority().server(), { requireCertificates: true, acl, users: { nodered: 'secret' } });
    await agents.start({ broker: { ...broker, ca: authority().ca, ...own }, phones: [deskPhone('desk-1')] });
    const nodeRed = await MqttPeer.connect(mosquitto?.url ?? '', { username: 'nodered', password: 'secret' });
    await nodeRed.subscribe('microsip/#');
    await nodeRed.next('microsip/desk-1/availability', ({ text }) => text === 'online');
    assert.equal((await nodeRed.ask('desk-1', { type: 'ping' })).ok, true);
    assert.equal(agents.said('publish_refused'), undefined);
  });
});
