import assert from 'node:assert/strict';
import { RecordSplitter, type LogRecord } from '../../../../../src/observers/log/records/record-splitter';
import { toldCalls } from '../recorded-logs';
import { byThem, request, response, ScriptedLog } from '../scripted-log';

interface Seen {
  stamp: number;
  text: string;
  message?: string;
  cut?: boolean;
}

function split(...pieces: (string | Buffer)[]): Seen[] {
  const records: Seen[] = [];
  const splitter = new RecordSplitter(({ stamp, text, message }: LogRecord) => {
    records.push({ stamp, text, ...(message && { message: message.bytes.toString('latin1'), cut: message.cut }) });
  });
  for (const piece of pieces) splitter.push(Buffer.from(piece as string));
  splitter.settle();
  return records;
}

const textsOf = (...pieces: (string | Buffer)[]): string[] => split(...pieces).map(({ text }) => text);
const LINE = '12:00:00.000           pjsua_core.c  one\r\n';
const NEXT = '12:00:01.234           pjsua_core.c !..two\r\n';
const HOUR = 3_600_000;

/** Lines as an attacker would like to see them in the log. */
const FORGED = (stamp: string): string =>
  [
    `${stamp}         sip_endpoint.c  Processing incoming message: Request msg INVITE/cseq=1 (rdata0x1234)`,
    `${stamp}           pjsua_core.c  .RX 9 bytes Request msg INVITE/cseq=1 (rdata0x1234) from UDP 192.0.2.66:5060:\nforged!!!`,
    '--end msg--',
    `${stamp}            pjsua_acc.c  SIP registration failed, status=403 (Forbidden)`,
    '',
  ].join('\r\n');

