import { setTimeout as wait } from 'node:timers/promises';
import type { Member } from './member';
import type { Told } from './messages';
import { moment } from './moment';

/** A call, from its begin to its end; its number is none of those that are counted. */
const COMMANDS: readonly (readonly [name: string, command: object])[] = [
  ['simulate', { type: 'simulate', action: 'incoming', number: '1002' }],
  ['answer', { type: 'answer' }],
  ['dtmf', { type: 'dtmf', digits: '1' }],
  ['hold', { type: 'hold', action: 'hold' }],
  ['hold', { type: 'hold', action: 'resume' }],
  ['hangup', { type: 'hangup', scope: 'active' }],
  ['ping', { type: 'ping' }],
];
/** ms from one to the next, more or less */
const EVERY = 150;

/** How long commands take from Node-RED to a phone and back. */
export class CommandTimes {
  /** ms, of those that were carried out */
  readonly times: number[] = [];
  /** ms, of those that only the agent answers */
  readonly pings: number[] = [];
  failed = 0;
  private sent = 0;

  /** Sends one after the other for some seconds. */
  async send(nodeRed: Member, phone: string, seconds: number): Promise<void> {
    const end = moment() + seconds * 1000;
    while (moment() < end) {
      const [name, payload] = COMMANDS[this.sent % COMMANDS.length] ?? ['', {}];
      this.sent += 1;
      const answered = nodeRed.next('answered');
      nodeRed.ask({ type: 'command', id: `${name} ${this.sent}`, phone, payload });
      await answered;
      await wait(EVERY * (0.5 + Math.random()));
    }
  }

  note({ command, ms, ok }: Extract<Told, { type: 'answered' }>): void {
    if (!ok) this.failed += 1;
    else (command.startsWith('ping') ? this.pings : this.times).push(ms);
  }
}
