import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fileNameOf } from '../../src/microsip/recordings/recording-path';
import type { FinishedCall } from '../../src/phone/phone-event';
import { eventually } from '../support/eventually';
import { type ContractStage, quiet } from './contract-stage';

/** What waits in the mailbox, and what is left of a call. */
export function mailAndRecordingsContract(stage: ContractStage): void {
  stage.needs('voicemail', 'tells of voicemail when some comes, and when none waits any more', async () => {
    const { phone, world, log } = stage;
    const waiting = (wanted: boolean): Promise<unknown> =>
      eventually(() => phone.snapshot().voicemail?.waiting === wanted || undefined);
    await world.far.voicemail(true);
    await waiting(true);
    await world.far.voicemail(true);
    await world.far.voicemail(false);
    await waiting(false);
    await quiet();
    const told = log.events.flatMap((one) => (one.event === 'voicemail' ? [one.voicemail.waiting] : []));
    // The counts may come behind the sign that any message waits.
    assert.deepEqual(
      told.filter((one, index) => one !== told[index - 1]),
      [true, false],
    );
    assert.deepEqual(stage.callEvents(), []);
  });

  stage.needs('recordings', 'has the file of a recorded call in the call log, and none of another call', async () => {
    const { phone, world, log } = stage;
    const finished: FinishedCall[] = [];
    phone.on('finished', (one) => finished.push(one));
    const callId = await stage.connectedOutbound();
    await world.user.record();
    await quiet();
    await world.far.hangup();
    const { call } = await eventually(() => finished[0]);
    const { recording = '' } = call;
    assert.equal(call.callId, callId);
    assert.match(fileNameOf(recording), /^\d{8}-\d{6}-1002-outgoing-.+\.(?:wav|mp3)$/);
    assert.ok(existsSync(recording), recording);
    await stage.incoming();
    await world.user.answer();
    await log.until('answered', 2);
    await world.far.hangup();
    const second = await eventually(() => finished[1]);
    assert.deepEqual([second.call.direction, second.call.recording], ['inbound', undefined]);
  });
}
