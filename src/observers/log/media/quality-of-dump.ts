import type { CallQuality } from '../../../phone/calls/call-quality';
import { present, presentIfAny } from '../../../phone/calls/present';
import { estimatedMos } from '../../../phone/quality/estimated-mos';
import type { AudioStream, MediaDump, StreamFigures } from './media-dump';

/** What a dump tells of the audio of its call; of several streams the first one is what people hear. */
export function qualityOf({ audio: [stream] }: MediaDump): CallQuality | undefined {
  if (!stream) return undefined;
  const quality: CallQuality = {
    codec: stream.codec,
    clockRate: stream.clockRate,
    ...present({ received: received(stream), sent: sent(stream), rttMs: roundTrip(stream) }),
  };
  const mos = estimatedMos(quality);
  return mos === undefined ? quality : { ...quality, mos };
}

function received({ received: figures }: AudioStream): CallQuality['received'] {
  if (!figures) return undefined;
  const { packets, lossPercent, jitterMs } = counts(figures);
  return presentIfAny({ packets, lossPercent, discardedPercent: counted(figures, 'discardedPercent'), jitterMs });
}

function sent({ sent: figures }: AudioStream): CallQuality['sent'] {
  return figures && presentIfAny(counts(figures));
}

/** What was never counted stands as zero in the dump, as if nothing was lost. */
function counts(figures: StreamFigures): NonNullable<CallQuality['sent']> {
  const { packets, jitter, counted: isCounted } = figures;
  return present({
    packets,
    lossPercent: counted(figures, 'lossPercent'),
    jitterMs: isCounted ? jitter?.avg : undefined,
  });
}

function counted(figures: StreamFigures, name: 'lossPercent' | 'discardedPercent'): number | undefined {
  return figures.counted ? figures[name] : undefined;
}

/** No way is so short that it takes no time: all zero is what was never measured. */
function roundTrip({ sent: figures, roundTrip: measured }: AudioStream): number | undefined {
  return figures?.counted && measured && measured.max > 0 ? measured.avg : undefined;
}
