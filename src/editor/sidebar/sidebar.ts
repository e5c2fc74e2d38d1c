import type { LivePhone, LiveState, PhonesAnswer, ShownPhone } from '../../node-red/sidebar/sidebar-json';
import { element, setText, show } from './elements';
import { mayRead, mayWrite } from '../permissions';
import { PhoneCard } from './phone-card';
import type { KnownPhone } from './phone-facts';
import { word } from './words';

/** With more phones than these only the first lines of each are shown until somebody wants more. */
const MOST_UNFOLDED = 3;
const SECOND = 1000;
/** With more phones than these all are asked for. */
const MOST_IDS = 100;
export const SIDEBAR_ID = 'microsip-sidebar';

type Asked = ShownPhone & { revision: number };

/** The phones of the running flows. Asks for nothing by itself while nobody can see it. */
export class Sidebar {
  readonly element: HTMLElement;
  private readonly list = element('div', { class: 'microsip-phones' });
  private readonly empty = element('p', { class: 'microsip-empty' });
  private readonly readOnly = element('p', { class: 'microsip-empty' });
  private readonly cards = new Map<string, PhoneCard>();
  /** What was asked for of each phone. */
  private asked = new Map<string, Asked>();
  private live: LiveState | undefined;
  private isSeen = false;
  private isAsking = false;
  private clock: number | undefined;

  constructor(children: HTMLElement[]) {
    this.element = element('div', {
      class: 'microsip-sidebar',
      attr: { id: SIDEBAR_ID, tabindex: '0', role: 'region', 'aria-label': word('title') },
      children: [this.readOnly, this.empty, this.list, ...children],
    });
    new IntersectionObserver((entries) => {
      this.setSeen(entries.some(({ isIntersecting }) => isIntersecting));
    }).observe(this.element);
    this.render();
  }

  /** What Node-RED tells of all phones. */
  hear(live: LiveState): void {
    if (live.session !== this.live?.session) this.asked.clear();
    this.live = live;
    const ids = new Set(live.phones.map(({ id }) => id));
    for (const id of this.asked.keys()) if (!ids.has(id)) this.asked.delete(id);
    this.render();
    this.ask();
  }

  private setSeen(isSeen: boolean): void {
    this.isSeen = isSeen;
    this.ask();
    this.runClock();
  }

  /** For what is not known yet of the phones: one request at a time, however many changes come meanwhile. */
  private ask(): void {
    if (!this.isSeen || this.isAsking || !mayRead()) return;
    const { live } = this;
    const stale = live?.phones.filter(({ id, revision }) => this.asked.get(id)?.revision !== revision);
    if (stale?.length === 0) return;
    // So many ids are more than an address has room for.
    const isAll = stale === undefined || stale.length === live?.phones.length || stale.length > MOST_IDS;
    const wanted = new Set((isAll ? live?.phones : stale)?.map(({ id }) => id));
    this.isAsking = true;
    $.ajax({
      url: 'microsip-phone/sidebar',
      dataType: 'json',
      ...(!isAll && { data: { ids: stale.map(({ id }) => id).join(',') } }),
    })
      .done((answer: PhonesAnswer) => {
        this.isAsking = false;
        this.take(answer, isAll, wanted);
      })
      .fail(() => {
        // The next change, or the next look here, asks again.
        this.isAsking = false;
      });
  }

  /** @param wanted those that were asked for */
  private take({ session, phones }: PhonesAnswer, isAll: boolean, wanted: ReadonlySet<string>): void {
    if (isAll || session !== this.live?.session) this.asked.clear();
    for (const phone of phones) this.asked.set(phone.id, phone);
    if (!this.live || (isAll && session !== this.live.session)) this.live = { session, phones: phones.map(liveOf) };
    const { live } = this;
    // What was heard meanwhile may be newer, or what was asked for may be.
    const isBehind = live.phones.some(({ id, revision }) => {
      const known = this.asked.get(id)?.revision;
      // One that was asked for and is not in the answer is gone, as phones are during a deploy: it will be heard of.
      return known === undefined ? !wanted.has(id) : known < revision;
    });
    this.render();
    if (isBehind) this.ask();
  }

  private render(): void {
    const known = this.known();
    for (const [id, card] of this.cards) {
      if (known.some((phone) => phone.id === id)) continue;
      card.element.remove();
      this.cards.delete(id);
    }
    known.forEach((phone, place) => {
      const card = this.cards.get(phone.id) ?? this.addCard(phone);
      card.update(phone);
      card.unfold(known.length <= MOST_UNFOLDED);
      const there = this.list.children.item(place);
      if (there !== card.element) this.list.insertBefore(card.element, there);
    });
    setText(this.empty, word('none'));
    show(this.empty, this.live !== undefined && known.length === 0);
    setText(this.readOnly, word(mayRead() ? 'read_only' : 'states_only'));
    show(this.readOnly, !mayWrite() && known.length > 0);
    this.runClock();
  }

  /** In the order of their names, so that none moves away from under the mouse. */
  private known(): KnownPhone[] {
    const phones = (this.live?.phones ?? []).map((live): KnownPhone => {
      const shown = this.asked.get(live.id);
      const newest = shown && shown.revision > live.revision ? liveOf(shown) : live;
      const { calls, registration, ...rest } = newest;
      return {
        ...rest,
        callCount: calls.length,
        ...(registration && { registrationState: registration }),
        ...(shown && { shown }),
      };
    });
    const nameOf = ({ id, shown }: KnownPhone): string => shown?.name ?? RED.nodes.node(id)?.name ?? id;
    return phones.sort((one, other) => nameOf(one).localeCompare(nameOf(other)) || one.id.localeCompare(other.id));
  }

  private addCard(phone: KnownPhone): PhoneCard {
    const card = new PhoneCard(phone.id, phone, () => {
      RED.sidebar.config.show(phone.id);
    });
    this.cards.set(phone.id, card);
    return card;
  }

  /** Only while there are times to be seen running. */
  private runClock(): void {
    const runs = this.isSeen && [...this.asked.values()].some(({ calls }) => calls.length > 0);
    if (runs === (this.clock !== undefined)) return;
    window.clearInterval(this.clock);
    this.clock = runs
      ? window.setInterval(() => {
          for (const card of this.cards.values()) card.tick();
        }, SECOND)
      : undefined;
  }
}

function liveOf({ id, revision, connection, presence, state, problem, registration, calls }: Asked): LivePhone {
  return {
    ...{ id, revision, connection, presence, state, calls },
    ...(problem && { problem }),
    ...(registration && { registration: registration.state }),
  };
}
