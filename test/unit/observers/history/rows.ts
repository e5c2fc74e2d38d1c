import {
  NEWEST,
  type HistoryRow,
  type HistoryPage,
  type Want,
} from '../../../../src/observers/history/rows/history-row';

/** 2026-11-22T20:00:00Z in seconds since 1970. */
export const NOON = 1_795_377_600;

/** An outgoing call that goes on, unless told otherwise. */
export function row(more: Partial<HistoryRow> & { id: number }): HistoryRow {
  const key = more.key ?? `call-${more.id}@host`;
  return {
    key,
    sipCallId: key,
    number: '1001',
    name: 'Ada',
    type: 0,
    time: NOON + more.id,
    duration: 0,
    info: '',
    ...more,
  };
}

/** What a store gives, made of rows in memory. */
export function lookAt(rows: readonly HistoryRow[], { after, oldest, limit, ids }: Want): HistoryPage {
  const sorted = [...rows].sort((a, b) => a.id - b.id);
  const page = sorted.filter(({ id, time }) => id > after && time >= oldest).slice(0, limit);
  const wanted = new Set([...page, ...sorted.slice(-NEWEST)].map(({ id }) => id).concat(ids));
  const maxId = sorted.at(-1)?.id ?? 0;
  return {
    rows: sorted.filter(({ id }) => wanted.has(id)),
    maxId,
    upTo: page.length < limit ? maxId : (page.at(-1)?.id ?? maxId),
  };
}
