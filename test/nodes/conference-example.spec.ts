import assert from 'node:assert/strict';
import helper from 'node-red-node-test-helper';
import type { PhoneNode } from '../../src/node-red/phones/phone-service';
import { eventually } from '../support/eventually';
import { loadExample } from './example';
import { nodeSuite } from './flow';

nodeSuite('example: conference', () => {
  afterEach(() => helper.unload());

  it('brings calls together, takes one out, and says what is in the way', async () => {
    const flow = await loadExample('Conference - bring calls together');
    const { service } = flow.node('fda9d0988e6aa702') as unknown as PhoneNode;
    const microsip = await eventually(() => (service.simulated?.isReady ? service.simulated : undefined));
    flow.send('merge', {});
    assert.equal(((await flow.until('why'))['error'] as { code?: string }).code, 'unsupported');
    microsip.setSingleMode(false);
    for (const number of ['1001', '1002']) {
      microsip.user.dial(number);
      microsip.far.answer();
    }
    await flow.event('events', 'held');
    flow.send('merge', {});
    await flow.event('events', 'resumed');
    await flow.until('done');
    flow.send('the selected one leaves', {});
    await eventually(() => (microsip.calls.all.every(({ inConference }) => !inConference) ? true : undefined));
  });
});
