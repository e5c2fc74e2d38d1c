import type { Node, NodeAPI, NodeDef } from 'node-red';
import { monotonicMs } from '../src/monotonic-ms';
import { directoryClient, onLost } from '../src/node-red/contacts/directory-client';
import { DirectoryStatus } from '../src/node-red/contacts/directory-status';
import { keptDirectory } from '../src/node-red/contacts/kept-directory';
import { REFRESH } from '../src/node-red/contacts/refresh-words';
import { onInput } from '../src/node-red/inputs/guarded-input';
import { outgoing } from '../src/node-red/messages/outgoing-message';
import { PhoneError } from '../src/phone/errors/phone-error';
import type { PhoneNode } from '../src/node-red/phones/phone-service';

interface ContactsConfig extends NodeDef {
  /** Seconds. */
  refresh?: number | string;
  /** Whose callers get names; empty: nobody's. */
  phone?: string;
}

/** Instead of those of the answer that the contacts came from. Nobody on the way is to keep a company's numbers. */
const HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };

export = function (RED: NodeAPI): void {
  function ContactsNode(this: Node, config: ContactsConfig): void {
    RED.nodes.createNode(this, config);
    const directory = keptDirectory(this);
    const status = new DirectoryStatus(RED, this);
    status.showCount(directory.latest?.count);
    const phone = config.phone ? (RED.nodes.getNode(config.phone) as Partial<PhoneNode> | null | undefined) : undefined;
    // A flow that was written by hand may name a node of another type.
    const forget = phone?.service?.callers.add({
      nameOf: (number, e164) => directory.latest?.names.nameOf(number, e164),
      find: (text, most) => directory.latest?.search.find(text, most) ?? [],
    });
    if (forget) this.on('close', forget);
    onInput(
      RED,
      this,
      // eslint-disable-next-line @typescript-eslint/require-await -- the input takes what may have to wait
      async (msg, send) => {
        const refresh = seconds(config.refresh);
        const { payload, lamps } = msg as { payload?: unknown; lamps?: unknown };
        const answer = directory.answer({
          ...{ contacts: payload, lamps, refresh, now: monotonicMs() },
          ...directoryClient(msg),
        });
        onLost(msg, answer.lost);
        status.showAnswer(answer);
        send(outgoing(msg, { payload: answer.text, headers: { ...HEADERS }, statusCode: 200 }));
      },
      (code) => {
        status.showError(code);
      },
    );
  }
  RED.nodes.registerType('microsip-contacts', ContactsNode);
};

/** @throws PhoneError `config` */
function seconds(value: number | string = ''): number {
  const number = value === '' ? REFRESH.preset : Number(value);
  if (!(number >= REFRESH.least && number <= REFRESH.most))
    throw new PhoneError('config', 'value', { name: 'refresh', value });
  return Math.round(number);
}
