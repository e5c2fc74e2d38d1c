import assert from 'node:assert/strict';
import { RecordSplitter } from '../../../../../src/observers/log/records/record-splitter';
import { LogReader } from '../../../../../src/observers/log/log-reader';
import { byThem, request, response, ScriptedLog, THEM, US } from '../scripted-log';

const OPENING = { from: `${THEM};tag=theirs`, to: US };
const ANSWERED = { from: `${THEM};tag=theirs`, to: `${US};tag=ours` };

function dumpText(packets = 500, header = '"Bob" <sip:200@pbx.example.test>;tag=theirs', codec = 'PCMU'): string {
  return (
    `\n  [DISCONNECTED] To: ${header}\r\n    Call time: 00h:00m:10s, 1st res in 1 ms, conn in 2ms\n` +
    `    #0 audio ${codec} @8kHz, sendrecv, peer=192.0.2.9:6000\n       SRTP status: Not active Crypto-suite: \n` +
    '       RX pt=0, last update:00h:00m:00.764s ago\n' +
    `          total ${packets}pkt 8.0KB (10.0KB +IP hdr) @avg=64.0Kbps/80.0Kbps\n` +
    '          pkt loss=0 (0.0%), discrd=0 (0.0%), dup=0 (0.0%), reord=0 (0.0%)\n'
  );
}

/** A call that came in on this slot and was answered; without a slot nothing in the log tells which one it has. */
function answered(log: ScriptedLog, callId: string, slot?: number, theirs = 'theirs'): ScriptedLog {
  const tags = (text: string): string => text.replace('theirs', theirs);
  log.rx(request('INVITE', { ...OPENING, from: tags(OPENING.from), callId, branch: `z9hG4bK-${callId}` }));
  if (slot !== undefined) {
    const [, name = ''] =
      /Processing incoming message: (Request msg INVITE\S+ \(\w+\))\r\n(?![^]*Processing)/.exec(log.bytes.toString()) ??
      [];
    log.line('pjsua_call.c', `.Incoming ${name}`).line('pjsua_media.c', `..Call ${slot}: initializing media..`);
  }
  log.tx(
    response(180, 'Ringing', 'INVITE', { ...ANSWERED, from: tags(ANSWERED.from), callId, branch: `z9hG4bK-${callId}` }),
  );
  return log.tx(
    response(200, 'OK', 'INVITE', { ...ANSWERED, from: tags(ANSWERED.from), callId, branch: `z9hG4bK-${callId}` }),
  );
}

function bye(log: ScriptedLog, callId: string, theirs = 'theirs'): ScriptedLog {
  return log.rx(request('BYE', { ...byThem, from: byThem.from.replace('theirs', theirs), callId, cseq: 9 }));
}

function torndown(log: ScriptedLog, slot: number, text = dumpText()): ScriptedLog {
  log.line('pjsua_media.c', `......Call ${slot}: deinitializing media..`);
  return dumped(log, text);
}

function dumped(log: ScriptedLog, text = dumpText()): ScriptedLog {
  return log.raw(`${log.stamp} ${'pjsua_media.c'.padStart(22)}  .......${text}`).line('conference.c', '.Remove port 1');
}

/** `call-1 500`: packets of each call of whose media was told; `-` when nothing was known of them. */
function told(log: ScriptedLog): string[] {
  return log.happenings.flatMap((one) =>
    one.type === 'media' ? [`${one.call.key} ${one.quality?.received?.packets ?? '-'}`] : [],
  );
}

