import type { Clock } from '../../clock';
import type { CallQuality } from '../../phone/calls/call-quality';
import { present } from '../../phone/calls/present';
import { estimatedMos } from '../../phone/quality/estimated-mos';
import type { PlayedNetwork } from '../played-microsip';
import type { CallTable } from './call-table';
import { heldBy, type SimulatedCall } from './simulated-call';

/** PJSIP's own packet time for PCMU, ms. */
const PACKET_TIME = 20;
const PACKETS_OF_A_SECOND = 1000 / PACKET_TIME;
/** The far end reports what it received for the first time after so long, ms. */
const FIRST_REPORT = 5000;

/** One direction of a stream, as PJSIP counts it. */
export interface CountedStream {
  packets: number;
  lost: number;
  /** Only of what was received: too late to be played. */
  discarded: number;
  jitterMs: number;
}

export interface CountedAudio {
  codec: string;
  /** Hz */
  clockRate: number;
  /** Of the stream, ms. */
  duration: number;
  received: CountedStream;
  sent: CountedStream;
  /** Absent: the far end has not reported what it received. */
  rttMs?: number;
}

const PERFECT: PlayedNetwork = {
  lossPercent: 0,
  discardedPercent: 0,
  jitterMs: 0.3,
  sentLossPercent: 0,
  sentJitterMs: 0.4,
  rttMs: 24,
};

/** The audio of the calls, which a network carries that may be played badly. It is counted anew after each re-negotiation. */
export class AudioStreams {
  private readonly since = new WeakMap<SimulatedCall, { at: number; held: string }>();
  private network = PERFECT;

  constructor(
    calls: CallTable,
    private readonly clock: Clock,
  ) {
    calls.on('changed', (call) => {
      this.negotiated(call);
    });
  }

  /** How the network is from now on, for calls that end later; what is not given is as good as can be. */
  play(network: Partial<PlayedNetwork>): void {
    this.network = { ...PERFECT, ...network };
  }

  /** What has been counted of a call up to now; undefined when it has no audio. */
  counted(call: SimulatedCall): CountedAudio | undefined {
    const stream = this.since.get(call);
    if (!stream) return undefined;
    const { network } = this;
    const duration = Math.max(0, this.clock.monotonic() - stream.at);
    const inTime = Math.floor(duration / PACKET_TIME);
    const sentTo = network.packets ?? (call.localHold || call.remoteHold ? 0 : inTime);
    const sent = network.packets ?? (call.remoteHold ? 0 : inTime);
    const lost = Math.round((sentTo * network.lossPercent) / 100);
    const reports = network.rttMs !== undefined && (network.packets !== undefined || duration >= FIRST_REPORT);
    return {
      codec: network.codec ?? 'PCMU',
      clockRate: network.clockRate ?? 8000,
      duration,
      received: {
        packets: sentTo - lost,
        lost,
        discarded: Math.round((sentTo * network.discardedPercent) / 100),
        jitterMs: network.jitterMs,
      },
      sent: {
        packets: sent,
        lost: reports ? Math.round((sent * network.sentLossPercent) / 100) : 0,
        discarded: 0,
        jitterMs: reports ? network.sentJitterMs : 0,
      },
      ...(reports && present({ rttMs: network.rttMs })),
    };
  }

  /** The same as whoever looks at it is told; of less than a second there is nothing to tell. */
  quality(call: SimulatedCall): CallQuality | undefined {
    const counted = this.counted(call);
    if (!counted) return undefined;
    const { codec, clockRate, received, sent, rttMs } = counted;
    if (Math.max(received.packets, sent.packets) < PACKETS_OF_A_SECOND) return undefined;
    const expected = received.packets + received.lost;
    const quality: CallQuality = {
      codec,
      clockRate,
      received: {
        packets: received.packets,
        lossPercent: share(received.lost, expected),
        discardedPercent: share(received.discarded, expected),
        jitterMs: received.jitterMs,
      },
      sent: {
        packets: sent.packets,
        ...(rttMs !== undefined && { lossPercent: share(sent.lost, sent.packets), jitterMs: sent.jitterMs }),
      },
      ...present({ rttMs }),
    };
    return { ...quality, ...present({ mos: estimatedMos(quality) }) };
  }

  private negotiated(call: SimulatedCall): void {
    if (call.stage !== 'confirmed') return;
    const held = heldBy(call) ?? '';
    if (this.since.get(call)?.held !== held) this.since.set(call, { at: this.clock.monotonic(), held });
  }
}

/** Percent with one decimal place, as PJSIP writes it. */
export function share(part: number, whole: number): number {
  return whole > 0 ? Number(((part * 100) / whole).toFixed(1)) : 0;
}
