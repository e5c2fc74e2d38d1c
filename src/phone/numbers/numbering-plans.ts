import type { CountryCode, MetadataJson, PhoneNumber } from 'libphonenumber-js/core';

/** What is used here of the numbering plans of the world. */
export interface NumberingPlans {
  has(region: string): region is CountryCode;
  /** @param region only for numbers without a country code; one that is not known is as good as none */
  parse(text: string, region: string): PhoneNumber | undefined;
  /** Such as `49` for DE; undefined for a region that is not known. */
  callingCode(region: string): string | undefined;
  /**
   * What is dialled before national numbers, such as `0` for 49; empty where it is nothing.
   * @returns undefined for a country calling code that is not known
   */
  trunkPrefix(callingCode: string): string | undefined;
  /** What is dialled before the country code of another country, a regular expression, such as `00` or `011`. */
  internationalPrefix(region: string): string | undefined;
  /** From so many digits on, a number without trunk prefix cannot lack its area code as well; Infinity where there is none. */
  fewestWhole(region: string): number;
}

/** What the library's types leave out. */
interface WholePlan {
  /** 0 or undefined: none */
  nationalPrefix(): string | 0 | undefined;
  IDDPrefix(): string | undefined;
  formats(): { pattern(): string; nationalPrefixFormattingRule(): string | 0 | undefined }[];
  type(name: 'FIXED_LINE'): { possibleLengths(): number[] } | undefined;
}

let loaded: NumberingPlans | undefined;

/** Loads the numbering plans (160 kB) on first use: many phones never need them. */
export function numberingPlans(): NumberingPlans {
  loaded ??= load();
  return loaded;
}

/** The full set of rules: by the small one, in-house numbers are valid in Poland, Germany and elsewhere. */
function load(): NumberingPlans {
  /* eslint-disable @typescript-eslint/no-require-imports -- `import` cannot wait until it is needed */
  const library = require('libphonenumber-js/core') as typeof import('libphonenumber-js/core');
  const rules = require('libphonenumber-js/metadata.max.json') as MetadataJson;
  /* eslint-enable @typescript-eslint/no-require-imports */
  const has = (region: string): region is CountryCode => library.isSupportedCountry(region as CountryCode, rules);
  const planOf = (region: string): WholePlan | undefined => {
    if (!has(region)) return undefined;
    const metadata = new library.Metadata(rules);
    metadata.selectNumberingPlan(region);
    return metadata.numberingPlan as WholePlan | undefined;
  };
  return {
    has,
    parse: (text, region) =>
      has(region)
        ? library.parsePhoneNumberFromString(text, region, rules)
        : library.parsePhoneNumberFromString(text, rules),
    callingCode: (region) => (has(region) ? library.getCountryCallingCode(region, rules) : undefined),
    trunkPrefix: (callingCode) => {
      const [country] = rules.country_calling_codes[callingCode] ?? [];
      const plan = country === undefined ? undefined : planOf(country);
      return plan && (plan.nationalPrefix() || '');
    },
    internationalPrefix: (region) => planOf(region)?.IDDPrefix(),
    fewestWhole: (region) => {
      const plan = planOf(region);
      return plan?.nationalPrefix() ? fewestWhole(plan) : Infinity;
    },
  };
}

/** Nowhere do fixed line numbers within an area have more digits. */
const LONGEST_LOCAL = 8;
/** A group of digits in the pattern of a format: `(\d{2})`, `(\d{3,4})`, `(\d)`. */
const GROUP = /\(\\d(?:\{(?:\d+,)?(\d+)\})?\)/g;

/** As long as a whole fixed line number, or longer than what can stand behind an area code. */
function fewestWhole(plan: WholePlan): number {
  const local = plan.formats().flatMap((format) => {
    // What is written with a trunk prefix has the area code in its first group.
    if (!(format.nationalPrefixFormattingRule() || '').includes(plan.nationalPrefix() || '$1')) return [];
    const [, ...behind] = Array.from(format.pattern().matchAll(GROUP), ([, digits = '1']) => Number(digits));
    return behind.length === 0 ? [] : [behind.reduce((sum, digits) => sum + digits)];
  });
  const longestFixedLine = Math.max(...(plan.type('FIXED_LINE')?.possibleLengths() ?? []));
  const longestLocal = local.length === 0 ? LONGEST_LOCAL : Math.min(LONGEST_LOCAL, Math.max(...local));
  const longerThanLocal = longestLocal + 1;
  return longestFixedLine > 0 ? Math.min(longestFixedLine, longerThanLocal) : longerThanLocal;
}