describe('log records', () => {
  it('have a stamp, a sender and a text, whatever the thread and the depth', () => {
    assert.deepEqual(split(LINE + NEXT), [
      { stamp: 12 * HOUR, text: 'one' },
      { stamp: 12 * HOUR + 1234, text: 'two' },
    ]);
    assert.deepEqual(textsOf('12:00:00.000    pjsua_core.c  ......deep\r\n'), ['deep']);
    assert.deepEqual(
      textsOf('12:00:00.000    pjsua_core.c  \r\n', '12:00:00.000\r\n', '25:00:00.000 pjsua_core.c  x\r\n'),
      [''],
    );
  });

  it('wait for their end, and lines that belong to none are passed over', () => {
    assert.deepEqual(textsOf('  lost=0 discard=0\n', LINE.slice(0, 20)), []);
    assert.deepEqual(textsOf(LINE.slice(0, 20), LINE.slice(20), '\r\n\r\nnonsense\r\n', NEXT), ['one', 'two']);
  });

  it('may go over several lines', () => {
    const dump = '12:00:00.000          pjsua_media.c  ..\n  [CONFIRMED] To: <sip:2@x>\n    Call time: 00h\r\n';
    assert.deepEqual(textsOf(dump + NEXT), ['\n  [CONFIRMED] To: <sip:2@x>\n    Call time: 00h\r\n', 'two']);
    assert.deepEqual(textsOf('12:00:00.000          pjsua_media.c  ..\n  more\n' + NEXT), ['\n  more\n', 'two']);
  });

  it('of other senders are not read', () => {
    assert.deepEqual(textsOf('12:00:00.000           conference.c  Add port\r\n', LINE), ['one']);
  });

  it('that never end do not fill the memory', () => {
    const splitter = new RecordSplitter(() => undefined);
    for (let index = 0; index < 100; index += 1) {
      splitter.push(Buffer.alloc(1_000, 'x'));
      assert.ok(splitter.pending <= 16 * 1024);
    }
    splitter.clear();
    const endless =
      '12:00:00.000           pjsua_core.c  .RX 999999999 bytes Request msg INVITE/cseq=1 (rdata1) from UDP 1:1:\n';
    for (let index = 0; index < 1_000; index += 1) {
      splitter.push(Buffer.from(endless));
      assert.ok(splitter.pending <= 16 * 1024);
    }
  });

  describe('of messages', () => {
    const head = (bytes: number): string =>
      `12:00:00.000           pjsua_core.c  .RX ${bytes} bytes Request msg MESSAGE/cseq=1 (rdata0x1) from UDP 192.0.2.9:5060:\n`;

    it('are as long as announced, whatever the message holds', () => {
      const body = `hello\r\n--end msg--\r\n${FORGED('12:00:00.001')}`;
      const [message, next, ...more] = split(head(body.length) + body + '\n--end msg--\r\n' + NEXT);
      assert.equal(message?.message, body);
      assert.equal(message.cut, false);
      assert.equal(next?.text, 'two');
      assert.deepEqual(more, []);
    });

    it('are taken from IPv6 and TLS peers as well', () => {
      const text =
        '12:00:00.000    pjsua_core.c  .RX 2 bytes Response msg 200/BYE/cseq=1 (rdata1) from TLS6 [2001:db8::1]:5061:\n';
      assert.equal(split(`${text}ok\n--end msg--\r\n`)[0]?.message, 'ok');
    });

    it('are cut at the limit of a record, with or without a part of their end', () => {
      for (const length of [3_900, 3_870, 3_869, 3_868, 3_867, 3_866, 3_860]) {
        const record = `${head(length)}${'m'.repeat(length)}\n--end msg--`;
        const cut = record.length >= 3_998;
        const written = `${cut ? record.slice(0, 3_997) : record}\r\n`;
        const [message, next] = split(written + NEXT);
        const kept = Math.min(length, 3_997 - head(length).length);
        assert.equal(message?.message?.length, cut ? kept : length, `${length}`);
        assert.equal(message.cut, kept < length);
        assert.equal(next?.text, 'two');
      }
    });

    it('with a NUL byte end where pjsip stopped to write them, and hide what lies within their announced length', () => {
      const [message, ...more] = split(`${head(700)}abc\n--end msg--\r\n${NEXT.repeat(20)}${LINE}`);
      assert.equal(message?.message, 'abc');
      assert.equal(message.cut, true);
      assert.deepEqual(
        more.map(({ text }) => text),
        [
          ...Array.from({ length: 20 - Math.ceil((700 - 'abc\n--end msg--\r\n'.length) / NEXT.length) }, () => 'two'),
          'one',
        ],
      );
    });

    it('with a NUL byte are given out as soon as the log is quiet', () => {
      assert.equal(split(`${head(700)}abc\n--end msg--\r\n`)[0]?.message, 'abc');
    });

    it('with a NUL byte do not bring in records of another time', () => {
      const forged = `${head(2_000)}abc\n--end msg--\r\n${FORGED('03:00:00.000')}\n--end msg--\r\n`;
      assert.deepEqual(textsOf(forged + LINE.repeat(60)).slice(1, 3), ['one', 'one']);
    });

    it('are passed over when nothing of their end can be found', () => {
      assert.ok(textsOf(`${head(3_000)}abc\r\n${LINE.repeat(120)}`).includes('one'));
    });
  });

  describe('of bad packets', () => {
    const dropped = (packet: string): string =>
      `12:00:00.000        sip_transport.c  Dropping ${packet.length} bytes packet from UDP 192.0.2.9:5060 : bad\n bad again\n\r\n` +
      `12:00:00.000        sip_transport.c  Dropped packet:${packet}\n-- end of packet.\r\n`;
    const refused = (packet: string): string =>
      `12:00:00.000         sip_endpoint.c  Error processing packet from 192.0.2.9:5060: Missing [code 171050]:\n` +
      `${packet}\n-- end of packet.\r\n`;

    it('are as long as announced', () => {
      const packet = `OPTIONS x\r\n-- end of packet.\r\n${FORGED('12:00:00.001')}`;
      assert.deepEqual(textsOf(dropped(packet) + NEXT).slice(1), ['Dropped packet:OPTIONS x', 'two']);
    });

    it('are cut at the limit of a record', () => {
      const whole = dropped(`OPTIONS x\r\n${FORGED('12:00:00.001').repeat(12)}`);
      const start = whole.indexOf('12:00:00.000        sip_transport.c  Dropped');
      const texts = textsOf(`${whole.slice(0, start + 3_997)}\r\n${NEXT}`);
      assert.deepEqual(texts.slice(1), ['Dropped packet:OPTIONS x', 'two']);
    });

    it('end at their mark when no length is told', () => {
      const texts = textsOf(refused(`OPTIONS x\r\n${FORGED('12:00:00.001')}`) + NEXT);
      assert.equal(texts.length, 2);
      assert.equal(texts[1], 'two');
    });

    it('do not end at a mark that records of another time follow', () => {
      const packet = `OPTIONS x\r\n\r\n-- end of packet.\r\n${FORGED('03:00:00.000')}`;
      assert.equal(textsOf(refused(packet) + NEXT).length, 2);
    });

    it('may come one after the other, and be the last that is written', () => {
      assert.equal(textsOf(refused('OPTIONS x') + refused('OPTIONS y')).length, 2);
      assert.equal(textsOf(refused('OPTIONS x') + NEXT.replace('12:', '23:') + LINE.repeat(99)).length, 101);
    });
  });

  it('of received messages count only when pjsip announced them', () => {
    const invite = request('INVITE', { callId: 'forged' });
    const forged = `12:00:00.000   pjsua_core.c  .RX ${invite.length} bytes Request msg INVITE/cseq=1 (rdata0x99) from UDP 1:1:\n`;
    const log = new ScriptedLog()
      .rx(request('INVITE'))
      .raw(`${forged}${invite}\n--end msg--\r\n`)
      .tx(response(180, 'Ringing', 'INVITE', byThem));
    assert.deepEqual(
      toldCalls(log.happenings).map(({ call }) => call.key),
      ['call-1'],
    );
  });
});
