import assert from 'node:assert/strict';
import { RecentCommands } from '../../../../src/agent/commands/recent-commands';

const MINUTE = 60_000;

describe('the ids of recent commands', () => {
  it('are known for ten minutes, with what was asked and answered', () => {
    const recent = new RecentCommands<string>();
    assert.deepEqual(recent.note('a', 'dial', 0), { is: 'new' });
    assert.deepEqual(recent.note('a', 'dial', 1), { is: 'under_way' });
    assert.deepEqual(recent.note('a', 'hangup', 1), { is: 'other' });
    recent.answered('a', 'done');
    assert.deepEqual(recent.note('a', 'dial', 10 * MINUTE - 1), { is: 'answered', answer: 'done' });
    assert.deepEqual(recent.note('a', 'dial', 10 * MINUTE), { is: 'new' });
  });

  it('are not kept without limit', () => {
    const recent = new RecentCommands<string>();
    for (let i = 0; i <= 10_000; i++) recent.note(String(i), 'ping', 0);
    assert.deepEqual(recent.note('10000', 'ping', 1), { is: 'under_way' });
    assert.deepEqual(recent.note('0', 'ping', 1), { is: 'new' });
  });
});
