import assert from 'node:assert/strict';
import type { Features } from '../../../../src/phone/commands/command';
import { FeatureWatch } from '../../../../src/observers/window/feature-watch';
import type { DialerPage } from '../../../../src/microsip/window-snapshot';

const DIALER: DialerPage = {
  number: '',
  sendShown: false,
  callShown: true,
  endShown: false,
  holdEnabled: false,
  holdChecked: false,
  microphoneMuted: false,
  speakerMuted: false,
};

describe('the switches that the windows show', () => {
  const look = (watch: FeatureWatch, features?: Features): (Features | undefined)[] =>
    watch.look({ dialer: { ...DIALER, ...(features && { features }) } }, 1).map((seen) => seen.features);

  it('are told when they change, and again after MicroSIP was away', () => {
    const watch = new FeatureWatch();
    assert.deepEqual(look(watch, { dnd: false }), [{ dnd: false }]);
    assert.deepEqual(look(watch, { dnd: false }), []);
    assert.deepEqual(look(watch, { dnd: true }), [{ dnd: true }]);
    assert.deepEqual(look(watch, {}), [{}]);
    watch.forget();
    assert.deepEqual(look(watch, {}), [{}]);
  });

  it('are not told while nobody sees the dialer', () => {
    const watch = new FeatureWatch();
    assert.deepEqual(watch.look({}, 1), []);
    assert.deepEqual(look(watch), []);
    assert.deepEqual(look(watch, { dnd: true }), [{ dnd: true }]);
    assert.deepEqual(watch.look({}, 2), []);
    assert.deepEqual(look(watch, { dnd: true }), []);
  });
});
