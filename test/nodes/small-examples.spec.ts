import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PhoneNode } from '../../src/node-red/phones/phone-service';
import { eventually } from '../support/eventually';
import { loadExample, setEnv } from './example';
import { nodeSuite, type Flow, type Message } from './flow';

/** Presses the buttons of inject nodes, one after the other, as a person does. */
async function press(flow: Flow, ...buttons: string[]): Promise<void> {
  for (const button of buttons) {
    flow.send(button, {});
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
const eventsAt = (flow: Flow, id: string): unknown[] => flow.messages(id).map(({ payload }) => payload['event']);
const codeOf = (message: Message): unknown => (message['error'] as { code?: string } | undefined)?.code;

nodeSuite('examples of single nodes', () => {
  const step = ({ payload }: Message): unknown => payload['event'] ?? payload['disposition'] ?? payload['action'];

  it('Demo: a call from ring to log, with each step in the debug sidebar', async () => {
    const flow = await loadExample('Demo - a call from ring to log');
    await press(flow, 'a call comes in');
    await flow.until('step by step', (msg) => msg.payload['disposition'] !== undefined && !msg.payload['event']);
    const steps = flow.messages('step by step');
    assert.deepEqual(steps.map(step), ['incoming', 'answered', 'incoming', 'ended', 'answered']);
    assert.equal(steps[3]?.payload['endedBy'], 'local');
  });

  it('Demo: leaves the calls of others alone while its own goes on, also when its button is pressed again meanwhile', async () => {
    const flow = await loadExample('Demo - a call from ring to log');
    const { service } = flow.node('fda9d0988e6aa702') as unknown as PhoneNode;
    service.simulated?.far.incoming({ number: '1005', name: 'Grace' });
    await press(flow, 'a call comes in', 'a call comes in');
    await flow.until('step by step', (msg) => msg.payload['disposition'] === 'answered' && !msg.payload['event']);
    // What the second press began would be over by then.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(service.snapshot().calls.find(({ number }) => number === '1005')?.callState, 'ringing');
  });

  it('App: hides MicroSIP, changes the account, starts it', async () => {
    const flow = await loadExample('App - start MicroSIP and choose an account');
    await press(flow, 'start', 'hide', 'account 1');
    for (const button of ['start', 'hide', 'account 1']) assert.notEqual(flow.statusOf(button)['fill'], 'red', button);
  });

  it('Audio: mutes, and sets how loud it is', async () => {
    const flow = await loadExample('Audio - mute and set the volume');
    await press(flow, 'mute or unmute');
    const { audio } = await flow.until('the device');
    assert.equal((audio as { muted: boolean }).muted, true);
    await press(flow, '20');
    await flow.until('the device', (msg) => (msg['audio'] as { level?: number }).level === 20);
  });

  it('Call log: a line of a file for each call, in which no name is a formula', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'microsip-csv-'));
    const file = join(folder, 'calls.csv');
    const flow = await loadExample('Call log - keep a list of calls', (nodes) => {
      setEnv(nodes, { CALL_LOG_CSV: file });
      for (const node of nodes)
        if (node['name'] === 'somebody calls')
          Object.assign(node, { payload: '{"action": "incoming", "number": "+4930123456", "name": "=1+1"}' });
    });
    await press(flow, 'somebody calls', 'the caller gives up');
    await flow.until('line of the file');
    const text = await eventually(() => readFileSync(file, 'utf8') || undefined);
    assert.match(text.split('\r\n')[1] ?? '', /^\d{4}-\d\d-\d\d [^,]*,inbound,\+4930123456,"'=1\+1",0,missed$/);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('Call log: tells of calls that sounded bad, and of no others', async () => {
    const flow = await loadExample('Call log - tell of bad calls');
    const { service } = flow.node('fda9d0988e6aa702') as unknown as PhoneNode;
    const told = (): unknown[] => flow.messages('your message').map(({ payload }) => payload);
    const call = (): Promise<void> => press(flow, 'somebody calls', 'pick up', 'the caller hangs up');
    await press(flow, 'the network is good');
    await call();
    await press(flow, 'the network is bad');
    await call();
    const figures = '14.0 % of their voice lost, 4.0 % of ours, round trip 260 ms';
    await eventually(() => told()[0]);
    assert.deepEqual(told(), [`Bad call with Ada (+4930123456): MOS 2.9 (PCMU), ${figures}`]);
    const network = { packets: 1000, rttMs: undefined, codec: 'opus', clockRate: 48_000 };
    for (const lossPercent of [4, 6]) {
      service.simulated?.far.network({ ...network, lossPercent });
      await call();
    }
    await eventually(() => told()[1]);
    assert.deepEqual(told().slice(1), ['Bad call with Ada (+4930123456): opus, 6.0 % of their voice lost']);
  });

  it('Call log: says so when a limit of bad calls is no number', async () => {
    const flow = await loadExample('Call log - tell of bad calls', (nodes) => {
      setEnv(nodes, { LEAST_MOS: 'four' });
    });
    await press(flow, 'somebody calls', 'pick up', 'the caller hangs up');
    await eventually(() => flow.statusOf('5ab8c3e72f9014d6')['fill'] === 'red' || undefined);
    assert.deepEqual(flow.messages('your message'), []);
  });

  it('Call status: every event, and the current state', async () => {
    const flow = await loadExample('Call status - see every event');
    await press(flow, 'somebody calls', 'current state?', 'the caller gives up');
    await flow.event('events', 'ended');
    const events = eventsAt(flow, 'events').filter((event) => event !== 'phone_online' && event !== 'registration');
    assert.deepEqual(events.slice(-3), ['incoming', 'snapshot', 'ended']);
  });

  it('Dial: makes a call', async () => {
    const flow = await loadExample('Dial - make a call');
    await press(flow, '+49 30 123-456');
    assert.match(String((await flow.until('dialed, or not'))['callId']), /\w/);
    await press(flow, 'far end rings', 'far end answers', 'far end hangs up');
    await flow.event('events', 'ended');
    const ofCall = eventsAt(flow, 'events').filter((event) => !/^phone|registration|snapshot/.test(String(event)));
    assert.deepEqual(ofCall, ['outgoing', 'alerting', 'answered', 'ended']);
  });

  it('Dial: never emergency or premium numbers', async () => {
    const flow = await loadExample('Dial - never dial emergency or premium numbers');
    await press(flow, 'emergency: 112', 'premium: 0900 123456', 'premium: +44 9011 123456');
    await eventually(() => flow.messages('why')[2]);
    assert.deepEqual(flow.messages('why').map(codeOf), ['refused', 'refused', 'refused']);
    await press(flow, 'a colleague');
    await flow.until('dialed');
  });

  it('Hang up: rejects unwanted callers, and no others', async () => {
    const flow = await loadExample('Hang up - reject unwanted callers');
    await press(flow, '0900 calls');
    await flow.until('rejected');
    await press(flow, 'a friend calls', 'the friend gives up');
    assert.equal(flow.messages('rejected').length, 1);
  });

  it('Hold: on hold and back', async () => {
    const flow = await loadExample('Hold - put a call on hold and back');
    await press(flow, '1 a call comes', '2 answer it', '3 hold or resume');
    await flow.event('what happened', 'held');
    await press(flow, '3 hold or resume');
    await flow.event('what happened', 'resumed');
  });

  it('Send DTMF: goes through a voice menu', async () => {
    const flow = await loadExample('Send DTMF - go through a voice menu');
    await press(flow, 'call the menu', 'the menu answers');
    await flow.until('sent');
  });

  it('Send message: texts a colleague', async () => {
    const flow = await loadExample('Send message - text a colleague');
    await press(flow, 'call me back');
    assert.equal((await flow.until('taken'))['verified'], false);
    assert.deepEqual(flow.messages('not sent'), []);
  });

  it('Simulator: plays the far end', async () => {
    const flow = await loadExample('Simulator - play the far end');
    await press(flow, 'incoming', 'hang up', 'unregister', 'register', 'crash');
    await flow.event('events', 'phone_offline');
    await press(flow, 'restart');
    await eventually(() => (eventsAt(flow, 'events').at(-1) === 'registration' ? true : undefined));
    assert.ok(eventsAt(flow, 'events').includes('incoming'));
  });

  it('Transfer: hands a call over', async () => {
    const flow = await loadExample('Transfer - hand a call over');
    await press(flow, '1 a call comes', '2 answer it', '3 to 1002');
    await flow.until('taken');
    await flow.event('what happened', 'ended');
    assert.deepEqual(eventsAt(flow, 'what happened'), ['transferred', 'ended']);
  });

  it('Wait until: dials when the phone is free, and tells what comes of it', async () => {
    const flow = await loadExample('Wait until - dial and see what comes of it');
    await press(flow, 'call +49 30 123456', 'far end answers');
    await flow.until('answered');
    await press(flow, 'far end hangs up');
    assert.deepEqual(flow.messages('no answer, or never free'), []);
  });
});
