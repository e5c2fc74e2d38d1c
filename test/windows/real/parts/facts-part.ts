import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPhone } from '../../../../src/create-phone';
import type { Phone } from '../../../../src/phone/phone';
import type { PeerCall } from '../../../support/sip-peer/peer-call';
import { eventually } from '../../../support/eventually';
import { openDatabase } from '../../../unit/observers/history/call-log-file';
import { IN, OUT_UP } from '../../support/play';
import { CannotStage, tries, type Staged, type Stager } from '../staging/staged';

/** Long enough for what must not happen. */
const NOTHING_COMES = 2000;
const OVER = /^(hung up|cancelled|refused)/;

/** What the fact sheets (docs/microsip) say of MicroSIP, where only its far end can tell. */
export function factsPart(start: Stager): void {
  let staged: Staged;

  before(async () => {
    staged = await start();
  });
  after(() => (staged as Staged | undefined)?.end());
  afterEach(() => staged.quiet());

  const newest = (): PeerCall => {
    const call = staged.peer.calls.at(-1);
    assert.ok(call, 'there was no call');
    return call;
  };

  tries('/dtmf: reaches the far end as tones in the audio (RFC 4733)', async () => {
    await staged.play(OUT_UP);
    await staged.command('/dtmf:12#');
    await newest().until('tone #');
    assert.equal(newest().tones, '12#');
  });

  tries('31 tones at a time are taken, which is what the queue holds', async () => {
    await staged.play(OUT_UP);
    const tones = '1234567890'.repeat(3) + '#';
    await staged.command(`/dtmf:${tones}`);
    await newest().until('tone #', { patience: 20_000 });
    assert.equal(newest().tones, tones);
  });

  tries('what follows a comma is sent as tones after the answer', async () => {
    await staged.play([['user-dial', '1002,34'], ['remote-ring'], ['remote-answer']]);
    assert.equal(newest().calledUser, '1002');
    await newest().until('tone 4');
    assert.equal(newest().tones, '34');
  });

  tries('msip:hold says sendonly, and sendrecv the next time', async () => {
    await staged.play([...OUT_UP, ['user-hold'], ['user-hold']]);
    assert.deepEqual(
      newest().seen.filter((what) => /^(held|resumed)$/.test(what)),
      ['held', 'resumed'],
    );
  });

  tries('/transfer: is a REFER, and its success ends the call', async () => {
    await staged.play(OUT_UP);
    await staged.command('/transfer:1003');
    const { host, port } = staged.peer.place;
    assert.ok((await newest().until(/^transfer to/)).startsWith(`transfer to sip:1003@${host}:${port}`));
    await newest().until('hung up');
  });

  tries('a transfer that fails leaves the call', async () => {
    staged.peer.transferResult = 486;
    await staged.play(OUT_UP);
    await staged.command('/transfer:1003');
    await sleep(NOTHING_COMES);
    assert.equal(newest().state, 'connected');
  });

  tries('/hangupincoming refuses with 603', async () => {
    await staged.play(IN);
    await staged.command('/hangupincoming');
    assert.equal(await newest().until(OVER), 'refused 603');
  });

  tries('Decline in the ringing window refuses with 486', async () => {
    await staged.play([...IN, ['user-decline']]);
    assert.equal(await newest().until(OVER), 'refused 486');
  });

  tries('/hangupall lets ring what rings in', async () => {
    await staged.play(IN);
    await staged.command('/hangupall');
    await sleep(NOTHING_COMES);
    assert.equal(newest().state, 'ringing');
  });

  tries('/hangupcalling cancels a call that nobody has answered', async () => {
    await staged.play([['user-dial', '1002'], ['remote-ring']]);
    await staged.command('/hangupcalling');
    assert.match(await newest().until(OVER), /^cancelled/);
  });

  tries('in single mode a second dial is dropped', async () => {
    await staged.play(OUT_UP);
    const { length } = staged.peer.calls;
    await staged.command('1003');
    await sleep(NOTHING_COMES);
    assert.equal(staged.peer.calls.length, length);
  });

  tries('who is in a call already is refused with 486 the second time', async () => {
    await staged.play(IN);
    await staged.play(IN);
    assert.equal(await newest().until(OVER), 'refused 486');
  });

  tries('separators go from a number', async () => {
    await staged.command('+49 (30) 12.3-4'.replaceAll(' ', '%20'));
    await eventually(() => staged.peer.open.at(-1));
    assert.equal(newest().calledUser, '+49301234');
  });

  tries('what follows a blank is an instant message, and no call', async () => {
    const { length } = staged.peer.calls;
    await staged.command('1002 Back in 5');
    await staged.peer.until('message to 1002: Back in 5');
    assert.equal(staged.peer.calls.length, length);
  });

  tries('the call history has the Call-ID of the call', async () => {
    await staged.play([...OUT_UP, ['remote-hangup']]);
    if (!existsSync(staged.database)) throw new CannotStage('this version keeps its history in the ini');
    const open = openDatabase(staged.database);
    const ids = open.prepare('SELECT callId FROM call_log').all() as { callId: string }[];
    open.close();
    assert.equal(ids.at(-1)?.callId, newest().callId);
  });

  tries('/exit ends the call first', async () => {
    await staged.play(OUT_UP);
    const call = newest();
    await staged.exit();
    await call.until('hung up');
    await staged.run();
  });
}

/** What needs an account with a registrar. */
export function registrarPart(start: Stager): void {
  let staged: Staged;
  let phone: Phone;

  before(async () => {
    staged = await start({ registrar: true });
    phone = createPhone({ name: 'Desk', connection: 'window', program: staged.program });
    await phone.open();
  });
  after(async () => {
    await (phone as Phone | undefined)?.close();
    await (staged as Staged | undefined)?.end();
  });

  tries('the status bar says that the account is registered', async () => {
    await staged.peer.until('registered 1001');
    await eventually(() => (phone.snapshot().registration?.state === 'registered' ? true : undefined));
  });

  tries('a dial while the account is not registered is kept, and made later', async () => {
    staged.peer.registerStatus = 503;
    await staged.exit();
    await staged.run();
    const { length } = staged.peer.calls;
    await staged.command('1002');
    await sleep(NOTHING_COMES);
    assert.equal(staged.peer.calls.length, length, 'it was made at once');
    staged.peer.registerStatus = 200;
    // It registers again when it likes to.
    await eventually(() => staged.peer.calls[length], 90_000);
  });
}
