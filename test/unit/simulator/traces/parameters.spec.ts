import assert from 'node:assert/strict';
import { createPhone } from '../../../../src/create-phone';
import type { Call } from '../../../../src/phone/calls/call';
import { skipBecause } from '../../../support/skip';
import { until } from '../../observers/history/watching';
import { HAS_SQLITE, rowsOf, Traced } from './traced';

/** What calls, and what is to be told of it in Germany. */
const CALLERS: [number: string, told: string, e164: string, parameters?: string][] = [
  ['+15145550100;verstat=TN-Validation-Passed', '+15145550100', '+15145550100', ';user=phone'],
  ['+15145550100;npdi;rn=+15145550000', '+15145550100', '+15145550100'],
  ['+15145550100;cpc=ordinary;isub=12', '+15145550100', '+15145550100'],
  ['015112345678;tgrp=a;trunk-context=x.example', '015112345678', '+4915112345678', ';user=phone;x=y'],
  ['142685300;phone-context=+33', '142685300', '+33142685300'],
  ['0142685300;phone-context=+33', '0142685300', '+33142685300'],
  ['123456;phone-context=+49-30', '123456', '+4930123456'],
  ['030123456;phone-context=ims.example', '030123456', '+4930123456'],
];

describe('parameters in a caller’s address', () => {
  let phone: Traced;
  beforeEach(async () => {
    phone = await Traced.begin();
  });
  afterEach(() => phone.end());

  async function heardThrough(settings: { logFile: string; callLog: string }, count: number): Promise<Call[]> {
    const told: Call[] = [];
    const watching = createPhone(
      { name: 'Desk', connection: 'observe', region: 'DE', ...settings },
      { directory: phone.folder },
    );
    watching.on('finished', ({ call }) => told.push(call));
    await watching.open();
    for (const [number, , , parameters = ''] of CALLERS) {
      phone.microsip.far.incoming({ number, name: 'Ada', uri: `sip:x@pbx.example.test${parameters}` });
      phone.microsip.far.hangup();
    }
    await until(() => told.length === count);
    await watching.close();
    return told;
  }

  const expected = CALLERS.map(([, number, e164]) => [number, e164, 'Ada']);
  const seen = (calls: Call[]): unknown => calls.map(({ number, numberE164, name }) => [number, numberE164, name]);

  it('never hide the number from whoever reads the log', async () => {
    const calls = await heardThrough({ logFile: phone.logPath, callLog: '' }, CALLERS.length);
    assert.deepEqual(seen(calls), expected);
  });

  it('never hide the number from whoever reads the call history', async function () {
    if (!HAS_SQLITE) skipBecause(this, `Node.js ${process.versions.node} has no SQLite`);
    const calls = await heardThrough({ logFile: '', callLog: phone.historyPath }, CALLERS.length);
    assert.deepEqual(seen(calls), expected);
    const numbers = rowsOf(phone.historyPath).map(({ number }) => number);
    assert.equal(numbers[0], '+15145550100;verstat=TN-Validation-Passed@pbx.example.test;user=phone');
  });

  it('are handed to hook programs as they are', () => {
    const [[number] = ['']] = CALLERS;
    phone.microsip.far.incoming({ number });
    assert.ok(phone.hooks.includes(`Ring ${number}`), phone.hooks.join());
  });
});
