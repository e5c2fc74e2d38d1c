import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { getCountryCallingCode, Metadata, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import type { CountryCode, MetadataJson } from 'libphonenumber-js/core';
import mobileNumbers from 'libphonenumber-js/examples.mobile.json';
import rules from 'libphonenumber-js/metadata.max.json';
import { e164Formatter } from '../../../../src/phone/numbers/e164';
import { ROOT } from '../../../support/checkout';

/** One number of each kind and country, as Google's libphonenumber (9.0, Apache-2.0) gives them, without country code. */
const EXAMPLES = JSON.parse(readFileSync(join(ROOT, 'test/fixtures/numbers/example-numbers.json'), 'utf8')) as Record<
  string,
  Record<string, string>
>;
const PLANS = rules as unknown as MetadataJson;

interface WholePlan {
  nationalPrefix(): string | 0 | undefined;
  nationalPrefixForParsing(): string | 0 | undefined;
  nationalPrefixTransformRule(): string | 0 | undefined;
  IDDPrefix(): string;
}

function planOf(region: string): WholePlan {
  const metadata = new Metadata(PLANS);
  metadata.selectNumberingPlan(region as CountryCode);
  return metadata.numberingPlan as unknown as WholePlan;
}

/** Within the country they have up to five digits, as numbers inside a company have. */
const isShort = (national: string): boolean => national.length <= 5;

/** Without their trunk prefix these may be numbers within an area: there are such with as many digits. */
const PERHAPS_LOCAL = new Set([
  ...['AL 8001234', 'AL 900123', 'AL 808123', 'AU 1631234', 'AX 10112345', 'BD 27111234', 'BG 2123456', 'CD 1234567'],
  ...['DE 30123456', 'DE 18012345', 'FI 10112345', 'HR 6001234', 'IE 2212345', 'KR 22123456', 'MM 1234567'],
  ...['MM 92123456', 'MM 13331234', 'NL 8001234', 'NL 9061234', 'PK 80012345', 'PK 90012345', 'PM 430123'],
  ...['PM 551234', 'RS 10234567', 'RS 80012345', 'RS 90012345', 'SE 8123456', 'SE 20123456', 'VN 1992000'],
  ...['XK 28012345', 'XK 43201234', 'XK 80001234', 'XK 90001234', 'YE 1234567', 'ZW 8001234'],
]);
/** The plan knows no way to write these, so that they are valid by chance as often as not. */
const UNWRITTEN = new Set(['AC 542011', 'SC 8000000', 'SC 8512345', 'SK 9090123', 'TR 4441444', 'VN 1992000']);
/** With the country code in front it is another number of the country. */
const OTHER_WITH_CODE = new Set(['BR 40041234']);
/** With a zero and the country code in front they are other numbers of the country: 0491 is Leer in Germany. */
const OTHER_WITH_ZERO_AND_CODE = new Set([
  ...['DE 15123456789', 'DE 18012345', 'DE 18500123456', 'DE 16412345', 'ID 218350123', 'ID 812345678'],
  ...['NL 8001234', 'SE 8123456', 'VN 1992000', 'XK 28012345', 'XK 43201234', 'XK 80001234', 'XK 90001234'],
  // 02 leads abroad there.
  ...['SC 4217123', 'SC 2510123', 'SC 6412345', 'SC 8000000', 'SC 8512345'],
  ...OTHER_WITH_CODE,
]);

const separated = (digits: string): string => digits.replace(/(\d{3})(?=\d)/g, '$1 ').replace(/ (\d+)$/, '-$1');

/** How the number may be written in its region. */
function forms(region: string, national: string, whole: string): [what: string, text: string][] {
  const plan = planOf(region);
  const code = getCountryCallingCode(region as CountryCode, PLANS);
  const trunk = plan.nationalPrefix() || '';
  const name = `${region} ${national}`;
  const written = parsePhoneNumberFromString(whole, PLANS)?.formatNational() ?? national;
  const abroad = /^\d+$/.test(plan.IDDPrefix()) ? plan.IDDPrefix() : undefined;
  const all: [string, string, boolean?][] = [
    ['with a plus', whole],
    ['with a plus and separators', `+${code} ${separated(national)}`],
    ['as it is written', written, isShort(national) || UNWRITTEN.has(name)],
    ['as it is dialled', written.replace(/\D/g, ''), isShort(national) || UNWRITTEN.has(name)],
    ['with the country code alone', code + national, isShort(national) || OTHER_WITH_CODE.has(name)],
    [
      'with a zero and the country code',
      `0${code}${national}`,
      isShort(national) || OTHER_WITH_ZERO_AND_CODE.has(name),
    ],
    ['without a trunk prefix', national, isShort(national) || UNWRITTEN.has(name) || PERHAPS_LOCAL.has(name)],
  ];
  if (abroad !== undefined) all.push(['as from abroad', `${abroad} ${code} ${separated(national)}`]);
  if (trunk !== '') all.push(['with a trunk prefix', trunk + national, isShort(national)]);
  return all.filter(([, , isOther]) => isOther !== true).map(([what, text]) => [what, text]);
}

/** The prefixes that the plan takes off this number: trunk prefixes, also with the codes of telephone companies. */
function prefixes(plan: WholePlan, national: string): string[] {
  const taken = plan.nationalPrefixForParsing();
  // Argentina writes its mobile numbers with a 15 in their middle.
  if (!taken || plan.nationalPrefixTransformRule() === '9$1') return [];
  const pattern = new RegExp(`^(?:${taken})`);
  const found: string[] = [];
  for (let length = 1; length <= 4; length += 1) {
    for (let value = 0; value < 10 ** length; value += 1) {
      const prefix = String(value).padStart(length, '0');
      const match = pattern.exec(prefix + national);
      if (!match) continue;
      const kept = match[0].length > prefix.length && match.at(-1) === national;
      if (kept || match[0] === prefix) found.push(prefix);
    }
  }
  return found;
}

describe('numbers of every numbering plan', () => {
  const regions = Object.keys(PLANS.countries).sort();

  it('have examples', () => {
    assert.ok(regions.length >= 240);
    assert.deepEqual(regions.filter((region) => !EXAMPLES[region]).sort(), []);
  });

  for (const region of regions) {
    const e164 = e164Formatter(region);
    const code = getCountryCallingCode(region as CountryCode, PLANS);
    const mobile = (mobileNumbers as Record<string, string>)[region];
    const examples = new Set([...Object.values(EXAMPLES[region] ?? {}), ...(mobile === undefined ? [] : [mobile])]);
    const valid = [...examples].filter((national) =>
      parsePhoneNumberFromString(`+${code}${national}`, PLANS)?.isValid(),
    );

    it(`${region}: are the same however they are written`, () => {
      assert.ok(valid.length > 0);
      for (const national of valid) {
        const whole = `+${code}${national}`;
        for (const [what, text] of forms(region, national, whole)) assert.equal(e164(text), whole, `${text}, ${what}`);
      }
    });

    it(`${region}: are the same with any trunk prefix and code of a telephone company`, () => {
      for (const national of valid.slice(0, 2).filter((one) => !isShort(one))) {
        for (const prefix of prefixes(planOf(region), national)) {
          assert.equal(e164(prefix + national), `+${code}${national}`, `${prefix} ${national}`);
        }
      }
    });

    it(`${region}: are not what may lack an area code, or is from inside a company`, () => {
      for (const name of [...PERHAPS_LOCAL, ...UNWRITTEN].filter((one) => one.startsWith(region))) {
        assert.equal(e164(name.slice(3)), undefined, name);
      }
      fc.assert(
        fc.property(fc.stringMatching(/^[1-9]\d{0,4}$/), (digits) => {
          assert.equal(e164(digits), undefined);
        }),
        { numRuns: 20 },
      );
    });
  }
});
