import type { AdminError } from '../../node-red/admin/admin-endpoint';

const PACKAGE = '@callflow/node-red-microsip';
const CATALOG = `${PACKAGE}/microsip-sidebar`;

export type Params = Record<string, string | number>;

/** A text of the sidebar's catalog, in the language of the editor. */
export function word(key: string, params?: Params): string {
  return RED._(`${CATALOG}:${key}`, params);
}

/** What an endpoint says went wrong. */
export function sentence({ key, params, message = '' }: Partial<AdminError>): string {
  return key === undefined ? message : word(key, params);
}
