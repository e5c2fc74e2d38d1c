import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import helper from 'node-red-node-test-helper';
import { eventually } from '../support/eventually';
import { Flow, nodeSuite, PHONE } from './flow';

const EVENTS = { id: 'events', type: 'helper' };
const STATUS = { id: 'status', type: 'microsip-status', phone: 'phone', wires: [['events']] };
const PLAY = { id: 'play', type: 'microsip-simulator', phone: 'phone', wires: [[]] };
const VARIABLE = 'MICROSIP_SPEC_TRACE';

nodeSuite('a phone whose trace is switched on', () => {
  let folder: string;
  const file = (): string => join(folder, 'microsip-trace', 'phone.log');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'traced phone '));
    process.env[VARIABLE] = 'true';
  });

  afterEach(() => {
    Reflect.deleteProperty(process.env, VARIABLE);
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  it('writes in the user directory, also across a deploy, why it told what flows got', async () => {
    helper.settings({ userDir: folder });
    const nodes = [{ ...PHONE, trace: `\${${VARIABLE}}` }, STATUS, PLAY, EVENTS];
    for (const deploy of [1, 2]) {
      const flow = await Flow.load(nodes);
      await flow.event('events', 'phone_online');
      flow.send('play', { payload: { action: 'incoming', number: '+4930123456', name: 'Ada' } });
      const { callId } = await flow.event('events', 'incoming');
      await helper.unload();
      const text = await eventually(() => {
        const now = existsSync(file()) ? readFileSync(file(), 'utf8') : '';
        return now.split(' phone closed\n').length > deploy ? now : undefined;
      });
      assert.ok(text.includes(` concluded incoming callId=${String(callId).slice(0, 8)}: simulator shows it\n`), text);
      assert.doesNotMatch(text, /Ada|123456/);
    }
  });

  it('writes nothing without it', async () => {
    helper.settings({ userDir: folder });
    const flow = await Flow.load([PHONE, STATUS, EVENTS]);
    await flow.event('events', 'phone_online');
    await helper.unload();
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(existsSync(join(folder, 'microsip-trace')), false);
  });
});
