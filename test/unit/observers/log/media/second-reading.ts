import type { CallQuality } from '../../../../../src/phone/calls/call-quality';

/** One side of `RX` or `TX`: packets, loss, discarded, mean jitter, and whether anybody counted. */
const SIDE = String.raw`pt=\d+,(?: ptime=\d+,)? last update:(?<@ago>never|\S+ ago)\n +total (?<@packets>[\d.]+[KM]?)pkt [^\n]*\n +pkt loss=\d+ \((?<@loss>[\d.]+)%\),(?: discrd=\d+ \((?<@late>[\d.]+)%\),)?[^\n]*\n +\(msec\)[^\n]*\n +loss period:[^\n]*\n +jitter +: +[\d.]+ +(?<@jitter>[\d.]+)[^\n]*\n`;

const WHOLE = new RegExp(
  String.raw`Call \d+: deinitializing media\.\.\r\n[\d:.]+ +pjsua_media\.c  ?!?\.*\n  \[\w+\] To: [^\n]*?;tag=(?<tag>[\w-]+)\r\n    Call time[^\n]*\n    #0 audio (?<codec>\S+) @(?<rate>\d+)kHz[^\n]*\n +SRTP[^\n]*\n +RX ` +
    SIDE.replaceAll('@', 'rx') +
    ' +TX ' +
    SIDE.replaceAll('@', 'tx') +
    String.raw` +RTT msec +: +[\d.]+ +(?<rtt>[\d.]+)`,
  'g',
);

/**
 * The quality of all calls of a recorded log, by the tag of the far end: one expression over the whole file, which shares
 * nothing with the product. Without `mos`, which stands in no log.
 */
export function secondReading(log: string): Map<string, CallQuality> {
  const all = new Map<string, CallQuality>();
  for (const { groups: g = {} } of log.matchAll(WHOLE)) {
    const told = g.txago !== 'never';
    all.set(g.tag ?? '', {
      codec: g.codec ?? '',
      clockRate: 1000 * Number(g.rate),
      received: {
        packets: Number(g.rxpackets),
        lossPercent: Number(g.rxloss),
        discardedPercent: Number(g.rxlate),
        jitterMs: Number(g.rxjitter),
      },
      sent: {
        packets: Number(g.txpackets),
        ...(told && { lossPercent: Number(g.txloss), jitterMs: Number(g.txjitter) }),
      },
      ...(told && { rttMs: Number(g.rtt) }),
    });
  }
  return all;
}
