import { closeSync, constants, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { recordingNameOf } from '../microsip/recordings/recording-name';
import type { Clock } from '../clock';
import type { CallTable } from './calls/call-table';
import type { SimulatedCall } from './calls/simulated-call';

interface RecorderEvents {
  /** With the path of the file, and the number that PJSIP gives the recorder. */
  begun: [SimulatedCall, string, number];
  /** The file is closed; with the number of its recorder. */
  over: [SimulatedCall, number];
}

interface Recording {
  descriptor: number;
  id: number;
  begun: number;
}

/** Bytes in a second of what is written: 8 kHz, 16 bits, one channel. */
const BYTES_PER_SECOND = 16_000;
/** Seconds of silence that a file holds at most: what was said is not known, and disks are finite. */
const LONGEST_SILENCE = 60;
const HEADER_SIZE = 44;
/** What is there under that name is written over as MicroSIP does, but never what a link points to. */
const { O_NOFOLLOW = 0 } = constants as Partial<typeof constants>;
const FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | O_NOFOLLOW;

/**
 * Records calls into files as MicroSIP does (docs/microsip/further.md, part C): empty at first, with right sizes in their
 * heads only when they are closed, and without a word when it is not possible. They hold silence.
 */
export class Recorder extends EventEmitter<RecorderEvents> {
  private readonly recordings = new Map<SimulatedCall, Recording>();
  private count = 0;

  /** @param folder is made with the first recording */
  constructor(
    private readonly parts: { calls: CallTable; clock: Clock },
    private readonly folder: string,
  ) {
    super();
    this.setMaxListeners(0);
  }

  /** From now on every call is recorded from its answer on. */
  startByItself(): void {
    this.parts.calls.on('changed', (call) => {
      if (call.stage === 'confirmed' && !call.recorded) this.start(call);
    });
  }

  isRecording(call: SimulatedCall): boolean {
    return this.recordings.has(call);
  }

  start(call: SimulatedCall): void {
    if (this.recordings.has(call)) return;
    call.recorded = true;
    const { clock } = this.parts;
    const begun = clock.now();
    const user = call.number.replace(/@.*$/s, '');
    const name = recordingNameOf(begun + clock.ahead(), user, call.direction, call.account, 'wav');
    const path = join(this.folder, name);
    const descriptor = this.open(path);
    if (descriptor === undefined) return;
    const id = this.count++;
    this.recordings.set(call, { descriptor, id, begun });
    this.emit('begun', call, path, id);
  }

  /** Also when the call ends: the file is closed before anybody is told of the end. */
  stop(call: SimulatedCall): void {
    const recording = this.recordings.get(call);
    if (!recording) return;
    this.recordings.delete(call);
    const seconds = Math.min(LONGEST_SILENCE, (this.parts.clock.now() - recording.begun) / 1000);
    close(recording.descriptor, 2 * Math.floor((Math.max(0, seconds) * BYTES_PER_SECOND) / 2));
    this.emit('over', call, recording.id);
  }

  /** The process is gone: files stay as they are. */
  forgetAll(): void {
    for (const { descriptor } of this.recordings.values()) closeSync(descriptor);
    this.recordings.clear();
  }

  private open(path: string): number | undefined {
    try {
      mkdirSync(this.folder, { recursive: true });
      const descriptor = openSync(path, FLAGS);
      writeSync(descriptor, header(0));
      return descriptor;
    } catch {
      return undefined;
    }
  }
}

/** @param size of the samples, in bytes */
function close(descriptor: number, size: number): void {
  try {
    ftruncateSync(descriptor, HEADER_SIZE + size);
    writeSync(descriptor, header(size), 0, HEADER_SIZE, 0);
  } finally {
    closeSync(descriptor);
  }
}

/** Of a WAV file with one channel of 16 bits at 8 kHz. */
function header(size: number): Buffer {
  const head = Buffer.alloc(HEADER_SIZE);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(size === 0 ? 0 : HEADER_SIZE - 8 + size, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(BYTES_PER_SECOND, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(size, 40);
  return head;
}
