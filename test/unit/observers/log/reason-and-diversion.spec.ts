import assert from 'node:assert/strict';
import { diversionOf } from '../../../../src/observers/log/sip/diversion';
import { q850Cause, takenElsewhere } from '../../../../src/observers/log/sip/reason-header';
import { parseSipMessage, type SipMessage } from '../../../../src/observers/log/sip/sip-message';

function withHeaders(...lines: string[]): SipMessage {
  const message = parseSipMessage(Buffer.from(['CANCEL sip:1@x SIP/2.0', ...lines, '', ''].join('\r\n')));
  assert.ok(message);
  return message;
}

describe('the reason of an end', () => {
  const CAUSES: [number | undefined, ...string[]][] = [
    [41, 'Reason: Q.850;cause=41'],
    [3, 'reason : q.850 ; text="No route" ; CAUSE = 3'],
    [27, 'REASON: SIP;cause=503;text="a, b;cause=1", Q.850;cause=27;text="Out, of order"'],
    [34, 'Reason: SIP;cause=503', 'Reason: Q.850;cause=34'],
    [47, 'Reason: Q.850', '  ;cause=47', '\t;text="folded"'],
    [38, 'Reason: Q.850;text="Q.850;cause=1";cause=38'],
    [127, 'Reason: Q.850;cause="127"'],
    [16, 'Reason: Q.850;cause=016'],
    [17, 'Reason: Q.850;cause=0, Q.850;cause=128, Q.850;cause=17'],
    [18, 'Reason: Q.850;text="a \\" ;cause=1";cause=18'],
    [undefined, 'Reason: Q.850;cause=1234567'],
    [undefined, 'Reason: Q.850;cause=sixteen'],
    [undefined, 'Reason: Q.850'],
    [undefined, 'Reason: Preemption;cause=1'],
    [undefined, 'Reason: XQ.850;cause=1'],
    [undefined, 'X-Reason: Q.850;cause=1'],
    [undefined, 'Reason:'],
  ];
  for (const [cause, ...lines] of CAUSES) {
    it(`${lines.join(' | ')} gives ${cause ?? 'none'}`, () => {
      assert.deepEqual(q850Cause(withHeaders(...lines)), cause === undefined ? {} : { q850Cause: cause });
    });
  }

  it('a call that a colleague took is told by a SIP status, a Q.850 cause or in words', () => {
    const elsewhere = [
      ['Reason: SIP;cause=200'],
      ['Reason: sip ; text="Call completed elsewhere" ; cause = 200'],
      ['Reason: Q.850;cause=26'],
      ['Reason: SIP;cause=487', 'Reason: Q.850 ;text="x";cause=26'],
      ['Reason: SIP;text="Call completed elsewhere"'],
      ['Reason: SIP;cause=600;text="Busy", Q.850;cause=26'],
    ];
    for (const lines of elsewhere) assert.ok(takenElsewhere(withHeaders(...lines)), lines.join());
    const givenUp = [
      ['Reason: SIP;cause=487;text="ORIGINATOR_CANCEL"'],
      ['Reason: Q.850;cause=16'],
      ['Reason: Q.850;cause=200'],
      ['Reason: SIP;cause=26'],
      ['Reason: SIP;cause=2000'],
      ['Reason: SIP;text="cause=200"'],
      ['X: SIP;cause=200'],
    ];
    for (const lines of givenUp) assert.ok(!takenElsewhere(withHeaders(...lines)), lines.join());
  });
});

describe('who diverted a call', () => {
  const CASES: [string, string | undefined, ...string[]][] = [
    [
      'Diversion is believed first',
      '300',
      'Diversion: <sip:300@pbx>',
      'History-Info: <sip:1@p>;index=1, <sip:2@p;cause=302>;index=1.1',
    ],
    [
      'the one before the target of a diversion',
      'bob',
      'History-Info: <sip:bob@p>;index=1, <sip:office@p;cause=302>;index=1.1',
    ],
    [
      'the one that the target stands for',
      'bob',
      'History-Info: <sip:bob@example.com?Reason=SIP%3Bcause%3D302>;index=1',
      'History-Info: <sip:bob@192.0.2.4?Reason=SIP%3bcause%3d302%3btext%3d%22Moved%2C%20away%22>;index=1.1;rc=1',
      'History-Info: <sip:office@example.com;cause=302>;index=1.2;mp=1',
      'History-Info: <sip:office@192.0.2.5>;index=1.2.1;rc=1.2',
    ],
    [
      'the last of several, in the order of the indexes',
      'carol',
      'History-Info: <sip:dave@p;cause=486>;index=1.10;mp=1.9, "C, Carol" <sip:carol@p;cause=302>;index=1.9;mp=1, <sip:bob@p>;index=1',
    ],
    [
      'the one that was left, by its escaped Reason alone',
      '+4930123',
      'History-Info: <sip:+4930123@p;user=phone?Reason=SIP%3Bcause%3D486&Privacy=none>;index=1,',
      ' <sip:1001@p>;index=1.1',
    ],
    ['the one that a single entry says was left', 'bob', 'HISTORY-INFO: <sip:bob@p?reason=Q.850%3Bcause%3D17>;index=1'],
    [
      'nobody, when the call was only routed on',
      undefined,
      'History-Info: <sip:bob@p>;index=1, <sip:bob@192.0.2.1>;index=1.1;rc=1',
    ],
    ['nobody, when the escapes are broken', undefined, 'History-Info: <sip:bob@p?Reason=%zz>;index=1'],
    ['nobody, when there is nothing of it', undefined, 'History-Info: , ;index=x'],
  ];
  for (const [what, expected, ...lines] of CASES) {
    it(`is ${what}`, () => {
      assert.equal(diversionOf(withHeaders(...lines)), expected);
    });
  }
});
