import type { DocumentedCommand } from '../../../src/documented/command-ids';
import type { World } from '../../contract/world';
import { executesTo, phoneOn, receivedCommands, startPeer } from './documented-peer';
import type { StandIn } from './stand-in';
import { worldOf } from './window-world';

/** The command that MicroSIP is given for the same thing. */
const IN_MICROSIP: Partial<Record<DocumentedCommand, string>> = {
  dial: '',
  hangup: '/hangupall',
  answer: '/answer',
  dtmf: '/dtmf:',
  hold: 'msip:hold',
  transfer: '/transfer:',
  reject: '/hangupincoming',
};

/** A program that speaks the documented interface by window messages. */
export async function documentedWorld(): Promise<World> {
  const peer = await startPeer();
  return {
    ...worldOf(peer),
    phone: (more) => phoneOn(peer, more),
    received: async () =>
      (await receivedCommands(peer))
        .filter(({ command }) => command !== 'status' && command !== 'activecall')
        .map(({ command, parameters }) => inMicrosip(command ?? 'unknown', parameters)),
  };
}

/** A program that speaks the documented interface by DDE. */
export async function ddeWorld(): Promise<World> {
  const peer = await startPeer();
  await dontNotify(peer);
  const world = worldOf(peer);
  return {
    ...world,
    phone: (more) => phoneOn(peer, { connection: 'dde', ...more }),
    received: async () => (await executesTo(peer)).map(executeInMicrosip),
    microsip: {
      ...world.microsip,
      start: async () => {
        await world.microsip.start();
        await dontNotify(peer);
      },
    },
  };
}

/**
 * Wine's DDE library lets no server through that tells of a call while it is asked something, so that both wait for each
 * other; that of Windows does.
 */
export async function dontNotify(peer: StandIn): Promise<void> {
  await peer.request('notifies', 0);
}

function inMicrosip(command: string, parameters: string): string {
  const words = IN_MICROSIP[command as DocumentedCommand];
  return words === undefined ? `${command}?` : `${words}${parameters}`;
}

function executeInMicrosip(execute: string): string {
  const [, word = execute, parameters = ''] = /^unicode \[(\w+)(?:\("(.*)"\))?\]$/.exec(execute) ?? [];
  return inMicrosip(word === 'SendDTMF' ? 'dtmf' : word.toLowerCase(), parameters);
}
