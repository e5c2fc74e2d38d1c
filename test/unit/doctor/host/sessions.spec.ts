import assert from 'node:assert/strict';
import { concerned } from '../../../../src/doctor/host/sessions';

describe('a MicroSIP that another user runs on this computer', () => {
  const sessions = new Map([
    [10, 1],
    [20, 2],
  ]);
  const of = (mode: 'installed' | 'portable', pids = [10, 20, 30]): number[] =>
    concerned(pids, mode, 1, (pid) => sessions.get(pid));

  it('does not keep us from changing the settings of our own installed copy', () => {
    assert.deepEqual(of('installed', [20]), []);
    assert.deepEqual(of('installed'), [10, 30]);
  });

  it('does when both have one portable copy, with one ini', () => {
    assert.deepEqual(of('portable'), [10, 20, 30]);
  });
});
