import assert from 'node:assert/strict';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer } from '../../support/mqtt-peer';
import { deskPhone, RunningAgents } from '../../support/running-agents';
import { allDone, dialled, online } from './told';

const dial = (number: string, ttl: number) => ({ type: 'dial', number, ttl });

describe('commands for a MicroSIP that hangs', () => {
  const mosquitto = useMosquitto();
  const agents = new RunningAgents();

  afterEach(() => MqttPeer.endAll());

  it('are not carried out after their time, however patient the phone is, nor behind one that is', async () => {
    const peer = await MqttPeer.connect(mosquitto().url);
    await peer.subscribe('microsip/#');
    const phone = { name: 'Desk 1', connection: 'simulator', timeout: 30_000, dialsPerSecond: 10 } as const;
    await agents.start({ broker: { url: mosquitto().url }, phones: [deskPhone('desk-1', { phone })] });
    await online(peer);
    agents.microsip('desk-1').setSingleMode(false);
    agents.microsip('desk-1').hang(2500);
    const ids = [];
    for (const command of [dial('1001', 1), dial('1002', 60), dial('1003', 1), dial('1004', 60)])
      ids.push(await peer.send('desk-1', command));
    const answers = await Promise.all(ids.map((id) => peer.answer('desk-1', id)));
    assert.deepEqual(
      answers.map(({ ok, error }) => error?.code ?? ok),
      ['timeout', true, 'expired_command', true],
    );
    assert.ok(Math.abs(Number(answers[2]?.['time']) - Date.now()) < 60_000);
    await allDone(peer);
    assert.deepEqual(dialled(peer), ['1002', '1004']);
  });
});
