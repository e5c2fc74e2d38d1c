import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createPhone } from '../../../src/create-phone';
import { LocalPhone } from '../../../src/phone/local-phone';
import type { Phone } from '../../../src/phone/phone';
import type { PhoneEvent } from '../../../src/phone/phone-event';
import { eventually } from '../../support/eventually';
import { presenceOf } from '../../support/presence';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn, type StandInOptions } from '../support/stand-in';

describe('the problems of a real window', () => {
  let standIn: StandIn | undefined;
  let phone: Phone | undefined;
  let told: string[];

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  afterEach(async () => {
    await phone?.close();
    await standIn?.end();
    phone = standIn = undefined;
  });

  const said = (event: PhoneEvent): string[] =>
    event.event === 'problem' ? [event.problem === undefined ? 'over' : event.problem] : [];
  const place = async (options: StandInOptions = {}, settings: object = {}): Promise<[StandIn, Phone]> => {
    const played = (standIn = await StandIn.start(options));
    const made = (phone = createPhone({ program: played.program, logFile: '', callLog: '', ...settings }));
    told = [];
    made.on('event', (event) => {
      told.push(...said(event));
    });
    return [played, made];
  };
  const until = (wanted: string): Promise<true> => eventually(() => (told.join() === wanted ? true : undefined));

  it('tells of a box with its title; commands go through meanwhile', async () => {
    const [played, made] = await place({}, { timeout: 8000 });
    // It waits already when the phone comes.
    await played.act('box', 'main', 'task', 'MicroSIP Update Available');
    await made.open();
    await until('blocked');
    assert.equal(made.snapshot().problemText, 'MicroSIP Update Available');
    const { callId } = await made.execute({ type: 'dial', number: '1001' });
    assert.equal(made.snapshot().calls[0]?.callId, callId);
    await made.execute({ type: 'hangup', scope: 'all' });
    await made.execute({ type: 'audio', device: 'microphone', action: 'mute' });
    assert.equal((await played.request('modal'))[0], '1');
    await played.act('modal-close');
    await until('blocked,over');
  });

  it('names the box that keeps the SIP stack down', async () => {
    const [played, made] = await place();
    await made.open();
    await presenceOf(made, 'ready');
    await played.act('ready', 0);
    await played.act('box', 'main', '', 'MicroSIP Camera');
    await until('blocked');
    await assert.rejects(made.execute({ type: 'dial', number: '1001' }), {
      code: 'blocked',
      message: /MicroSIP Camera/,
    });
  });

  it('tells that it hangs, and that it answers again', async () => {
    const [played, made] = await place();
    await made.open();
    await presenceOf(made, 'ready');
    await played.request('hang', 4000);
    await until('timeout');
    await until('timeout,over');
  });

  it('tells once that it hangs, whatever is deployed meanwhile', async () => {
    const [played, first] = await place();
    assert.ok(first instanceof LocalPhone);
    await first.open();
    await presenceOf(first, 'ready');
    await played.request('hang', 6500);
    await until('timeout');
    const memory = first.memory();
    first.removeAllListeners();
    await first.close();
    const next = (phone = createPhone({ program: played.program, logFile: '', callLog: '' }, { memory }));
    next.on('event', (event) => {
      told.push(...said(event));
    });
    await next.open();
    await presenceOf(next, 'hung');
    await eventually(() => next.snapshot().problem);
    await presenceOf(next, 'ready');
    await until('timeout,over');
  });

  it('tells of a build that is too old, which we do not start over and over', async () => {
    const [played, made] = await place({ expired: true }, { startProgram: true });
    await made.open();
    await until('expired');
    await assert.rejects(made.execute({ type: 'dial', number: '1001' }), { code: 'expired' });
    await played.request('modal-close');
    await until('expired,over');
    // The phone starts it by itself, and shows why it does not come up.
    await until('expired,over,expired');
    await eventually(async () => {
      await played.started();
      return true;
    });
    rmSync(join(played.folder, 'standin-expired.txt'));
    await played.request('modal-close');
    await assert.rejects(
      eventually(() => (told.length > 3 ? true : undefined), 5000),
      /Not within/,
    );
    assert.equal(made.snapshot().problem, 'expired');
    await played.run();
    await presenceOf(made, 'ready');
    await until('expired,over,expired,over');
  });
});
