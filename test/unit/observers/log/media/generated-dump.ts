/** What is written of a call at the end of its media, of every kind, by chance. */

/** A number below 1, the same ones for the same seed (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const CODECS = ['PCMU', 'PCMA', 'G729', 'G723', 'GSM', 'iLBC', 'opus', 'G722', 'speex', 'AMR-WB', 'telephone-event'];
const HEADERS = [
  'sip:200@pbx.example.test',
  '"Bob" <sip:200@pbx.example.test>',
  '"#0 audio PCMU @8kHz, sendrecv, peer=-" <sip:1@x>',
  '"Call 0: deinitializing media.." <sip:1@x>',
  '"a\n    Call time: 00h:00m:01s, 1st res in 1 ms, conn in 1ms\n    #0 audio opus @48kHz, sendrecv, peer=-" <sip:1@x>',
  '"\r\n12:00:00.000          pjsua_media.c  .x\r\n" <sip:1@x>',
  '',
];
const FOREIGN = [
  'Too early to send RTCP',
  '       RX pt=0, last update:00h:00m:00.100s ago',
  '          total 99999pkt 1B (1B +IP hdr) @avg=1bps/1bps',
  'RX 300 bytes Request msg INVITE/cseq=1 (rdata0x1) from UDP 192.0.2.9:5060:',
  '          jitter     :   9.999',
  '\u202e\u0000',
];

export class GeneratedDump {
  constructor(private readonly chance: () => number) {}

  /** From the line without text on, with its line ends. */
  text(): string {
    const lines = this.media().flatMap((line) => (this.oneIn(60) ? [this.of(FOREIGN), line] : [line]));
    const state = this.of(['CONFIRMED', 'DISCONNECTED', 'DISCONNCTD', 'EARLY']);
    const header = this.oneIn(20) ? '<--uri too long-->' : `To: ${this.of(HEADERS)};tag=theirs`;
    const time = `    Call time: 00h:01m:0${this.below(10)}s, 1st res in ${this.below(900)} ms, conn in ${this.below(9000)}ms`;
    const whole = `\n  [${state}] ${header}\r\n${[time, ...lines].join('\n')}\n`;
    return this.oneIn(3) ? whole.slice(0, this.below(whole.length + 1)) : whole;
  }

  private media(): string[] {
    const count = this.of([0, 1, 1, 1, 2, 3]);
    return Array.from({ length: count }, (_, index) => this.medium(index)).flat();
  }

  private medium(index: number): string[] {
    const kind = this.of(['audio', 'audio', 'audio', 'video', 'application', 'unknown']);
    if (this.oneIn(6)) return [`    #${index} ${kind} deactivated`];
    const direction = this.of(['sendrecv', 'sendonly', 'recvonly', 'inactive']);
    const peer = this.of(['-', '192.0.2.9:6000', '[2001:db8::1]:6000']);
    const codec = kind === 'video' ? 'H264' : `${this.of(CODECS)} @${this.of([8, 16, 48])}kHz`;
    return [
      `    #${index} ${kind} ${codec}, ${direction}, peer=${peer}`,
      ...(this.oneIn(4) ? ['       EC stat: something', ' over two lines'] : []),
      `       SRTP status: ${this.of(['Not active', 'Active'])} Crypto-suite: ${this.of(['', 'AES_CM_128_HMAC_SHA1_80'])}`,
      ...(this.oneIn(5)
        ? ['       ICE role: Controlled, state: Negotiated, comp_cnt: 2', '       [0]: L:192.0.2.1:1 (h)']
        : []),
      ...this.side(kind === 'video' ? 'RX pt=99, size=640x480, fps=15.00' : 'RX pt=0', ['discrd', 'dup', 'reord']),
      ...this.side(kind === 'video' ? 'TX pt=99, size=640x480, fps=15.00' : 'TX pt=0, ptime=20', ['dup', 'reorder']),
      `       RTT msec      :${this.statistics()}`,
    ];
  }

  private side(head: string, others: string[]): string[] {
    const updated = this.oneIn(3)
      ? 'never'
      : `00h:00m:0${this.below(10)}.${String(this.below(1000)).padStart(3, '0')}s ago`;
    const shares = ['pkt loss', ...others].map((name) => `${name}=${this.integer()} (${this.percent()}%)`);
    return [
      `       ${head}, last update:${updated}`,
      `          total ${this.amount()}pkt ${this.amount()}B (${this.amount()}B +IP hdr) @avg=${this.amount()}bps/${this.amount()}bps`,
      `          ${shares.join(', ')}`,
      '                (msec)    min     avg     max     last    dev',
      `          loss period:${this.statistics()}`,
      `          jitter     :${this.statistics()}`,
      ...(this.oneIn(8)
        ? [`          raw jitter :${this.statistics()}`, `          IPDV       :${this.statistics()}`]
        : []),
    ];
  }

  private statistics(): string {
    const one = (): string => (this.oneIn(3) ? 0 : this.chance() * 900).toFixed(3).padStart(7);
    return Array.from({ length: 5 }, () => ` ${one()}`).join('');
  }

  private integer(): number {
    return this.oneIn(12) ? -this.below(2 ** 31) : this.below(100_000);
  }

  private amount(): string {
    return this.of([
      String(this.below(1000)),
      `${this.below(1000)}.${this.below(10)}K`,
      `${this.below(3000)}.${String(this.below(100)).padStart(2, '0')}M`,
      String(-this.below(2 ** 31)),
    ]);
  }

  private percent(): string {
    return this.of(['0.0', (this.chance() * 100).toFixed(1), (this.chance() * 100).toFixed(1), '-3.0', '210.5', 'nan']);
  }

  private below(limit: number): number {
    return Math.floor(this.chance() * limit);
  }

  private oneIn(count: number): boolean {
    return this.below(count) === 0;
  }

  private of<T>(all: readonly T[]): T {
    return all[this.below(all.length)] as T;
  }
}
