import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LinkAction } from '../../../src/phone/ports/link';
import { ProgramLink } from '../../../src/links/program-link';
import type { SecondEnd } from '../../../src/win32/process/second-instance';
import { FakeWindow } from '../observers/window/fake-window';
import type { Shown } from '../observers/window/snapshots';

const PROGRAM = 'C:\\Phones\\Desk\\MicroSIP.exe';
const DONE: SecondEnd = { end: 'exited', code: 0 };

interface Start {
  file: string;
  tail: string;
}

describe('program link', () => {
  let window: FakeWindow;
  let runs: Start[];
  let phones: string[];
  let result: SecondEnd | (() => Promise<SecondEnd>);

  async function link(shown: Shown = {}): Promise<ProgramLink> {
    window = new FakeWindow(shown);
    await window.start();
    [runs, phones, result] = [[], [], DONE];
    return new ProgramLink(window, {
      program: PROGRAM,
      run: (file, tail) => {
        runs.push({ file, tail });
        return typeof result === 'function' ? result() : Promise.resolve(result);
      },
      start: (file) => {
        phones.push(file);
        setTimeout(() => {
          window.show({});
        }, 50);
        return Promise.resolve();
      },
    });
  }

  const ROWS: [LinkAction, string][] = [
    [{ do: 'dial', target: '+4930,,1#' }, '+4930,,1#'],
    [{ do: 'dial', target: '1001', account: 2 }, '"/account:2 1001"'],
    [{ do: 'answer' }, '/answer'],
    [{ do: 'hangup_all' }, '/hangupall'],
    [{ do: 'hangup_dialing' }, '/hangupcalling'],
    [{ do: 'reject_all' }, '/hangupincoming'],
    [{ do: 'dtmf', digits: '1*' }, '/dtmf:1*'],
    [{ do: 'transfer', target: '1002' }, '/transfer:1002'],
    [{ do: 'toggle_hold' }, 'msip:hold'],
    [{ do: 'audio', word: 'speakup' }, 'msip:speakup'],
    [{ do: 'message', target: '1001', text: 'she said "no" & left' }, '"1001 she said "no" & left"'],
    [{ do: 'account', account: 3 }, '/account:3'],
    [{ do: 'minimize' }, 'msip:minimize'],
    [{ do: 'show' }, ''],
    [{ do: 'exit' }, '/exit'],
  ];
  for (const [action, tail] of ROWS) {
    it(`${action.do} is the command line ${tail}`, async () => {
      await (await link()).deliver(action, 500);
      assert.deepEqual(runs, [{ file: PROGRAM, tail }]);
    });
  }

  it('answers one ringing call by its window only when no other one rings', async () => {
    const rings = ['a|Ada|', 'b|Bob|'];
    const answer: LinkAction = { do: 'answer_ring', key: 'a' };
    await (await link({ rings: rings.slice(0, 1) })).deliver(answer, 500);
    assert.equal(runs[0]?.tail, '/answer');
    for (const action of [answer, { do: 'decline_ring', key: 'a' } as const]) {
      const phone = await link({ rings });
      const unsupported = { messageKey: 'error.unsupported.program_button' };
      await assert.rejects(phone.refuse([{ do: 'hangup_all' }, action]), unsupported);
      await assert.rejects(phone.deliver(action, 500), unsupported);
    }
    await assert.rejects((await link({ rings: rings.slice(1) })).deliver(answer, 500), { code: 'unsupported' });
    assert.deepEqual(runs, []);
  });

  it('says that the phone was closed when it was, while a command waited for a MicroSIP that hangs', async () => {
    const phone = await link({ presence: 'hung' });
    const given = assert.rejects(phone.deliver({ do: 'dial', target: '1001' }, 5000), { code: 'closed' });
    await sleep(20);
    await window.stop();
    await given;
    assert.deepEqual(runs, []);
  });

  it('sends nothing that an old version would dial', async () => {
    const old = await link({ version: [3, 20, 5, 0] });
    for (const action of [{ do: 'reject_all' }, { do: 'audio', word: 'micmute' }] as const)
      await assert.rejects(old.deliver(action, 500), { messageKey: 'error.unsupported.old_version' });
    assert.deepEqual(runs, []);
  });

  const NOT_READY: [Shown, string][] = [
    [{ presence: 'absent', problem: 'not_running' }, 'not_running'],
    [{ presence: 'absent', problem: 'access_denied' }, 'access_denied'],
    [{ presence: 'absent', problem: 'other_session' }, 'other_session'],
    [{ presence: 'starting' }, 'not_ready'],
    [{ presence: 'hung' }, 'timeout'],
  ];
  for (const [shown, code] of NOT_READY) {
    it(`starts nothing, also not for dial, when MicroSIP is ${shown.problem ?? shown.presence ?? ''}`, async () => {
      const phone = await link(shown);
      for (const [action] of ROWS) await assert.rejects(phone.deliver(action, 100), { code });
      assert.deepEqual([runs, phones], [[], []]);
    });
  }

  it('starts it on command, once', async () => {
    const phone = await link({ presence: 'absent', problem: 'not_running' });
    await phone.deliver({ do: 'start' }, 500);
    await sleep(100);
    await phone.deliver({ do: 'start' }, 500);
    assert.deepEqual([phones, runs], [[PROGRAM], []]);
  });

  it('tells how it went', async () => {
    const phone = await link();
    const ENDS: [SecondEnd, string][] = [
      [{ end: 'exited', code: 1 }, 'error.not_ready.settings_in_use'],
      [{ end: 'box' }, 'error.not_ready.settings_in_use'],
      [{ end: 'late' }, 'error.timeout.default'],
      [{ end: 'phone' }, 'error.not_running.not_found_at'],
      [{ end: 'failed', why: 'ENOENT' }, 'error.not_running.cannot_start'],
    ];
    for (const [end, messageKey] of ENDS) {
      result = end;
      await assert.rejects(phone.deliver({ do: 'hangup_all' }, 500), { messageKey });
    }
  });

  it('starts one after the other, and none whose time is over before its turn', async () => {
    const phone = await link();
    let active = 0;
    let most = 0;
    result = async () => {
      most = Math.max(most, (active += 1));
      await sleep(60);
      active -= 1;
      return DONE;
    };
    const dial = (target: string, timeout: number): Promise<void> => phone.deliver({ do: 'dial', target }, timeout);
    const results = await Promise.allSettled([dial('1', 500), dial('2', 30), dial('3', 500)]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual([most, runs.map(({ tail }) => tail)], [1, ['1', '3']]);
  });
});
