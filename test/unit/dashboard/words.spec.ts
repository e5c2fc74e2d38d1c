import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  codeWords,
  lastNumbers,
  phoneState,
  problemWords,
  qualityFigures,
  qualityGrade,
} from '../../../packages/dashboard/ui/model/call-words';
import { chooseLanguage } from '../../../packages/dashboard/ui/model/language';
import { clockTime } from '../../../src/phone/texts/clock-time';
import type { PastCall, PhoneView } from '../../../packages/dashboard/src/protocol';
import { ERROR_CODES } from '../../../src/phone/errors/phone-error';
import { DISPOSITIONS, OPEN_CALL_STATES } from '../../../src/phone/calls/call';
import { ROOT } from '../../support/checkout';

const PACKAGE = join(ROOT, 'packages/dashboard');
const LANGUAGES = ['de', 'es-ES', 'fr', 'ja', 'pt-BR', 'ru', 'zh-CN'];
const VIEW: PhoneView = { time: 0, name: 'Desk 1', presence: 'ready', calls: [], today: [] };
const { t } = chooseLanguage(['en-US']);

const textsOf = (file: string): Map<string, string> => {
  const texts = new Map<string, string>();
  const collect = (entry: unknown, key: string): void => {
    if (typeof entry === 'string') texts.set(key, entry);
    else for (const [name, inner] of Object.entries(entry as object)) collect(inner, key ? `${key}.${name}` : name);
  };
  collect(JSON.parse(readFileSync(file, 'utf8')), '');
  return texts;
};
const values = (text = ''): string[] => (text.match(/\{\w+\}|<[^>]+>/g) ?? []).sort();

