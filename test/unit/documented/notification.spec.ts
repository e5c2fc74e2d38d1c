import assert from 'node:assert/strict';
import fc from 'fast-check';
import { notificationOf, notificationOfStatus } from '../../../src/documented/notification';

const of = (text: string): unknown => notificationOf(Buffer.from(text));

describe('text of a notification', () => {
  it('has an event in any case, and a number or none', () => {
    assert.deepEqual(of('incoming +49301'), { event: 'ringing', number: '+49301' });
    assert.deepEqual(of('Ringing 1001'), { event: 'ringing', number: '1001' });
    assert.deepEqual(of('CONNECTED'), { event: 'connected' });
    assert.deepEqual(of('active  Jürgen@example.org \0'), { event: 'connected', number: 'Jürgen@example.org' });
    assert.deepEqual(of(' hold +49 30 1'), { event: 'held', number: '+49 30 1' });
    for (const word of ['disconnected', 'ended']) assert.deepEqual(of(word), { event: 'ended' });
    assert.deepEqual(of('idle\0'), { event: 'idle' });
  });

  it('loses nothing but what cannot be seen of its number', () => {
    assert.deepEqual(of('ended 1\n2'), { event: 'ended', number: '1 2' });
    assert.deepEqual(of('active \u202e1'), { event: 'connected', number: '1' });
    assert.deepEqual(of(`active ${'1'.repeat(256)}`), { event: 'connected', number: '1'.repeat(255) });
    assert.deepEqual(of('active \u200f'), { event: 'connected' });
  });

  it('is dropped when it is anything else', () => {
    const wrong = ['', '\0', ' ', 'hallo', '__proto__', 'constructor 1', 'incoming1001', 'idle\0\0'];
    for (const text of [...wrong, `active ${' '.repeat(1100)}`])
      assert.equal(of(text), undefined, JSON.stringify(text));
    assert.equal(notificationOf(Buffer.from([0x69, 0x64, 0x6c, 0x65, 0x20, 0xff])), undefined);
    assert.equal(notificationOf(Buffer.from('idle', 'utf16le')), undefined);
  });

  it('never throws, and yields only texts that can be shown', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1100 }), fc.constantFrom('', 'active '), (bytes, before) => {
        const { number = '' } = notificationOf(Buffer.concat([Buffer.from(before), bytes])) ?? {};
        assert.doesNotMatch(number, /[\p{Cc}\u202a-\u202e]/u);
        assert.ok(number.length <= 255);
      }),
    );
  });

  it('can be a status', () => {
    const events = [0, 1, 2, 3, 4].map((status) => notificationOfStatus(status)?.event);
    assert.deepEqual(events, ['idle', 'ringing', 'connected', 'held', 'ended']);
    for (const status of [-1, 5, 0.5, NaN, 2 ** 40]) assert.equal(notificationOfStatus(status), undefined);
  });
});