describe('the quality of a call in a log', () => {
  it('is that of the call in the slot whose media are taken down', () => {
    const log = answered(answered(new ScriptedLog(), 'call-1', 0, 'one'), 'call-2', 1, 'two');
    bye(log, 'call-2', 'two');
    torndown(log, 1, dumpText(222, '<sip:200@x>;tag=two'));
    bye(log, 'call-1', 'one');
    torndown(log, 0, dumpText(111, '<sip:200@x>;tag=one'));
    assert.deepEqual(told(log), ['call-2 222', 'call-1 111']);
  });

  it('is found by the tag when nothing tells the slot, unless two calls have it', () => {
    const log = torndown(bye(answered(new ScriptedLog(), 'call-1'), 'call-1'), 3);
    assert.deepEqual(told(log), ['call-1 500']);
    const two = answered(answered(new ScriptedLog(), 'call-1'), 'call-2');
    assert.deepEqual(told(torndown(bye(two, 'call-2'), 0)), []);
  });

  it('of another call is not given by a far end that takes its tag', () => {
    const log = answered(answered(new ScriptedLog(), 'call-1', 0), 'call-2', 1);
    assert.deepEqual(told(torndown(bye(log, 'call-2'), 1)), ['call-2 500']);
    const other = answered(answered(new ScriptedLog(), 'call-1', 0, 'one'), 'call-2', 1, 'two');
    assert.deepEqual(told(torndown(other, 1, dumpText(5, '<sip:200@x>;tag=one'))), []);
  });

  it('is told once, also where a slot is taken down again', () => {
    const log = torndown(bye(answered(new ScriptedLog(), 'call-1', 0), 'call-1'), 0);
    assert.deepEqual(told(torndown(log, 0, dumpText(7))), ['call-1 500']);
  });

  it('is known to be unknown when no dump comes', () => {
    const log = bye(answered(new ScriptedLog(), 'call-1', 0), 'call-1');
    log.line('pjsua_media.c', '.Call 0: deinitializing media..').line('dlg0x1', '.Dialog destroyed');
    log.line('pjsua_core.c', 'more');
    assert.deepEqual(told(log), ['call-1 -']);
  });

  it('counts only right behind the line that says whose media are taken down', () => {
    const alone = bye(answered(new ScriptedLog(), 'call-1', 0), 'call-1');
    assert.deepEqual(told(dumped(alone)), []);
    for (const sender of ['conference.c', 'pjsua_core.c', 'dlg0x1']) {
      const log = bye(answered(new ScriptedLog(), 'call-1', 0), 'call-1');
      log.line('pjsua_media.c', '.Call 0: deinitializing media..').line(sender, '.something else');
      assert.deepEqual(told(dumped(log)), ['call-1 -'], sender);
    }
    const other = bye(answered(new ScriptedLog(), 'call-1', 0), 'call-1');
    other.line('pjsua_core.c', '.Call 0: deinitializing media..');
    assert.deepEqual(told(dumped(other)), []);
  });

  it('is not made up by a header that brings records of its own', () => {
    const log = new ScriptedLog();
    const record = (text: string): string => `${log.stamp} ${'pjsua_media.c'.padStart(22)}  .${text}`;
    const forged =
      `"\r\n${record('Call 0: deinitializing media..')}\r\n${record('')}\n  [CONFIRMED] To: <sip:x>;tag=theirs\r\n` +
      '    Call time: 00h:00m:10s, 1st res in 1 ms, conn in 2ms\n    #0 audio opus @48kHz, sendrecv, peer=-\n';
    for (const length of [90, 180, 250, forged.length]) {
      const header = `${forged.slice(0, length)}" <sip:200@x>;tag=theirs`;
      const happenings = torndown(answered(new ScriptedLog(), 'call-1', 0), 0, dumpText(500, header)).happenings;
      for (const one of happenings) {
        if (one.type === 'media') assert.notEqual(one.quality?.codec, 'opus', String(length));
      }
    }
  });

  it('has no record in a header that ends it as PJSIP would', () => {
    const log = new ScriptedLog();
    const time = '    Call time: 00h:00m:10s, 1st res in 1 ms, conn in 2ms';
    const forged = `${log.stamp} ${'pjsua_acc.c'.padStart(22)}  .SIP registration failed, status=403 (x)`;
    for (const before of [`\n${time}\n`, '\n    Call time: \n', `\r\n${time}\r\n`]) {
      const header = `"a${before}${forged}\r\n" <sip:2@x>;tag=theirs`;
      assert.ok(header.length < 256);
      const { happenings } = torndown(answered(new ScriptedLog(), 'call-1', 0), 0, dumpText(500, header));
      assert.deepEqual(
        happenings.flatMap((one) => (one.type === 'media' ? [one.quality?.received?.packets] : [])),
        [500],
      );
      assert.equal(happenings.filter(({ type }) => type === 'registration').length, 0);
    }
  });

  it('of two calls that nobody answered is not mixed up, one dump right behind the other', () => {
    const log = answered(answered(new ScriptedLog(), 'call-1', 0, 'one'), 'call-2', 1, 'two');
    const short = (tag: string): string =>
      `\n  [EARLY] To: <sip:2@x>;tag=${tag}\r\n    Call time: 00h:00m:00s, 1st res in 1 ms, conn in 0ms\n`;
    for (const [slot, tag] of [
      [0, 'one'],
      [1, 'two'],
    ] as const) {
      log.line('pjsua_media.c', `......Call ${slot}: deinitializing media..`);
      log.raw(`${log.stamp} ${'pjsua_media.c'.padStart(22)}  .......${short(tag)}`);
      log.line('pjsua_media.c', `.......Call ${slot}: cleaning up provisional media, prov_med_cnt=1, med_cnt=0`);
    }
    assert.deepEqual(told(log), ['call-1 -', 'call-2 -']);
  });

  it('does not make a call end that goes on', () => {
    const log = torndown(answered(new ScriptedLog(), 'call-1', 0), 0, dumpText(500, 'sip:x;tag=other'));
    assert.equal(log.happenings.filter(({ type }) => type === 'ended').length, 0);
  });

  it('of a dump that never ends does not fill the memory', () => {
    const records: number[] = [];
    const splitter = new RecordSplitter(({ text }) => records.push(text.length));
    const head = new ScriptedLog().line('pjsua_media.c', '.Call 0: deinitializing media..').bytes;
    splitter.push(Buffer.concat([head, Buffer.from(`12:00:00.000 ${'pjsua_media.c'.padStart(22)}  .${dumpText()}`)]));
    for (let index = 0; index < 2000; index += 1) {
      splitter.push(Buffer.from(`    #${index % 900} audio PCMU @8kHz, sendrecv, peer=${'x'.repeat(900)}\n`));
      assert.ok(splitter.pending <= 16 * 1024);
    }
    assert.ok(Math.max(...records) <= 16 * 1024);
    const reader = new LogReader();
    for (let index = 0; index < 20_000; index += 1) {
      reader.push(new ScriptedLog().line('pjsua_media.c', `.Call ${index % 10_000}: initializing media..`).bytes);
    }
    assert.equal(reader.calls.length, 0);
  });
});
