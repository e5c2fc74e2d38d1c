import assert from 'node:assert/strict';
import type { Phone } from '../../../src/phone/phone';
import type { RawSettings } from '../../../src/settings/setting-values';
import { EventLog } from '../../contract/world';
import { failsWith } from '../../support/fails-with';
import { presenceOf } from '../../support/presence';
import { skipBecause } from '../../support/skip';
import { ordersTo, phoneOn, receivedCommands, startPeer } from '../support/documented-peer';
import { whyNoStandIn, type StandIn } from '../support/stand-in';

const SLOW = 1500;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the documented protocol', () => {
  let peer: StandIn;
  let phone: Phone;
  let log: EventLog;

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  beforeEach(async () => {
    peer = await startPeer();
  });
  afterEach(async () => {
    await phone.close();
    await peer.end();
  });

  async function open(more: RawSettings = {}): Promise<void> {
    phone = phoneOn(peer, more);
    log = new EventLog(phone);
    await phone.open();
  }
  async function connected(): Promise<string> {
    const { callId = '' } = await phone.execute({ type: 'dial', number: '1002' });
    await log.until('alerting');
    await peer.act('remote-answer');
    await log.until('answered');
    return callId;
  }
  const orders = (): Promise<string[]> => ordersTo(peer);

  it('dials, and the call of the dial rings, is answered and ends under its id', async () => {
    await open();
    const { callId } = await phone.execute({ type: 'dial', number: '+49 (30) 123-456' });
    const { call } = await log.until('outgoing');
    assert.deepEqual([call?.number, call?.direction], ['+4930123456', 'outbound']);
    await log.until('alerting');
    await peer.act('remote-answer');
    await log.until('answered');
    await peer.act('remote-hangup');
    const ended = await log.until('ended');
    assert.deepEqual(log.callEvents, ['outgoing', 'alerting', 'answered', 'ended']);
    assert.ok(log.events.every((event) => !event.call || event.call.callId === callId));
    assert.deepEqual([ended.call?.disposition, ended.confidence], ['answered', 'inferred']);
    assert.deepEqual(await orders(), ['dial +4930123456']);
  });

  it('gives line_busy for a dial that is answered with 0', async () => {
    await open({ pollInterval: 10_000 });
    await peer.act('notifies', 0);
    // The phone does not know of this call yet.
    await peer.act('user-dial', '1003');
    await failsWith('line_busy', phone.execute({ type: 'dial', number: '1002' }));
    assert.deepEqual((await orders()).slice(0, 1), ['dial 1002']);
  });

  it('answers a call that is told of by notification, with its number, and hangs up', async () => {
    await open();
    await peer.act('incoming', '+4930123456', 'Ada');
    const { call } = await log.until('incoming');
    assert.deepEqual([call?.number, call?.direction], ['+4930123456', 'inbound']);
    assert.deepEqual(await phone.execute({ type: 'answer' }), { callId: call?.callId });
    await log.until('answered');
    assert.deepEqual(await phone.execute({ type: 'hangup', scope: 'all' }), { callId: call?.callId });
    await log.until('ended');
    await pause(700);
    assert.deepEqual(log.callEvents, ['incoming', 'answered', 'ended']);
    assert.deepEqual(await orders(), ['answer', 'hangup']);
  });

  it('rejects a call that only the status shows, and knows its number as an integer', async () => {
    await peer.act('notifies', 0);
    await open();
    await peer.act('incoming', '+4930123456');
    const { call, source } = await log.until('incoming');
    assert.deepEqual([call?.number, source], ['4930123456', 'status']);
    assert.deepEqual(await phone.execute({ type: 'hangup', scope: 'ringing' }), { callId: call?.callId });
    assert.equal((await log.until('ended')).call?.disposition, 'rejected');
    assert.deepEqual(await orders(), ['reject']);
  });

  it('holds, resumes, sends digits and transfers', async () => {
    await open();
    const callId = await connected();
    assert.deepEqual(await phone.execute({ type: 'dtmf', digits: '12#' }), { callId });
    assert.deepEqual(await phone.execute({ type: 'hold', action: 'hold' }), { callId });
    await log.until('held');
    assert.deepEqual(await phone.execute({ type: 'hold', action: 'resume' }), { callId });
    await log.until('resumed');
    // Whether the status shows the end of the call soon enough is up to chance.
    assert.equal((await phone.execute({ type: 'transfer', number: '1009' })).callId, callId);
    await log.until('ended');
    assert.deepEqual(log.callEvents, ['outgoing', 'alerting', 'answered', 'held', 'resumed', 'transferred', 'ended']);
    assert.deepEqual(await orders(), ['dial 1002', 'dtmf 12#', 'hold', 'hold', 'transfer 1009']);
    const actions = await peer.actions();
    assert.ok(actions.includes('dtmf 0 12#') && actions.includes('transfer 0 1009'), actions.join(', '));
  });

  it('mutes, sets the volume and closes', async () => {
    await open();
    const unseen = { verified: false };
    assert.deepEqual(await phone.execute({ type: 'audio', device: 'microphone', action: 'toggle' }), unseen);
    assert.deepEqual(await phone.execute({ type: 'audio', device: 'speaker', action: 'set', level: 35 }), unseen);
    await failsWith('unsupported', phone.execute({ type: 'audio', device: 'microphone', action: 'mute' }));
    await failsWith('unsupported', phone.execute({ type: 'app', action: 'show' }));
    await peer.sync();
    const actions = await peer.actions();
    assert.ok(actions.includes('mute microphone 1') && actions.includes('volume speaker 35'), actions.join(', '));
    assert.deepEqual(await phone.execute({ type: 'app', action: 'exit' }), {});
    assert.equal(log.named('phone_offline').length, 1);
  });

  it('has no command for an account or a message', async () => {
    await open();
    await failsWith('unsupported', phone.execute({ type: 'dial', number: '1002', account: 2 }));
    await failsWith('unsupported', phone.execute({ type: 'message', number: '1002', text: 'Back in 5' }));
    assert.deepEqual(await orders(), []);
  });

  it('speaks other ids', async () => {
    const ids = { dial: 101, status: 4_000_000_000, activecall: 105, hangup: 0 };
    for (const [name, id] of Object.entries(ids)) await peer.request('command-id', name, id);
    await open({ commandIds: JSON.stringify(ids) });
    await presenceOf(phone, 'ready');
    await connected();
    await phone.execute({ type: 'hangup', scope: 'all' });
    await log.until('ended');
    assert.deepEqual(await ordersTo(peer, ids), ['dial 1002', 'hangup']);
  });

  it('takes a peer that knows other ids for one with an idle line that takes no calls', async () => {
    await peer.request('command-id', 'dial', 101);
    await open();
    await failsWith('line_busy', phone.execute({ type: 'dial', number: '1002' }));
    assert.deepEqual(log.callEvents, []);
  });

  it('sees a peer that hangs, keeps its call, and is fine again by itself', async () => {
    await open({ timeout: 500 });
    await connected();
    await peer.request('hang', 2000);
    await pause(50);
    await failsWith('timeout', phone.execute({ type: 'hangup', scope: 'all' }), /within \d{1,3} ms/);
    assert.equal(phone.snapshot().presence, 'hung');
    await presenceOf(phone, 'ready');
    assert.equal(phone.snapshot().state, 'connected');
  });

  it('sees a peer that is not there, and one that comes', async () => {
    await open();
    await connected();
    await peer.crash();
    assert.equal((await log.until('ended')).source, 'watchdog');
    await failsWith('not_running', phone.execute({ type: 'dial', number: '1002' }));
    await peer.run();
    await log.until('phone_online', 2);
    const { callId } = await phone.execute({ type: 'dial', number: '1004' });
    assert.equal((await log.until('outgoing', 2)).call?.callId, callId);
  });

  it('sees a call that the far end does not take', async () => {
    await open();
    await peer.act('notifies', 0);
    const { callId } = await phone.execute({ type: 'dial', number: '1002' });
    await peer.act('remote-busy');
    const ended = await log.until('ended');
    assert.deepEqual([ended.call?.callId, ended.call?.disposition], [callId, 'failed']);
  });

  it(`waits for a peer that takes ${SLOW} ms for its status, and asks no faster than it answers`, async () => {
    await peer.request('status-delay', SLOW);
    await open({ pollInterval: 250, timeout: 4000 });
    await peer.act('notifies', 0);
    const began = Date.now();
    await pause(2 * SLOW);
    assert.equal(phone.snapshot().presence, 'ready');
    const memory = process.memoryUsage().rss;
    const dialled = Date.now();
    await phone.execute({ type: 'dial', number: '1002' });
    const took = Date.now() - dialled;
    await pause(3 * SLOW);
    await log.until('alerting');
    const commands = await receivedCommands(peer);
    const asked = commands.filter(({ command, time }) => command === 'status' && time >= began);
    const most = Math.ceil((Date.now() - began) / SLOW / 2) + 2;
    assert.ok(asked.length <= most, `${asked.length} questions, at most ${most} expected`);
    for (const [index, { time }] of asked.entries()) {
      const before = asked[index - 1];
      if (before) assert.ok(time - before.time >= SLOW, 'a question came while one was open');
    }
    const between = asked.filter(({ time }) => time > dialled && time <= dialled + took);
    assert.equal(between.length, 0, 'a question came before the dial');
    const more = (process.memoryUsage().rss - memory) / 1e6;
    console.log(`${asked.length} questions in ${Date.now() - began} ms, ${more.toFixed(1)} MB more`);
    assert.ok(more < 20, `${more} MB more`);
  });
});
