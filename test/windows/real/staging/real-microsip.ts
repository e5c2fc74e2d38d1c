import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPhone } from '../../../../src/create-phone';
import type { Phone } from '../../../../src/phone/phone';
import { SipPeer } from '../../../support/sip-peer/sip-peer';
import type { Step } from '../../support/play';
import { FarEnd } from './far-end';
import { iniOfOurs, UNATTENDED, withKey } from './ini-of-ours';
import { MicrosipProcess } from './microsip-process';
import { portableCopy, type PortableCopy } from './portable-copy';
import { CannotStage, type Staged, type StagedOptions } from './staged';

const SETTLES = 300;
const START_TIME = 30_000;
const CALLS_WITHIN = 10_000;
const OVER = /^(hung up|cancelled|refused)/;

/** A MicroSIP that nobody sits at: a copy of its own, the SIP peer of the tests as all the world, commands as the hand. */
export class RealMicrosip implements Staged {
  private readonly process: MicrosipProcess;
  private readonly far: FarEnd;
  private readonly settings = new Map<string, string>();
  private changed = false;
  private hand: Phone | undefined;

  static async start(program: string, options: StagedOptions = {}): Promise<RealMicrosip> {
    const peer = await SipPeer.open();
    const { host, port } = peer.place;
    const copy = portableCopy(program, iniOfOurs({ domain: `${host}:${port}`, ...options }));
    const microsip = new RealMicrosip(copy, peer, options);
    try {
      await options.before?.(copy.program);
      await microsip.run();
    } catch (error) {
      await microsip.end();
      throw error;
    }
    return microsip;
  }

  private constructor(
    private readonly copy: PortableCopy,
    readonly peer: SipPeer,
    private readonly options: StagedOptions,
  ) {
    this.process = new MicrosipProcess(copy);
    this.far = new FarEnd(peer, () => `sip:1001@127.0.0.1:${this.process.sipPort ?? 0}`);
    for (const [key, value] of Object.entries({ ...UNATTENDED, ...options.settings }))
      this.settings.set(key, String(value));
  }

  get program(): string {
    return this.copy.program;
  }

  get ini(): string {
    return this.copy.ini;
  }

  get log(): string {
    return this.copy.log;
  }

  get database(): string {
    return this.copy.database;
  }

  async act(verb: string, ...fields: (string | number)[]): Promise<void> {
    const [first = '', second = ''] = fields.map(String);
    if (verb === 'setting') {
      this.set(first, second);
      return;
    }
    if (verb === 'single-mode') {
      this.set('singleMode', first);
      return;
    }
    await this.applySettings();
    if (await this.far.act(verb, fields)) return;
    await this.byHand(verb, first);
    await sleep(SETTLES);
  }

  request(verb: string, ...fields: (string | number)[]): Promise<string[]> {
    if (verb === 'calls') return Promise.resolve(this.far.states);
    if (verb === 'setting') return Promise.resolve([this.settings.get(String(fields[0])) ?? '']);
    throw new CannotStage(`a real MicroSIP does not tell: ${verb}`);
  }

  async play(steps: readonly Step[]): Promise<void> {
    for (const [verb, ...fields] of steps) {
      if (verb === 'command') await this.command(String(fields[0]));
      else await this.act(verb, ...fields);
    }
  }

  async command(text: string): Promise<void> {
    await this.applySettings();
    const { open } = this.peer;
    await this.process.command(text);
    // A transfer is over when MicroSIP has been told how it turned out.
    if (text.startsWith('/transfer:')) await open.at(-1)?.until(/^transfer (not )?told/);
    await sleep(SETTLES);
  }

  sync(): Promise<void> {
    return sleep(SETTLES);
  }

  async run(): Promise<void> {
    await this.process.start(() => this.isReady, this.options.startTime ?? START_TIME);
    await sleep(SETTLES);
  }

  expectStart(): Promise<void> {
    this.process.expectStart();
    return Promise.resolve();
  }

  async started(): Promise<void> {
    await this.process.until(
      () => this.isReady && this.process.pids.length > 0,
      START_TIME,
      () => 'MicroSIP was not started',
    );
  }

  exit(): Promise<void> {
    return this.process.exit();
  }

  crash(): Promise<void> {
    return this.process.crash();
  }

  async quiet(): Promise<void> {
    if (this.peer.open.length > 0 && this.process.pids.length > 0) await this.process.command('/hangupall');
    await this.far.quiet();
    await sleep(SETTLES);
  }

  async end(): Promise<void> {
    await this.hand?.close();
    await this.process.crash();
    await this.peer.close();
    this.copy.remove();
  }

  private get isReady(): boolean {
    const { sipPort, hasAccount } = this.process;
    if (sipPort === undefined || !hasAccount) return false;
    return this.options.registrar !== true || this.peer.contact !== undefined;
  }

  /** What a person would do with the mouse, done with commands, which MicroSIP takes as well. */
  private async byHand(verb: string, first: string): Promise<void> {
    const { peer } = this;
    const newest = peer.open.at(-1);
    switch (verb) {
      case 'user-dial':
        await this.dial(first);
        return;
      case 'user-answer':
        await this.process.command('/answer');
        await newest?.until('connected');
        return;
      case 'user-hangup': {
        const ringsHere = newest !== undefined && newest.invite === undefined && newest.state !== 'connected';
        await this.process.command(ringsHere && first !== '' ? '/hangupincoming' : '/hangupall');
        await newest?.until(OVER);
        return;
      }
      case 'user-decline':
        await (await this.handAtIt()).execute({ type: 'hangup', scope: 'ringing', rejectCode: 486 });
        await newest?.until(OVER);
        return;
      case 'user-hold': {
        const before = newest?.seen.filter((what) => /^(held|resumed)$/.test(what)).length ?? 0;
        await this.process.command('msip:hold');
        await newest?.until(/^(held|resumed)$/, { nth: before + 1 });
        return;
      }
      default:
        throw new CannotStage(`nobody sits at this MicroSIP who could do this: ${verb}`);
    }
  }

  private async dial(text: string): Promise<void> {
    if (/@/.test(text) && !text.includes('@127.0.0.1')) throw new CannotStage('no call may leave this computer');
    const calls = this.peer.seen.filter((what) => what.startsWith('call ')).length;
    await this.process.command(text);
    if (/\S\s+\S/.test(text)) return;
    await this.peer.until(/^call /, { nth: calls + 1, patience: CALLS_WITHIN }).catch(() => {
      throw new Error(`MicroSIP was told to dial ${text}, and has sent no INVITE`);
    });
  }

  private async handAtIt(): Promise<Phone> {
    if (!this.hand) {
      this.hand = createPhone({ name: 'hand', connection: 'window', program: this.program });
      await this.hand.open();
    }
    return this.hand;
  }

  private set(key: string, value: string): void {
    this.changed ||= this.settings.get(key) !== value;
    this.settings.set(key, value);
  }

  /** MicroSIP reads its ini only when it starts, and a start would end its calls. */
  private async applySettings(): Promise<void> {
    if (!this.changed || this.peer.open.length > 0) return;
    this.changed = false;
    await this.exit();
    let text = readFileSync(this.ini, 'utf16le');
    for (const [key, value] of this.settings) text = withKey(text, key, value);
    writeFileSync(this.ini, text, 'utf16le');
    await this.run();
  }
}
