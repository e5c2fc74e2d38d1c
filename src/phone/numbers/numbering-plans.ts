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
}

/** What the library's types leave out. */
interface TrunkPlan {
  /** 0 or undefined: none */
  nationalPrefix(): string | 0 | undefined;
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
  return {
    has,
    parse: (text, region) =>
      has(region)
        ? library.parsePhoneNumberFromString(text, region, rules)
        : library.parsePhoneNumberFromString(text, rules),
    callingCode: (region) => (has(region) ? library.getCountryCallingCode(region, rules) : undefined),
    trunkPrefix: (callingCode) => {
      const [country] = rules.country_calling_codes[callingCode] ?? [];
      if (country === undefined || !has(country)) return undefined;
      const metadata = new library.Metadata(rules);
      metadata.selectNumberingPlan(country);
      const plan = metadata.numberingPlan as TrunkPlan | undefined;
      return plan?.nationalPrefix() || '';
    },
  };
}
