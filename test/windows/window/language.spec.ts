import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createPhone } from '../../../src/create-phone';
import type { Phone } from '../../../src/phone/phone';
import { EventLog } from '../../contract/world';
import { skipBecause } from '../../support/skip';
import { StandIn, whyNoStandIn } from '../support/stand-in';
import { worldOf } from '../support/window-world';

const PACK = [
  ['Online', 'Онлайн'],
  ['Incorrect Password', 'Неверный пароль'],
  ['Connecting', 'Подключение'],
  ['Busy Here', 'Занято'],
  ['Declined', 'Вызов отклонен'],
  ['Canceled', 'Отменен'],
  ['Server error', 'Ошибка сервера'],
];

describe('a MicroSIP in another language', () => {
  let standIn: StandIn;
  let phone: Phone;

  before(async function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
    standIn = StandIn.place();
    const text = ['Language Pack', ...PACK.flatMap(([english = '', other = '']) => [`[${english}]`, other]), ''];
    writeFileSync(join(dirname(standIn.program), 'langpack_russian.txt'), `\ufeff${text.join('\r\n')}`);
    await standIn.run();
    phone = worldOf(standIn, { dialsPerSecond: 100 }).phone();
    await phone.open();
  });
  after(async () => {
    await phone.close();
    await standIn.end();
  });

  it('is registered, and not with a wrong password', async () => {
    const state = (): string | undefined => phone.snapshot().registration?.state;
    const until = async (wanted: string): Promise<void> => {
      for (let i = 0; i < 100 && state() !== wanted; i++) await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(state(), wanted);
    };
    await until('registered');
    assert.equal(phone.snapshot().registration?.text, 'Онлайн');
    await standIn.act('register-fail', 403);
    await until('failed');
    await standIn.act('register');
    await until('registered');
  });

  it('says in its history why calls ended', async () => {
    const history = createPhone(
      { connection: 'observe', program: standIn.program, logFile: '' },
      { directory: standIn.folder },
    );
    const log = new EventLog(history);
    await history.open();
    try {
      await standIn.act('user-dial', '1002');
      await log.until('outgoing');
      await standIn.act('remote-busy');
      const { call } = await log.until('ended');
      assert.deepEqual([call?.disposition, call?.sipStatus, call?.sipReason], ['busy', 486, 'Busy Here']);
      await standIn.act('incoming', '1005');
      await log.until('incoming');
      await standIn.act('user-decline');
      assert.equal((await log.until('ended', 2)).call?.disposition, 'rejected');
      await standIn.act('user-dial', '1003');
      await log.until('outgoing', 2);
      await standIn.act('remote-fail', '', 503);
      assert.equal((await log.until('ended', 3)).call?.sipStatus, 503);
    } finally {
      await history.close();
    }
  });
});
