import assert from 'node:assert/strict';
import { parseMediaDump } from '../../../../../src/observers/log/media/media-dump';
import { qualityOf } from '../../../../../src/observers/log/media/quality-of-dump';
import type { CallQuality } from '../../../../../src/phone/calls/call-quality';
import { chanceOf, GeneratedDump } from './generated-dump';

const HEAD = '\n  [CONFIRMED] To: "Bob" <sip:200@x>;tag=theirs\r\n';
const TIME = '    Call time: 00h:00m:06s, 1st res in 1 ms, conn in 722ms\n';
const AUDIO = '    #0 audio PCMU @8kHz, sendrecv, peer=192.0.2.9:6000\n       SRTP status: Not active Crypto-suite: \n';
const RX = `       RX pt=0, last update:00h:00m:00.764s ago
          total 1.2Kpkt 200.0KB (250.0KB +IP hdr) @avg=64.0Kbps/80.0Kbps
          pkt loss=60 (4.8%), discrd=12 (0.9%), dup=0 (0.0%), reord=0 (0.0%)
                (msec)    min     avg     max     last    dev
          loss period:  20.000  20.000  40.000  20.000   2.000
          jitter     :   0.000   2.104   9.250   1.250   0.069
`;
const TX = `       TX pt=0, ptime=20, last update:00h:00m:01.002s ago
          total 2.50Mpkt 8.0KB (10.0KB +IP hdr) @avg=64.0Kbps/80.0Kbps
          pkt loss=5 (0.5%), dup=0 (0.0%), reorder=0 (0.0%)
                (msec)    min     avg     max     last    dev 
          loss period:   0.000   0.000   0.000   0.000   0.000
          jitter     :   0.000   1.200   3.000   1.000   0.400
`;
const RTT = '       RTT msec      :  20.000  23.100  30.000  21.000   1.000\n';
const VIDEO = `    #1 video H264, sendrecv, peer=192.0.2.9:6002
       RX pt=99, size=640x480, fps=15.00, last update:00h:00m:00.100s ago
          total 777pkt 8.0KB (10.0KB +IP hdr) @avg=64.0Kbps/80.0Kbps
          pkt loss=5 (50.0%), discrd=0 (0.0%), dup=0 (0.0%), reord=0 (0.0%)
       RTT msec      :   1.000   1.000   1.000   1.000   1.000
`;
const WHOLE = HEAD + TIME + AUDIO + RX + TX + RTT;

function read(text: string): CallQuality | undefined {
  const dump = parseMediaDump(text);
  return dump && qualityOf(dump);
}

