import assert from 'node:assert/strict';
import { commandIds } from '../../../src/documented/command-ids';
import { compilePatterns, checkRules } from '../../../src/phone/guard/rules/dial-rules';
import { PhoneError } from '../../../src/phone/errors/phone-error';
import { settingValues, type RawSettings } from '../../../src/settings/setting-values';

const fails = (code: string) => (error: unknown) => error instanceof PhoneError && error.code === code;

describe('the values of settings', () => {
  it('have the documented defaults', () => {
    assert.deepEqual(settingValues({}), {
      name: 'MicroSIP',
      connection: 'window',
      protocol: 'microsip',
      commandIds: commandIds(undefined),
      program: '',
      startProgram: false,
      pollInterval: 250,
      timeout: 2000,
      logFile: 'auto',
      callLog: 'auto',
      writeLog: '',
      writeHistory: '',
      hooks: false,
      region: '',
      allow: [],
      deny: [],
      dialsPerSecond: 1,
      dialsPerMinute: 30,
      trace: false,
      broker: '',
      phoneId: '',
      base: 'microsip',
    });
  });

  it('may come as texts, from environment variables', () => {
    const settings = settingValues({
      timeout: '500',
      pollInterval: '50',
      startProgram: 'true',
      trace: 'true',
      allow: '^1\n\n^2\r\n',
    });
    assert.deepEqual(
      [settings.timeout, settings.pollInterval, settings.startProgram, settings.trace, settings.allow],
      [500, 50, true, true, ['^1', '^2']],
    );
  });

  it('have ids of commands only with the protocol that has them', () => {
    const given = { commandIds: '{"dial": 101}' };
    assert.equal(settingValues({ ...given, protocol: 'documented' }).commandIds.dial, 101);
    assert.equal(settingValues({ commandIds: 'rubbish' }).commandIds.dial, 1);
  });

  const wrong: RawSettings[] = [
    { timeout: 99 },
    { timeout: 30_001 },
    { timeout: 'soon' },
    { timeout: NaN },
    { pollInterval: 49 },
    { pollInterval: 10_001 },
    { connection: 'telepathy' },
    { protocol: 'other' },
    { protocol: 'documented', commandIds: '{"dail": 101}' },
    { timeout: {} },
    { dialsPerSecond: 0 },
    { dialsPerMinute: 1001 },
    { allow: [undefined] },
    { allow: Array(1) },
  ];
  for (const raw of wrong) {
    it(`refuse ${JSON.stringify(raw)}`, () => {
      assert.throws(() => settingValues(raw), fails('config'));
    });
  }
});

describe('allow and deny lists', () => {
  const rules = (allow: string[], deny: string[]) => ({ allow: compilePatterns(allow), deny: compilePatterns(deny) });

  it('empty lists allow everything', () => {
    checkRules('0900123', rules([], []));
  });
  it('deny wins over allow', () => {
    assert.throws(() => {
      checkRules('0900123', rules(['^0'], ['^0900']));
    }, fails('refused'));
  });
  it('a target has to match one of the allowed', () => {
    checkRules('1001', rules(['^[12]...$'], []));
    assert.throws(() => {
      checkRules('3001', rules(['^[12]...$'], []));
    }, fails('refused'));
  });
  it('see the number without its DTMF tail', () => {
    checkRules('1001,,123', rules(['^1001$'], []));
  });
  it('a variable that is a list without entries does not permit everything', () => {
    const { allow } = settingValues({ allow: [[]] });
    assert.throws(() => compilePatterns(allow), fails('config'));
  });
  it('a pattern that is none is a mistake in the settings', () => {
    assert.throws(() => compilePatterns(['(']), fails('config'));
  });
});
