import assert from 'node:assert/strict';
import { troublesOf } from '../../../../src/doctor/host/troubles';
import type { WindowSnapshot } from '../../../../src/microsip/window-snapshot';

const seen = (more: Partial<WindowSnapshot>): WindowSnapshot => ({ time: 0, presence: 'ready', rings: [], ...more });
const codes = (more: Partial<WindowSnapshot>): string[] => troublesOf(seen(more)).map(({ code }) => code);

describe('what the doctor sees in the windows', () => {
  it('is nothing in a MicroSIP that works, or is not there', () => {
    assert.deepEqual(codes({ statusText: 'Online' }), []);
    assert.deepEqual(codes({ statusText: 'Calling 1001 ...' }), []);
    assert.deepEqual(codes({ presence: 'absent', problem: 'not_running' }), []);
    assert.deepEqual(troublesOf(undefined), []);
  });

  it('is why there is none', () => {
    for (const problem of ['access_denied', 'other_session', 'expired'] as const)
      assert.deepEqual(codes({ presence: 'absent', problem }), [problem]);
    assert.deepEqual(troublesOf(seen({ presence: 'absent', problem: 'blocked', box: { title: 'MicroSIP' } })), [
      { code: 'blocked', title: 'MicroSIP' },
    ]);
  });

  it('is a hang, a box, an account that is not registered', () => {
    assert.deepEqual(codes({ presence: 'hung', box: { title: 'x' } }), ['timeout', 'blocked']);
    assert.deepEqual(codes({ statusText: 'Incorrect Password' }), ['not_registered']);
    assert.deepEqual(codes({ statusText: 'Falsches Passwort', statusEnglish: ['Incorrect Password'] }), [
      'not_registered',
    ]);
  });

  it('tells nothing of the registration while a call hides it', () => {
    const ring = { key: 'a', name: '', details: '' };
    assert.deepEqual(codes({ statusText: 'Offline', rings: [ring] }), []);
  });
});
