import { createPhone } from '../../../src/create-phone';
import { commandIds, type DocumentedCommand } from '../../../src/documented/command-ids';
import type { Phone } from '../../../src/phone/phone';
import type { RawSettings } from '../../../src/settings/setting-values';
import { StandIn } from './stand-in';
import { PATIENCE } from './window-world';

/** One command as the peer received it. */
export interface ReceivedCommand {
  /** ms since 1970 */
  time: number;
  command: DocumentedCommand | undefined;
  parameters: string;
}

/** The stand-in as a program that speaks the documented interface; it has one line. */
export function startPeer(): Promise<StandIn> {
  return StandIn.start({ args: ['/documented'], settings: { callWaiting: 0 } });
}

/** What came by DDE, such as `unicode [Dial("1002")]`. */
export async function executesTo(peer: StandIn): Promise<string[]> {
  return (await peer.actions()).filter((action) => action.startsWith('dde ')).map((action) => action.slice(4));
}

/** A phone that knows nothing but what such a peer tells: the stand-in also writes the files of MicroSIP. */
export function phoneOn(peer: StandIn, more: RawSettings = {}): Phone {
  return createPhone({
    name: 'Desk',
    connection: 'window',
    protocol: 'documented',
    program: peer.program,
    logFile: '',
    callLog: '',
    dialsPerSecond: 10,
    timeout: PATIENCE,
    ...more,
  });
}

/** Everything that came, in order. */
export async function receivedCommands(peer: StandIn, given?: object): Promise<ReceivedCommand[]> {
  const names = new Map(Object.entries(commandIds(given)).map(([name, id]) => [id, name as DocumentedCommand]));
  return (await peer.received()).map(({ time, dwData, hex }) => {
    const text = Buffer.from(hex, 'hex').toString('utf8');
    if (!text.endsWith('\0')) throw new Error(`no NUL at the end: ${hex}`);
    // A program reads up to the first one.
    return { time, command: names.get(dwData), parameters: text.slice(0, text.indexOf('\0')) };
  });
}

/** What came besides questions, such as `dial 1002`. */
export async function ordersTo(peer: StandIn, given?: object): Promise<string[]> {
  return (await receivedCommands(peer, given))
    .filter(({ command }) => command !== 'status' && command !== 'activecall')
    .map(({ command = 'unknown', parameters }) => `${command} ${parameters}`.trim());
}
