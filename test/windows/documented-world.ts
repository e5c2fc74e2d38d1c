import type { DocumentedCommand } from '../../src/links/command-ids';
import type { World } from '../contract/world';
import { phoneOn, receivedCommands, startPeer, type ReceivedCommand } from './documented-peer';
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

export async function documentedWorld(): Promise<World> {
  const peer = await startPeer();
  return {
    ...worldOf(peer),
    phone: (more) => phoneOn(peer, more),
    received: async () =>
      (await receivedCommands(peer))
        .filter(({ command }) => command !== 'status' && command !== 'activecall')
        .map(inMicrosip),
  };
}

function inMicrosip({ command, parameters }: ReceivedCommand): string {
  const words = command && IN_MICROSIP[command];
  return words === undefined ? `${String(command)}?` : `${words}${parameters}`;
}
