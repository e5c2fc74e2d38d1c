import type { ShownSource } from '../../node-red/sidebar/sidebar-json';
import type { ShownCall } from '../../node-red/sidebar/sidebar-json';
import { element, setText } from './elements';
import { word } from './words';

type Grounds = NonNullable<ShownCall['inferred']>;

/** The sentences that users are told, one for all that comes to the same. */
const WHY: Partial<Record<Grounds['reason'], string>> = {
  source_inferred: 'concluded',
  cause_inferred: 'concluded',
  end_agrees: 'concluded',
  in_midst: 'in_midst',
  age: 'in_midst',
  others_silent: 'unconfirmed',
  implied: 'implied',
};

/** Why the state of a call was not seen but inferred. */
export function inferenceWords({ reason, source, others = [], ms = 0 }: Grounds): string {
  return word(`why.${WHY[reason] ?? 'other'}`, {
    source: word(`source.${source ?? 'other'}`),
    others: others.map((one) => word(`source.${one}`)).join(', '),
    ms,
  });
}

/** The list of where a phone knows from what it tells. */
export class SourceList {
  readonly element = element('ul', { class: 'microsip-sources' });
  private shown = '';

  update(sources: readonly ShownSource[]): void {
    const text = JSON.stringify(sources);
    if (text === this.shown) return;
    this.shown = text;
    this.element.replaceChildren(...sources.map(row));
  }
}

function row({ source, is, leads }: ShownSource): HTMLLIElement {
  const name = element('b');
  setText(name, word(`source.${source}`));
  const state = word(leads ? 'source_is.leads' : `source_is.${is}`);
  const hint = is === 'silent' && (source === 'log' || source === 'hooks') ? word(`silent.${source}`) : '';
  return element('li', {
    class: `microsip-source-${is}`,
    children: [name, element('span', { text: [state, hint].filter(Boolean).join(' ') })],
  });
}
