import assert from 'node:assert/strict';
import type { WindowSnapshot } from '../../../../src/microsip/window-snapshot';
import { VoicemailWatch } from '../../../../src/observers/window/voicemail-watch';

const looks = (...waiting: (boolean | undefined)[]): boolean[] => {
  const watch = new VoicemailWatch();
  return waiting.flatMap((one, time) => {
    const dialer = { ...(one !== undefined && { voicemailWaiting: one }) } as WindowSnapshot['dialer'] & object;
    const snapshot: WindowSnapshot = { time, presence: 'ready', rings: [], dialer };
    return watch.look(snapshot, time).map(({ voicemail, source }) => {
      assert.equal(source, 'window');
      assert.deepEqual(Object.keys(voicemail), ['waiting']);
      return voicemail.waiting;
    });
  });
};

describe('voicemail that the windows show', () => {
  it('is told of when another button is shown', () => {
    assert.deepEqual(looks(false, false, true, true, false), [false, true, false]);
  });

  it('is not known while neither button is shown', () => {
    assert.deepEqual(looks(undefined, undefined), []);
    assert.deepEqual(looks(true, undefined, true), [true]);
  });

  it('is told of again by another MicroSIP', () => {
    const watch = new VoicemailWatch();
    const snapshot = { time: 0, presence: 'ready', rings: [], dialer: { voicemailWaiting: true } };
    const look = (): number => watch.look(snapshot as unknown as WindowSnapshot, 0).length;
    assert.equal(look(), 1);
    watch.forget();
    assert.equal(look(), 1);
  });
});
