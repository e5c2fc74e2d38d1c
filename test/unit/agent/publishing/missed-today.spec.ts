import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeptJson } from '../../../../src/agent/memory/kept-json';
import { MissedToday, readMissedOnDay, untilMidnight } from '../../../../src/agent/publishing/missed-today';
import type { FinishedCall } from '../../../../src/phone/phone-event';
import { FakeClock } from '../../../support/fake-clock';

const NOON = new Date(2026, 10, 30, 12).getTime();

function finished(startTime: number, disposition: 'missed' | 'answered'): FinishedCall {
  const call = { callId: 'a', callState: 'ended', startTime, endTime: startTime, disposition } as const;
  return { call, replayed: false, source: 'simulator', confidence: 'exact' };
}

describe('calls missed today', () => {
  let directory: string;
  let files: KeptJson<unknown>[];
  const kept = () => {
    const file = new KeptJson(join(directory, 'phones', 'desk-1.json'), readMissedOnDay, (error) => {
      throw error;
    });
    files.push(file);
    return file;
  };

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'missed-'));
    files = [];
  });
  afterEach(async () => {
    for (const file of files) await file.saved();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });

  it('are counted over restarts until midnight', async () => {
    const clock = new FakeClock(NOON);
    const file = kept();
    const missed = new MissedToday(clock, file);
    missed.note(finished(NOON, 'missed'));
    missed.note(finished(NOON, 'answered'));
    missed.note(finished(NOON - 86_400_000, 'missed'));
    assert.equal(missed.count, 1);
    await file.saved();
    const later = new MissedToday(clock, kept());
    await later.load();
    later.note(finished(NOON, 'missed'));
    assert.equal(later.count, 2);
    clock.set(untilMidnight(NOON));
    assert.equal(later.count, 0);
    const tomorrow = new MissedToday(clock, kept());
    await tomorrow.load();
    assert.equal(tomorrow.count, 0);
  });
});