describe('the words of the phone on the dashboard', () => {
  it('are in the languages that the project promises', () => {
    for (const folder of ['locales', 'ui/texts'])
      assert.deepEqual(
        readdirSync(join(PACKAGE, folder)).map((name) => name.replace('.json', '')),
        ['de', 'en-US', 'es-ES', 'fr', 'ja', 'pt-BR', 'ru', 'zh-CN'],
      );
  });

  for (const language of LANGUAGES)
    it(`are all there in ${language}, none more, with the same values in them`, () => {
      for (const file of ['ui/texts/LANG.json', 'locales/LANG/ui-microsip-phone.json']) {
        const english = textsOf(join(PACKAGE, file.replace('LANG', 'en-US')));
        const texts = textsOf(join(PACKAGE, file.replace('LANG', language)));
        assert.deepEqual([...texts.keys()].sort(), [...english.keys()].sort());
        for (const [key, text] of texts) assert.deepEqual(values(text), values(english.get(key)), key);
        const same = [...texts].filter(([key, text]) => text === english.get(key) && /\p{L}{12,}/u.test(text));
        assert.deepEqual(same, []);
      }
      const help = (lang: string): string =>
        readFileSync(join(PACKAGE, 'locales', lang, 'ui-microsip-phone.html'), 'utf8');
      const names = (html: string): string[] =>
        (html.replace(/\s+/g, '').match(/<code>.*?<\/code>|<dt.*?<\/dt>/g) ?? []).sort();
      assert.deepEqual(names(help(language)), names(help('en-US')));
    });

  it('are there for all that a phone can tell', () => {
    for (const callState of OPEN_CALL_STATES) assert.notEqual(t(`state.${callState}`), `state.${callState}`);
    for (const outcome of DISPOSITIONS) assert.notEqual(t(`outcome.${outcome}`), `outcome.${outcome}`);
    for (const code of ERROR_CODES) assert.match(codeWords(code, t), /\.$/);
    assert.equal(codeWords('toString', t), t('problem.other', { code: 'toString' }));
  });

  it('are all used', () => {
    const source = ['', 'components', 'model']
      .flatMap((folder) =>
        readdirSync(join(PACKAGE, 'ui', folder))
          .filter((name) => /\.(?:vue|ts)$/.test(name))
          .map((name) => readFileSync(join(PACKAGE, 'ui', folder, name), 'utf8')),
      )
      .join('\n');
    const isUsed = (key: string): boolean => {
      const [part = '', name = ''] = key.split('.');
      // The part alone: with a state, an outcome, a code.
      return source.includes(key) || (source.includes(`\`${part}.$`) && (part !== 'label' || source.includes(name)));
    };
    const keys = [...textsOf(join(PACKAGE, 'ui/texts/en-US.json')).keys()];
    assert.deepEqual(
      keys.filter((key) => !isUsed(key) && !source.includes(`'${key.split('.')[1] ?? ''}'`)),
      [],
    );
  });

  it('are chosen by what the browser prefers, and run as its reader does', () => {
    const chosen = (...wanted: string[]): string => {
      const { lang, dir, format } = chooseLanguage(wanted);
      return `${lang} ${dir} ${format}`;
    };
    assert.equal(chosen('de-AT', 'en'), 'de ltr de-AT');
    assert.equal(chosen('pt'), 'pt-BR ltr pt');
    assert.equal(chosen('nl', 'fr-CH', 'en'), 'fr ltr fr-CH');
    assert.equal(chosen('ar'), 'en-US rtl en-US');
    assert.equal(chosen('he', 'ru'), 'ru rtl ru');
    assert.equal(chosen('toString'), 'en-US ltr en-US');
    assert.equal(chosen(), 'en-US ltr en-US');
    assert.equal(chooseLanguage(['en']).t('label.dtmf', { who: '{who}' }), 'Keys go to {who}');
  });

  it('tell how the phone stands, and what is wrong with it', () => {
    const call = { callId: 'c', callState: 'held', heldBy: 'remote', startTime: 0 } as const;
    assert.equal(phoneState(VIEW, t).words, 'Ready');
    assert.equal(phoneState({ ...VIEW, dnd: true }, t).words, 'Do not disturb');
    assert.equal(phoneState({ ...VIEW, calls: [call] }, t).words, 'Put on hold by the other side');
    assert.equal(phoneState({ ...VIEW, presence: 'absent' }, t).words, 'Offline');
    assert.equal(problemWords(VIEW, t), undefined);
    assert.match(problemWords({ ...VIEW, problem: 'blocked', problemText: 'Error' }, t) ?? '', /“Error”/);
    assert.match(problemWords({ ...VIEW, presence: 'absent' }, t) ?? '', /not running/);
    assert.match(problemWords({ ...VIEW, registration: { state: 'failed' } }, t) ?? '', /not registered/);
    assert.match(problemWords({ ...VIEW, presence: 'missing' }, t) ?? '', /No phone/);
  });

  it('tell how well a call was heard', () => {
    const past: PastCall = { callId: 'c', startTime: 0, duration: 1 };
    const heard = (mos: number): string | undefined => qualityGrade({ ...past, quality: { mos } });
    assert.deepEqual([heard(4.3), heard(3.8), heard(2), qualityGrade(past)], ['good', 'fair', 'poor', undefined]);
    const quality = { mos: 4.21, codec: 'PCMU', lossPercent: 0.5, jitterMs: 1.25, rttMs: 23 };
    assert.equal(
      qualityFigures({ ...past, quality }, 'en-US', t),
      'MOS 4.2 · PCMU · 0.5% lost · jitter 1.3 ms · round trip 23 ms',
    );
  });

  it('offer each last number once', () => {
    const past = (number: string, name?: string): PastCall => ({
      ...{ callId: number, startTime: 0, duration: 0, number },
      ...(name !== undefined && { name }),
    });
    assert.deepEqual(lastNumbers({ ...VIEW, today: [past('1', 'Ada'), past('2'), past('1')] }), [
      { name: 'Ada', number: '1' },
      { name: '', number: '2' },
    ]);
  });

  it('count seconds as clocks do', () => {
    assert.deepEqual([-5, 999, 61_000, 3_723_000].map(clockTime), ['0:00', '0:00', '1:01', '1:02:03']);
  });
});