describe('the dump of the media of a call', () => {
  it('tells all figures, of which those of thousands and millions are cut', () => {
    assert.deepEqual(read(WHOLE), {
      codec: 'PCMU',
      clockRate: 8000,
      received: { packets: 1200, lossPercent: 4.8, discardedPercent: 0.9, jitterMs: 2.104 },
      sent: { packets: 2_500_000, lossPercent: 0.5, jitterMs: 1.2 },
      rttMs: 23.1,
      mos: 3.8,
    });
    assert.equal(parseMediaDump(WHOLE)?.remoteTag, 'theirs');
  });

  it('does not tell what the far end never reported', () => {
    const never = WHOLE.replace('last update:00h:00m:01.002s ago', 'last update:never');
    assert.deepEqual(read(never)?.sent, { packets: 2_500_000 });
    assert.equal(read(never)?.rttMs, undefined);
    const unmeasured = WHOLE.replace(RTT, '       RTT msec      :   0.000   0.000   0.000   0.000   0.000\n');
    assert.equal(read(unmeasured)?.rttMs, undefined);
    assert.deepEqual(read(unmeasured)?.sent, read(WHOLE)?.sent);
    const uncounted = WHOLE.replace('last update:00h:00m:00.764s ago', 'last update:never');
    assert.deepEqual(read(uncounted)?.received, { packets: 1200 });
    assert.equal(read(uncounted)?.mos, undefined);
  });

  it('does not tell counters that have run over, nor shares that cannot be', () => {
    assert.equal(read(WHOLE.replace('total 1.2Kpkt', 'total -2147483000pkt'))?.received?.packets, undefined);
    for (const share of ['-4.8', '104.8', 'nan', '4']) {
      assert.equal(read(WHOLE.replace('(4.8%)', `(${share}%)`))?.received?.lossPercent, undefined, share);
    }
  });

  it('is of the first active audio, whatever other media there are', () => {
    assert.deepEqual(read(WHOLE + VIDEO), read(WHOLE));
    const behind = (WHOLE + VIDEO).replace('#0 audio', '#2 audio');
    const audio = behind.slice(behind.indexOf('    #2'), behind.indexOf('    #1'));
    assert.deepEqual(read(HEAD + TIME + '    #0 audio deactivated\n' + VIDEO + audio), read(WHOLE));
    assert.deepEqual(read(WHOLE + '    #1 audio opus @48kHz, inactive, peer=-\n'), read(WHOLE));
    assert.equal(read(HEAD + TIME + VIDEO), undefined);
    assert.equal(read(HEAD + TIME + '    #0 audio deactivated\n'), undefined);
    assert.equal(read(HEAD + TIME), undefined);
  });

  it('may have lines of other builds and of other threads in it', () => {
    const more =
      AUDIO + '       EC stat: tail 200 ms\n, delay 12\n       ICE role: Controlled, state: Negotiated, comp_cnt: 2\n';
    const rx = RX + '          raw jitter :   7.000   7.000   7.000   7.000   7.000\nSetting up something\n';
    assert.deepEqual(read(HEAD + TIME + more + rx + TX + RTT), read(WHOLE));
    assert.deepEqual(read(WHOLE.replaceAll('CONFIRMED', 'DISCONNCTD')), read(WHOLE));
    const glued = WHOLE.replace('2.104   9.250', '2.1Setting up\n04   9.250');
    assert.equal(read(glued)?.received?.jitterMs, undefined);
    assert.equal(read(glued)?.received?.lossPercent, 4.8);
  });

  it('is not believed when a message that somebody sent stands in it', () => {
    const line = 'RX 300 bytes Request msg OPTIONS/cseq=1 (rdata0x1) from UDP 192.0.2.9:5060:\n';
    assert.equal(read(HEAD + TIME + AUDIO + line + RX + TX + RTT), undefined);
  });

  it('is not believed when a message that somebody sent brings a dump of its own', () => {
    const message = 'RX 300 bytes Request msg OPTIONS/cseq=1 (rdata0x1) from UDP 192.0.2.9:5060:\n';
    const forged = `OPTIONS sip:x SIP/2.0\r\nSubject: x\r\n${TIME}${AUDIO.replace('PCMU', 'opus')}${RX}    #1 video deactivated\n--end msg--\r\n`;
    for (const padding of ['', '       EC stat: x\n'.repeat(30)]) {
      assert.equal(read(HEAD + TIME + AUDIO + padding + message + forged + RX + TX + RTT), undefined);
    }
  });

  it('tells no share of a counter that has run over', () => {
    const lost = WHOLE.replace('loss=60 (4.8%), discrd=12', 'loss=-60 (4.8%), discrd=-1');
    assert.deepEqual(read(lost)?.received, { packets: 1200, jitterMs: 2.104 });
    assert.equal(read(lost)?.mos, undefined);
    assert.deepEqual(read(lost)?.sent, read(WHOLE)?.sent);
    const others = WHOLE.replace('dup=0 (0.0%), reord=0', 'dup=-1 (-0.0%), reord=-2');
    assert.deepEqual(read(others), read(WHOLE));
  });

  it('may be cut off anywhere: what is told is what stands in it', () => {
    const whole = read(WHOLE) ?? {};
    for (let length = 0; length < WHOLE.length; length += 1) {
      const { received = {}, sent = {}, rttMs, codec } = read(WHOLE.slice(0, length)) ?? {};
      assert.ok(codec === undefined || codec === 'PCMU');
      for (const [name, value] of Object.entries(received)) {
        assert.equal(value, whole.received?.[name as keyof typeof whole.received], `${name} at ${length}`);
      }
      for (const [name, value] of Object.entries(sent)) {
        assert.equal(value, whole.sent?.[name as keyof typeof whole.sent], `${name} at ${length}`);
      }
      assert.ok(rttMs === undefined || rttMs === 23.1);
    }
  });

  for (const [what, header] of Object.entries({
    'a medium of its own': '"\n    #0 audio opus @48kHz, sendrecv, peer=-\n" <sip:x>;tag=theirs',
    'a dump of its own': `"\r\n${TIME}${AUDIO.replace('PCMU', 'opus')}${RX.replace('4.8', '77.7')}" <sip:x>;tag=theirs`,
    'the words of a dump': '"#0 audio opus @48kHz RX total 5pkt jitter : 9.0" <sip:x>;tag=theirs',
  })) {
    it(`is not what the far end makes of its header: ${what}`, () => {
      const hostile = `\n  [CONFIRMED] To: ${header}\r\n`;
      assert.deepEqual(read(hostile + TIME + AUDIO + RX + TX + RTT), read(WHOLE));
      assert.equal(parseMediaDump(hostile + TIME)?.remoteTag, 'theirs');
    });
  }

  it('of any kind, cut anywhere, never fails and tells nothing that does not stand in it', function () {
    this.timeout(120_000);
    const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1e9);
    const dumps = new GeneratedDump(chanceOf(seed));
    let told = 0;
    for (let index = 0; index < 100_000; index += 1) {
      const text = dumps.text();
      const quality = read(text);
      if (!quality) continue;
      told += 1;
      for (const figure of figuresOf(quality)) {
        if (!stands(figure, text)) assert.fail(`${figure} of dump ${index}, FUZZ_SEED=${seed}:\n${text}`);
      }
    }
    assert.ok(told > 20_000, String(told));
  });
});

/** As they are written in a dump: any of these. */
function figuresOf({ codec = '', clockRate = 0, received = {}, sent = {}, rttMs }: CallQuality): string[] {
  const packets = [received.packets, sent.packets].filter((count) => count !== undefined).map((count) => `${count}pkt`);
  const shares = [received.lossPercent, received.discardedPercent, sent.lossPercent];
  const percents = shares.filter((share) => share !== undefined).map((share) => `(${share.toFixed(1)}%)`);
  const times = [received.jitterMs, sent.jitterMs, rttMs].filter((ms) => ms !== undefined).map((ms) => ms.toFixed(3));
  return [`${codec} @${clockRate / 1000}kHz`, ...packets, ...percents, ...times];
}

function stands(figure: string, text: string): boolean {
  if (!figure.endsWith('pkt')) return text.includes(figure);
  const count = Number(figure.slice(0, -3));
  const forms = [String(count), `${(count / 1e3).toFixed(1)}K`, `${(count / 1e6).toFixed(2)}M`];
  return forms.some((form) => text.includes(`total ${form}pkt`));
}
