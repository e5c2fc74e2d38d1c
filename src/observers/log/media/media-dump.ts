import { DUMP_HEADER } from '../records/call-dump';

/** Least, mean, greatest and latest value, and the standard deviation, in ms. */
export interface Statistics {
  min: number;
  avg: number;
  max: number;
  last: number;
  dev: number;
}

/** One direction of an audio stream. What the dump does not tell, or not in full, is absent. */
export interface StreamFigures {
  /** When anybody counted last: `never`, or some time ago. */
  counted: boolean;
  /** PJSIP cuts it to three or four digits from 1000 on: at least so many. */
  packets?: number;
  lossPercent?: number;
  /** Only of what was received. */
  discardedPercent?: number;
  jitter?: Statistics;
}

export interface AudioStream {
  codec: string;
  /** Hz */
  clockRate: number;
  received?: StreamFigures;
  sent?: StreamFigures;
  roundTrip?: Statistics;
}

/** What PJSIP writes of a call when its media are torn down (docs/microsip/further.md#D). */
export interface MediaDump {
  /** Of the far end, from its own header. */
  remoteTag?: string;
  /** The active ones, in the order of the session description. */
  audio: AudioStream[];
}

const CALL_TIME_LINE = '\n    Call time: ';
const CALL_TIME = /^ {4}Call time: \d\dh:\d\dm:\d\ds, 1st res in -?\d+ ms, conn in -?\d+ms\r?$/;
const STATE = /^\r?\n? {2}\[[A-Z]{4,12}\] /;
const TAG = /;tag=([^\s;,<>"]+)[^<>"]*$/;

const MEDIUM = /^ {4}#(\d{1,3}) (\w+) (.*)$/;
const AUDIO = /^([\w.+-]{1,32}) @(\d{1,4})kHz, (?:sendrecv|sendonly|recvonly|inactive), peer=\S+$/;
const DIRECTION = /^ {7}(RX|TX) pt=-?\d+, (?:ptime=-?\d+, )?last update:(never|\d{2,}h:\d\dm:\d\d\.\d{3}s ago)$/;
const AMOUNT = '-?\\d+(?:\\.\\d+)?[KM]?';
const TOTAL = new RegExp(
  `^ {10}total (${AMOUNT})pkt ${AMOUNT}B \\(${AMOUNT}B \\+IP hdr\\) @avg=${AMOUNT}bps/${AMOUNT}bps$`,
);
/** With a minus a count has run over, and nobody knows what its share is of. */
const SHARE = '=(?:\\d+ \\((\\d+\\.\\d)%\\)|-?\\d+ \\(-?\\d+\\.\\d%\\))';
const LOSS = new RegExp(`^ {10}pkt loss${SHARE}, (?:discrd${SHARE}, dup${SHARE}, reord|dup${SHARE}, reorder)${SHARE}$`);
const STATISTICS =
  /^ {7}(RTT msec {6}| {3}jitter {5}): *(\d+\.\d{3}) +(\d+\.\d{3}) +(\d+\.\d{3}) +(\d+\.\d{3}) +(\d+\.\d{3})$/;
/** While a dump is written other threads write without time and sender; what such a line holds, somebody sent. */
const FOREIGN = /(?:TX|RX) \d+ bytes (?:Request|Response) msg |Dropped packet:|Error processing packet from /;

/**
 * Reads a dump, which may be cut off anywhere. Lines that it does not know are passed over: other threads may write in
 * between, and builds differ.
 * @param text from behind the time and sender of its record on, with its line ends
 * @returns undefined when it is no such dump, or when what stands in it may be somebody else's
 */
export function parseMediaDump(text: string): MediaDump | undefined {
  const head = headEnd(text);
  if (head === undefined || !STATE.test(text)) return undefined;
  const remoteTag = TAG.exec(text.slice(0, head.from).trimEnd())?.[1];
  const audio = streams(text.slice(head.to));
  return audio && { ...(remoteTag !== undefined && { remoteTag }), audio };
}

/**
 * The first line that is PJSIP's own. In front of it is a header of the far end, which may look like anything; so it is the
 * last line of this form that counts, but none in or behind what another thread wrote.
 */
function headEnd(text: string): { from: number; to: number } | undefined {
  const known = text.lastIndexOf(CALL_TIME_LINE, DUMP_HEADER);
  const written = known < 0 ? DUMP_HEADER : known;
  const foreign = text.slice(written).search(FOREIGN);
  const from = text.lastIndexOf(CALL_TIME_LINE, foreign < 0 ? text.length : written + foreign) + 1;
  const to = text.indexOf('\n', from);
  const isWhole = from > 0 && to >= 0 && CALL_TIME.test(text.slice(from, to));
  return isWhole ? { from, to: to + 1 } : undefined;
}

/** @returns undefined when the lines cannot be one dump */
function streams(body: string): AudioStream[] | undefined {
  const audio: AudioStream[] = [];
  let stream: AudioStream | undefined;
  let figures: StreamFigures | undefined;
  let last = -1;
  const lines = body.split('\n');
  // Without a line end it is not whole.
  lines.pop();
  for (const ended of lines) {
    const line = ended.trimEnd();
    if (FOREIGN.test(line)) return undefined;
    const medium = MEDIUM.exec(line);
    if (medium) {
      const index = Number(medium[1]);
      if (index <= last) return undefined;
      last = index;
      figures = undefined;
      stream = medium[2] === 'audio' ? audioStream(medium[3] ?? '') : undefined;
      if (stream) audio.push(stream);
    } else if (stream) {
      const direction = DIRECTION.exec(line);
      if (direction) {
        const name = direction[1] === 'RX' ? 'received' : 'sent';
        if (stream[name]) return undefined;
        figures = stream[name] = { counted: direction[2] !== 'never' };
      } else readLine(line, stream, figures);
    }
  }
  return audio;
}

function audioStream(text: string): AudioStream | undefined {
  const [, codec, kiloHertz] = AUDIO.exec(text) ?? [];
  return codec === undefined ? undefined : { codec, clockRate: Number(kiloHertz) * 1000 };
}

/** Of a line that comes twice, one is not PJSIP's; the first one counts, since others only write behind it. */
function readLine(line: string, stream: AudioStream, figures: StreamFigures | undefined): void {
  const statistics = STATISTICS.exec(line);
  if (statistics) {
    const [min = 0, avg = 0, max = 0, latest = 0, dev = 0] = statistics.slice(2).map(Number);
    const values = { min, avg, max, last: latest, dev };
    if (statistics[1]?.startsWith('RTT')) stream.roundTrip ??= values;
    else if (figures) figures.jitter ??= values;
    return;
  }
  if (!figures) return;
  const total = TOTAL.exec(line)?.[1];
  const loss = LOSS.exec(line);
  if (total !== undefined) setOnce(figures, 'packets', amount(total));
  if (!loss) return;
  setOnce(figures, 'lossPercent', share(loss[1]));
  setOnce(figures, 'discardedPercent', share(loss[2]));
}

function setOnce(
  figures: StreamFigures,
  name: 'packets' | 'lossPercent' | 'discardedPercent',
  value: number | undefined,
): void {
  if (value !== undefined) figures[name] ??= value;
}

/** `12.3K`, `1.23M`. A count of over 2^31 is negative: then nobody knows it. */
function amount(text: string): number | undefined {
  const [, digits = '', unit] = /^(\d+(?:\.\d+)?)([KM]?)$/.exec(text) ?? [];
  if (digits === '') return undefined;
  const count = Math.round(Number(digits) * (unit === 'K' ? 1e3 : unit === 'M' ? 1e6 : 1));
  return Number.isSafeInteger(count) ? count : undefined;
}

function share(text: string | undefined): number | undefined {
  const percent = text === undefined ? NaN : Number(text);
  return percent >= 0 && percent <= 100 ? percent : undefined;
}
