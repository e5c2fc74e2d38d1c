import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Audio } from './sdp';

const DIGITS = '0123456789*#ABCD';
const PACKET_MS = 20;
const SAMPLES = 160;
/** µ-law has its silence at the top. */
const SILENCE = 0xff;

/** The audio of one call: sends silence, and hears tones (RFC 4733). */
export class Media {
  private timer: NodeJS.Timeout | undefined;
  private lastTone: number | undefined;
  private sent = 0;

  private constructor(
    private readonly socket: Socket,
    private readonly onTone: (digit: string) => void,
  ) {
    // Windows may report so that nobody listens where a packet went.
    socket.on('error', () => undefined);
    socket.on('message', (packet) => {
      this.take(packet);
    });
  }

  tones = 101;
  received = 0;

  static async open(host: string, onTone: (digit: string) => void): Promise<Media> {
    const socket = createSocket('udp4');
    socket.bind(0, host);
    await once(socket, 'listening');
    return new Media(socket, onTone);
  }

  get port(): number {
    return this.socket.address().port;
  }

  /** Talks to the far end in the direction in which it listens. */
  talkTo({ host, port, direction }: Audio): void {
    clearInterval(this.timer);
    if (direction === 'sendonly' || direction === 'inactive' || port === 0) return;
    this.timer = setInterval(() => {
      this.socket.send(this.silence(), port, host, () => undefined);
    }, PACKET_MS);
  }

  close(): void {
    clearInterval(this.timer);
    this.socket.close();
  }

  private silence(): Buffer {
    const packet = Buffer.alloc(12 + SAMPLES, SILENCE);
    packet.writeUInt16BE(0x8000, 0);
    packet.writeUInt16BE(this.sent & 0xffff, 2);
    packet.writeUInt32BE((this.sent * SAMPLES) % 2 ** 32, 4);
    packet.writeUInt32BE(1, 8);
    this.sent += 1;
    return packet;
  }

  /** One tone comes in many packets of the same time stamp. */
  private take(packet: Buffer): void {
    if (packet.length < 12) return;
    this.received += 1;
    const [begin, stamp] = [12 + 4 * (packet.readUInt8(0) & 0x0f), packet.readUInt32BE(4)];
    if ((packet.readUInt8(1) & 0x7f) !== this.tones || packet.length < begin + 4 || stamp === this.lastTone) return;
    this.lastTone = stamp;
    const digit = DIGITS[packet.readUInt8(begin)];
    if (digit !== undefined) this.onTone(digit);
  }
}
