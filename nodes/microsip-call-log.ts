import type { Node, NodeAPI } from 'node-red';
import { callLogMessage } from '../src/node-red/messages/event-message';
import { guarded } from '../src/node-red/inputs/guarded';
import { PhoneUser, type PhoneUserConfig } from '../src/node-red/phones/phone-user';
import { wordList } from '../src/node-red/inputs/settings';
import type { FinishedCall } from '../src/phone/phone-event';

interface CallLogConfig extends PhoneUserConfig {
  /** `inbound` or `outbound`; whatever else: both. */
  direction?: string;
  /** Dispositions; empty: all. */
  disposition?: string[] | string;
  replayMissed?: boolean | string;
}

export = function (RED: NodeAPI): void {
  function CallLogNode(this: Node, config: CallLogConfig): void {
    RED.nodes.createNode(this, config);
    const { phone } = new PhoneUser(RED, this, config);
    if (!phone) return;
    const isWanted = filter(config);
    const stop = phone.told.onFinished((finished) => {
      if (!isWanted(finished)) return;
      guarded(this, () => {
        this.send(callLogMessage(phone.name, finished));
      });
    });
    this.on('close', stop);
  }
  RED.nodes.registerType('microsip-call-log', CallLogNode);
};

function filter({ direction, disposition, replayMissed }: CallLogConfig): (finished: FinishedCall) => boolean {
  const dispositions = wordList(disposition);
  const oneWay = direction === 'inbound' || direction === 'outbound';
  const replays = replayMissed === true || replayMissed === 'true';
  return ({ call, replayed }) =>
    (!oneWay || call.direction === direction) &&
    (dispositions.length === 0 || dispositions.includes(call.disposition ?? '')) &&
    (replays || !replayed);
}
