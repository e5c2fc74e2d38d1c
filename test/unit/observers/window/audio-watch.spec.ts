import assert from 'node:assert/strict';
import { AudioWatch } from '../../../../src/observers/window/audio-watch';
import type { DialerPage } from '../../../../src/microsip/window-snapshot';

describe('the mute boxes and levels of the window', () => {
  const page: DialerPage = {
    ...{ number: '', sendShown: false, callShown: true, endShown: false, holdEnabled: false, holdChecked: false },
    ...{ microphoneMuted: false, microphoneLevel: 80, speakerMuted: false, speakerLevel: 100 },
  };

  it('are told when they are seen first, and when somebody has moved them', () => {
    const watch = new AudioWatch();
    const at = (shown: Partial<DialerPage>, time: number): unknown[] =>
      watch.look({ dialer: { ...page, ...shown } }, time).map(({ audio }) => audio);
    const speaker = { muted: false, level: 100 };
    assert.deepEqual(at({}, 1), [{ microphone: { muted: false, level: 80 }, speaker }]);
    assert.deepEqual(at({ number: '1002' }, 2), []);
    assert.deepEqual(at({ microphoneMuted: true }, 3), [{ microphone: { muted: true, level: 80 }, speaker }]);
    assert.deepEqual(watch.look({}, 4), []);
    assert.deepEqual(at({ microphoneMuted: true }, 5), []);
    watch.forget();
    assert.equal(at({ microphoneMuted: true }, 6).length, 1);
  });

  it('have no level without a slider', () => {
    const { microphoneLevel, speakerLevel, ...bare } = page;
    assert.deepEqual([microphoneLevel, speakerLevel], [80, 100]);
    const [seen] = new AudioWatch().look({ dialer: bare }, 1);
    assert.deepEqual(seen?.audio, { microphone: { muted: false }, speaker: { muted: false } });
  });
});
