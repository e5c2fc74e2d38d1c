import assert from 'node:assert/strict';
import type { Phone } from '../../../src/phone/phone';
import type { RawSettings } from '../../../src/settings/setting-values';
import { EventLog } from '../../contract/world';
import { failsWith } from '../../support/fails-with';
import { presenceOf } from '../../support/presence';
import { skipBecause } from '../../support/skip';
import { executesTo, phoneOn, startPeer } from '../support/documented-peer';
import { dontNotify } from '../support/documented-world';
import { whyNoStandIn, type StandIn } from '../support/stand-in';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('DDE', () => {
  let peer: StandIn;
  let phone: Phone;
  let log: EventLog;

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  beforeEach(async () => {
    peer = await startPeer();
    await dontNotify(peer);
  });
  afterEach(async () => {
    await phone.close();
    await peer.end();
  });

  async function open(more: RawSettings = {}): Promise<void> {
    phone = phoneOn(peer, { connection: 'dde', ...more });
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
  const presence = (wanted: string): Promise<void> => presenceOf(phone, wanted);

  it('says everything in the words of the document', async () => {
    await open();
    await presence('ready');
    const callId = await connected();
    assert.deepEqual(await phone.execute({ type: 'dtmf', digits: '12#' }), { callId });
    assert.deepEqual(await phone.execute({ type: 'hold', action: 'hold' }), { callId });
    await log.until('held');
    assert.deepEqual(await phone.execute({ type: 'hold', action: 'resume' }), { callId });
    await phone.execute({ type: 'audio', device: 'microphone', action: 'toggle' });
    await phone.execute({ type: 'audio', device: 'speaker', action: 'set', level: 35 });
    assert.equal((await phone.execute({ type: 'transfer', number: '1009' })).callId, callId);
    await log.until('ended');
    await peer.act('incoming', '1003');
    await log.until('incoming');
    await phone.execute({ type: 'hangup', scope: 'ringing' });
    await log.until('ended', 2);
    await peer.act('incoming', '1004');
    await log.until('incoming', 2);
    await phone.execute({ type: 'answer' });
    await phone.execute({ type: 'hangup', scope: 'all' });
    await log.until('ended', 3);
    const executes = ['Dial("1002")', 'SendDTMF("12#")', 'Hold', 'Hold', 'Mute', 'SetVolume("35")', 'Transfer("1009")'];
    assert.deepEqual(
      await executesTo(peer),
      [...executes, 'Reject', 'Answer', 'Hangup'].map((text) => `unicode [${text}]`),
    );
    assert.deepEqual(await phone.execute({ type: 'app', action: 'exit' }), {});
    assert.equal(phone.snapshot().presence, 'absent');
  });

  it('gives line_busy for a dial that the server is too busy for', async () => {
    await open({ pollInterval: 10_000 });
    await peer.act('user-dial', '1003');
    await failsWith('line_busy', phone.execute({ type: 'dial', number: '1002' }));
  });

  it('speaks ANSI to a server that refuses Unicode', async () => {
    await peer.act('dde-ansi', 1);
    await open();
    await presence('ready');
    await phone.execute({ type: 'dial', number: '1002' });
    await log.until('outgoing');
    await phone.execute({ type: 'hangup', scope: 'all' });
    assert.deepEqual(await executesTo(peer), ['ansi [Dial("1002")]', 'ansi [Hangup]']);
  });

  it('has another conversation when the server goes and comes', async () => {
    await open();
    await connected();
    await peer.act('dde-server', 0);
    await presence('starting');
    await failsWith('not_ready', phone.execute({ type: 'hangup', scope: 'all' }));
    await peer.act('dde-server', 1);
    await presence('ready');
    await peer.crash();
    await presence('absent');
    await peer.run();
    await presence('ready');
    await phone.execute({ type: 'dial', number: '1004' });
    assert.deepEqual(await executesTo(peer), ['unicode [Dial("1004")]']);
  });

  it('says that nobody speaks DDE', async () => {
    await peer.act('dde-server', 0);
    await open();
    // A program that was only just started may be about to.
    await presence('absent');
    await failsWith('not_running', phone.execute({ type: 'dial', number: '1' }), /DDE/);
  });

  it('does not give commands to a server that hangs, and is fine again by itself', async () => {
    await open({ timeout: 500 });
    await connected();
    await peer.request('hang', 4000);
    await pause(50);
    const before = performance.now();
    await failsWith('timeout', phone.execute({ type: 'hangup', scope: 'all' }), /within \d{1,3} ms/);
    assert.ok(performance.now() - before < 3900, 'the timeout took too long');
    await presence('ready');
    assert.equal(phone.snapshot().state, 'connected');
    await phone.execute({ type: 'hangup', scope: 'all' });
    await log.until('ended');
    assert.deepEqual((await executesTo(peer)).slice(1), ['unicode [Hangup]']);
    assert.deepEqual(log.callEvents.slice(-1), ['ended']);
  });

  it('gives up a status that does not come, and knows the next one from it', async () => {
    await open({ timeout: 1000 });
    await connected();
    await peer.request('status-delay', 3000);
    await presence('hung');
    await peer.request('status-delay', 0);
    await presence('ready');
    assert.equal(phone.snapshot().state, 'connected');
    await phone.execute({ type: 'hangup', scope: 'all' });
    await log.until('ended');
    assert.deepEqual(log.callEvents, ['outgoing', 'alerting', 'answered', 'ended']);
  });

  it('waits for a server that is slow to tell its status; commands go before the next question', async () => {
    await open({ timeout: 5000, pollInterval: 250 });
    await peer.request('status-delay', 1500);
    await pause(2000);
    const began = performance.now();
    await phone.execute({ type: 'dial', number: '1002' });
    const took = performance.now() - began;
    assert.ok(took < 4000, `took ${Math.round(took)} ms`);
    await peer.request('status-delay', 0);
  });
});
