import { inject, onBeforeUnmount, provide, ref, shallowRef, type InjectionKey, type Ref } from 'vue';
import { ANSWER_TIME, FIELD, type Answer, type Match, type PhoneView, type ToBrowser } from '../../src/protocol';
import { codeWords } from './call-words';
import type { Language } from './language';
import { DoubleClicks } from './double-clicks';

/** What Dashboard provides to its widgets (its docs/contributing/guides/events.md). */
interface Socket {
  connected: boolean;
  emit(event: string, id: string, message: object): void;
  on(event: string, listener: () => void): void;
  off(event: string, listener: () => void): void;
}
type Message = Record<string, unknown> | null | undefined;
type Take = (message: Message) => void;
type DataTracker = (id: string, onInput: Take, onLoad: Take) => void;

type Asked =
  { ask: 'view' } | { ask: 'contacts'; text: string } | { language: string; command: Record<string, unknown> };
interface Said {
  answer?: Answer;
  found?: Match[];
}

export interface Link {
  language: Language;
  view: Readonly<Ref<PhoneView | undefined>>;
  connected: Readonly<Ref<boolean>>;
  /** What could not be done, in words; empty when there is nothing to tell. */
  failure: Ref<string>;
  /** ms that this device's clock is ahead of the phone's. */
  clockAhead: Readonly<Ref<number>>;
  /** The number that the flow gave last for the dial field. */
  offered: Readonly<Ref<{ number: string } | undefined>>;
  /** @returns whether it was done */
  command(command: Record<string, unknown>): Promise<boolean>;
  findContacts(text: string): Promise<Match[]>;
}

/** ms */
const SEARCH_TIME = 3000;
const KEY: InjectionKey<Link> = Symbol('microsip');

/** The way between this browser and the node, for the widget and all that is in it; to be called in `setup`. */
export function provideLink(id: string, language: Language): Link {
  const socket = inject<Socket>('$socket');
  const track = inject<DataTracker>('$dataTracker');
  if (!socket || !track) throw new Error('This is no dashboard');
  const view = shallowRef<PhoneView>();
  const connected = ref(true);
  const failure = ref('');
  const clockAhead = ref(0);
  const offered = shallowRef<{ number: string }>();
  const doubleClicks = new DoubleClicks();
  const waiting = new Map<string, (said: Said) => void>();
  const prefix = Math.random().toString(36).slice(2, 10);
  let count = 0;

  const show = (said: ToBrowser | undefined): void => {
    if (said?.view) view.value = said.view;
  };
  const take: Take = (message) => {
    const said = message?.[FIELD] as ToBrowser | undefined;
    show(said);
    if (said?.view) clockAhead.value = Date.now() - said.view.time;
    if (said?.number !== undefined) offered.value = { number: said.number };
    if (said?.answer) waiting.get(said.answer.request)?.({ answer: said.answer });
    if (said?.matches) waiting.get(said.matches.request)?.({ found: said.matches.found });
  };
  const ask = (asked: Asked, ms: number): Promise<Said> => {
    const request = `${prefix}-${String(++count)}`;
    return new Promise((resolve) => {
      const end = (said: Said): void => {
        clearTimeout(timer);
        waiting.delete(request);
        resolve(said);
      };
      const timer = setTimeout(end, ms, {});
      waiting.set(request, end);
      socket.emit('widget-action', id, { [FIELD]: { request, ...asked } });
    });
  };

  track(id, take, (message) => {
    show(message?.[FIELD] as ToBrowser | undefined);
    // What waited in the store does not tell what time it is there now.
    void ask({ ask: 'view' }, 0);
  });
  const noteConnection = (): void => {
    connected.value = socket.connected;
  };
  for (const event of ['connect', 'disconnect']) socket.on(event, noteConnection);
  onBeforeUnmount(() => {
    for (const event of ['connect', 'disconnect']) socket.off(event, noteConnection);
  });

  const link: Link = {
    ...{ language, view, connected, failure, clockAhead, offered },
    command: (command) =>
      doubleClicks.run(command, async () => {
        failure.value = '';
        const { answer } = await ask({ language: language.format, command }, ANSWER_TIME);
        if (answer && answer.code === undefined) return true;
        failure.value = answer?.message ?? codeWords(answer?.code ?? 'unanswered', language.t);
        return false;
      }),
    async findContacts(text) {
      const { found = [] } = await ask({ ask: 'contacts', text }, SEARCH_TIME);
      return found;
    },
  };
  provide(KEY, link);
  return link;
}

/** For what is in the widget. */
export function useLink(): Link {
  const link = inject(KEY);
  if (!link) throw new Error('This is not in a phone');
  return link;
}
