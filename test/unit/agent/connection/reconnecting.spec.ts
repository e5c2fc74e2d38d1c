import assert from 'node:assert/strict';
import { connectFailure, ConnectFailure } from '../../../../src/agent/connection/connect-failure';
import { Reconnecting } from '../../../../src/agent/connection/reconnecting';

const refused = (code: number) => connectFailure(Object.assign(new Error('refused'), { code }));
const nobody = () => connectFailure(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));

describe('reconnecting', () => {
  it('tries soon for some minutes, and then less often', () => {
    const reconnecting = new Reconnecting(() => 1);
    assert.equal(reconnecting.lost(0), 1000);
    reconnecting.failed(nobody(), 1000);
    assert.equal(reconnecting.failed(nobody(), 60_000), 3500);
    assert.equal(reconnecting.failed(nobody(), 400_000), 30_000);
    reconnecting.connected();
    assert.equal(reconnecting.lost(500_000), 1000);
  });

  it('is slow where somebody has to change something first', () => {
    for (const code of [4, 5, 0x86, 0x87]) assert.ok(new Reconnecting(() => 0).failed(refused(code), 0) >= 15_000);
  });

  it('goes on with MQTT 3.1.1 at once where a broker does not know 5, and stays with it', () => {
    for (const code of [1, 0x84]) {
      const reconnecting = new Reconnecting();
      assert.equal(reconnecting.next.protocolVersion, 5);
      assert.equal(reconnecting.failed(refused(code), 0), 0);
      reconnecting.connected();
      reconnecting.lost(0);
      assert.equal(reconnecting.next.protocolVersion, 4);
    }
  });

  it('tries both where a broker only closes the connection, and begins with 5 the next time', () => {
    const reconnecting = new Reconnecting();
    const closed = new ConnectFailure('network', 'closed', true);
    assert.equal(reconnecting.failed(closed, 0), 0);
    assert.equal(reconnecting.next.protocolVersion, 4);
    assert.ok(reconnecting.failed(closed, 0) > 0);
    assert.equal(reconnecting.next.protocolVersion, 5);
    reconnecting.failed(closed, 0);
    reconnecting.connected();
    assert.equal(reconnecting.next.protocolVersion, 5);
  });
});
