import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../support/checkout';
import { freePort } from '../../support/free-port';
import { startMosquitto, whyNoMosquitto, type Mosquitto } from '../../support/mosquitto';
import { MqttPeer } from '../../support/mqtt-peer';
import { skipBecause } from '../../support/skip';
import { useAuthority } from '../../support/tls-files';

describe('the configuration for Mosquitto', () => {
  const authority = useAuthority();
  let folder = '';
  let mosquitto: Mosquitto | undefined;

  before(function () {
    const why = whyNoMosquitto();
    if (why) skipBecause(this, why);
    folder = mkdtempSync(join(tmpdir(), 'mosquitto-conf-'));
    const { cert, key } = authority().server();
    mkdirSync(join(folder, 'certs'));
    cpSync(authority().ca, join(folder, 'certs/ca.pem'));
    cpSync(cert, join(folder, 'certs/server.pem'));
    cpSync(key, join(folder, 'certs/server.key'));
    cpSync(join(ROOT, 'docs/mosquitto/acl'), join(folder, 'acl'));
    // Nobody: passwords are those of `users` elsewhere.
    writeFileSync(join(folder, 'passwords'), '');
  });

  afterEach(async () => {
    await MqttPeer.endAll();
    await mosquitto?.stop();
  });

  after(() => {
    if (folder) rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  /** Its text as on the page, but for where the files are and the port. */
  async function start(change: (text: string) => string): Promise<string> {
    const port = await freePort();
    const text = readFileSync(join(ROOT, 'docs/mosquitto/mosquitto.conf'), 'utf8');
    const own = change(text.replaceAll('/etc/mosquitto', folder).replace('listener 8883', `listener ${port}`));
    mosquitto = await startMosquitto({ anonymous: false, config: own.split('\n') });
    return `mqtts://localhost:${port}`;
  }

  it('lets nobody in without a password', async () => {
    const url = await start((text) => text);
    const refused = MqttPeer.connect(url, { ca: readFileSync(authority().ca) });
    await assert.rejects(refused, /Not authorized/i);
  });

  it('knows phones by their certificates, when told to', async () => {
    const url = await start((text) => text.replace(/^password_file.*$/m, '').replace(/^#(require|use_)/gm, '$1'));
    const { cert, key } = authority().certificate('desk-1');
    const ca = readFileSync(authority().ca);
    const phone = await MqttPeer.connect(url, { ca, cert: readFileSync(cert), key: readFileSync(key) });
    await phone.publish('microsip/desk-1/availability', 'online');
    await assert.rejects(phone.publish('microsip/desk-2/availability', 'online'));
    assert.deepEqual(phone.reasons, [16, 135]);
    await assert.rejects(MqttPeer.connect(url, { ca }));
  });
});
