import type { CallQuality, ReceivedAudio, SentAudio } from '../phone/calls/call-quality';
import { fieldsOf, numberBetween, text, wholeBetween, type Reader } from './json-reader';

const count = wholeBetween(0, Number.MAX_SAFE_INTEGER);
const percent = numberBetween(0, 100);
const ms = numberBetween(0, Number.MAX_SAFE_INTEGER);

const readFigures: Reader<CallQuality> = fieldsOf<CallQuality>(
  {},
  {
    codec: text,
    clockRate: count,
    received: fieldsOf<ReceivedAudio>(
      {},
      { packets: count, lossPercent: percent, discardedPercent: percent, jitterMs: ms },
    ),
    sent: fieldsOf<SentAudio>({}, { packets: count, lossPercent: percent, jitterMs: ms }),
    rttMs: ms,
    mos: numberBetween(1, 5),
  },
);

/** Without any figure it says nothing. */
export const readQuality: Reader<CallQuality> = (json) => {
  const quality = readFigures(json);
  return quality && Object.keys(quality).length > 0 ? quality : undefined;
};
