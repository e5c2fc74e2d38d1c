import { Catalog, nearestLanguage, type TextParams } from '../../catalog';

let catalog: Catalog | undefined;

/** The sentence for a key of the agent's catalog, in the language of this computer's user. */
export function agentText(key: string, params?: TextParams): string {
  catalog ??= new Catalog('agent.json', nearestLanguage(Intl.DateTimeFormat().resolvedOptions().locale));
  return catalog.text(key, params);
}
