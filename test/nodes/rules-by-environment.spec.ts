import assert from 'node:assert/strict';
import { Flow, nodeSuite, PHONE } from './flow';

/** @param value what Node-RED puts in the place of `${MICROSIP_RULE}`; undefined: it is not set */
function flowOf(rules: object, value?: string): Promise<Flow> {
  if (value !== undefined) process.env['MICROSIP_RULE'] = value;
  return Flow.load([
    { ...PHONE, ...rules },
    { id: 'dial', type: 'microsip-dial', phone: 'phone', number: 'payload', numberType: 'msg', wires: [['out']] },
    { id: 'catch', type: 'catch', scope: null, uncaught: false, wires: [['errors']] },
    { id: 'out', type: 'helper' },
    { id: 'errors', type: 'helper' },
  ]);
}

nodeSuite('allow and deny lists from the environment', () => {
  afterEach(() => {
    delete process.env['MICROSIP_RULE'];
  });

  for (const rules of [
    { allow: ['${MICROSIP_RULE}'] },
    { allow: ['$(MICROSIP_RULE)'] },
    { allow: '${MICROSIP_RULE}' },
    { allow: ['^1', '${MICROSIP_RULE}'] },
    { deny: ['${MICROSIP_RULE}'] },
  ]) {
    for (const [what, value] of [
      ['empty', ''],
      ['blank', '  \n'],
      ['not set', undefined],
    ] as const) {
      it(`${JSON.stringify(rules)}, ${what}: nothing is dialled`, async () => {
        const flow = await flowOf(rules, value);
        flow.send('dial', { payload: '0900123456' });
        const { error } = await flow.until('errors');
        assert.equal((error as { code?: string }).code, 'config');
        assert.deepEqual(flow.messages('out'), []);
      });
    }
  }

  it('a value is a rule', async () => {
    const flow = await flowOf({ allow: ['${MICROSIP_RULE}'] }, '^1\n^2');
    flow.send('dial', { payload: '0900123456' });
    assert.equal(((await flow.until('errors'))['error'] as { code?: string }).code, 'refused');
    flow.send('dial', { payload: '2002' });
    await flow.until('out');
  });
});
