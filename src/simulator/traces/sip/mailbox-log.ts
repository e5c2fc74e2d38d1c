import { randomUUID } from 'node:crypto';
import type { Voicemail } from '../../../phone/voicemail';
import { objectName, randomHex, SERVER_ADDRESS, type OwnIdentity } from './sip-dialog';
import type { SipExchange } from './sip-exchange';
import { sipMessage } from './sip-message-text';

/** What the server says of the mailbox without having been asked (docs/microsip/further.md, part E). */
export function notifyVoicemail(exchange: SipExchange, own: OwnIdentity, voicemail: Voicemail): void {
  const callId = randomUUID();
  const branch = `z9hG4bK${randomHex(16)}`;
  const remote = `<sip:asterisk@${SERVER_ADDRESS}>;tag=${randomHex(8)}`;
  const via = `SIP/2.0/UDP ${SERVER_ADDRESS};rport;branch=${branch}`;
  const dialog = [`Call-ID: ${callId}`, 'CSeq: 102 NOTIFY'];
  const notify = sipMessage({
    start: `NOTIFY ${own.contact.replace(/^<|>$/g, '')} SIP/2.0`,
    ours: false,
    headers: [
      `Via: ${via}`,
      'Max-Forwards: 70',
      `From: ${remote}`,
      `To: ${own.address}`,
      ...dialog,
      `Contact: <sip:asterisk@${SERVER_ADDRESS}>`,
      'Event: message-summary',
      'Subscription-State: active',
    ],
    body: { type: 'application/simple-message-summary', text: summary(voicemail) },
  });
  const what = exchange.receive('Request msg NOTIFY/cseq=102', notify);
  exchange.line('worker', 'pjsua_pres.c', 1, `Got unsolicited NOTIFY from ${SERVER_ADDRESS}..`);
  const answer = sipMessage({
    start: 'SIP/2.0 200 OK',
    ours: true,
    headers: [
      `Via: ${via};received=127.0.0.1`,
      `From: ${remote}`,
      `To: ${own.address};tag=${randomHex(16)}`,
      ...dialog,
    ],
  });
  exchange.line('worker', 'sip_endpoint.c', 2, `${what}: Response msg 200/NOTIFY/cseq=102 created`);
  exchange.transmit('worker', 2, 'Response msg 200/NOTIFY/cseq=102', objectName('tdta'), answer);
}

/** RFC 3842 */
function summary({ waiting, new: fresh, old, urgentNew, urgentOld, account }: Voicemail): string {
  const urgent = urgentNew === undefined || urgentOld === undefined ? '' : ` (${urgentNew}/${urgentOld})`;
  return [
    `Messages-Waiting: ${waiting ? 'yes' : 'no'}`,
    ...(account === undefined ? [] : [`Message-Account: ${account}`]),
    ...(fresh === undefined || old === undefined ? [] : [`Voice-Message: ${fresh}/${old}${urgent}`]),
    '',
  ].join('\r\n');
}
