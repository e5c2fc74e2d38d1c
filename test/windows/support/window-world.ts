import { createPhone } from '../../../src/create-phone';
import type { RawSettings } from '../../../src/settings/setting-values';
import type { World } from '../../contract/world';
import { StandIn, type StandInOptions } from './stand-in';

/** The stand-in for MicroSIP as a world for the contract suite. */
export async function windowWorld(options: StandInOptions = {}, settings: RawSettings = {}): Promise<World> {
  // Without a number to call, MicroSIP does not show whether there is mail.
  return worldOf(await StandIn.start({ iniLines: ['voicemailNumber=*97'], ...options }), settings);
}

/** In ms: how long a command may take here, where many tests share few processors. */
export const PATIENCE = 8000;

/** Who does what a verb says. */
interface Actor {
  act(verb: string, ...fields: (string | number)[]): Promise<unknown>;
}

/** The far end and the person at the phone, by the verbs of the stand-in's control protocol. */
export function playersOf(staged: Actor): Pick<World, 'far' | 'user'> {
  const act =
    (verb: string, ...fields: (string | number)[]) =>
    async (): Promise<void> => {
      await staged.act(verb, ...fields);
    };
  return {
    far: {
      incoming: async (number, name = '') => {
        await staged.act('incoming', number, name);
      },
      ring: act('remote-ring'),
      answer: act('remote-answer'),
      busy: act('remote-busy'),
      hangup: act('remote-hangup'),
      voicemail: async (waiting) => {
        await staged.act(
          'voicemail',
          `Messages-Waiting: ${waiting ? 'yes' : 'no'}\r\nVoice-Message: ${waiting ? 2 : 0}/0\r\n`,
        );
      },
    },
    user: {
      answer: act('user-answer'),
      decline: act('user-decline'),
      hangup: act('user-hangup'),
      toggleHold: act('user-hold'),
      dial: async (number) => {
        await staged.act('user-dial', number);
      },
      record: act('user-button', 'rec', 1),
      setAudio: async (device, { muted, level }) => {
        if (level !== undefined) await staged.act('user-audio', device, 'level', level);
        if (muted !== undefined) await staged.act('user-audio', device, 'mute', muted ? 1 : 0);
      },
      closeBox: act('modal-close'),
    },
  };
}

/** A stand-in that runs already. */
export function worldOf(standIn: StandIn, settings: RawSettings = {}): World {
  return {
    phone: (more) => createPhone({ name: 'Desk', program: standIn.program, timeout: PATIENCE, ...settings, ...more }),
    ...playersOf(standIn),
    microsip: {
      register: async () => {
        await standIn.act('register');
      },
      unregister: async () => {
        await standIn.act('unregister');
      },
      setReady: async (ready) => {
        await standIn.act('ready', ready ? 1 : 0);
      },
      setSingleMode: async (single) => {
        await standIn.act('single-mode', single ? 1 : 0);
      },
      showBox: async (title) => {
        await standIn.act('box', 'main', '', title);
      },
      hang: async (milliseconds) => {
        await standIn.request('hang', milliseconds);
        // Queued like any message: give the UI thread the time to fall asleep.
        await new Promise((resolve) => setTimeout(resolve, 50));
      },
      crash: () => standIn.crash(),
      start: () => standIn.run(),
      expectStart: () => {
        standIn.expectStart();
        return Promise.resolve();
      },
      started: () => standIn.started(),
    },
    received: async () => (await standIn.received()).filter(({ probe }) => !probe).map(({ text }) => text),
    end: () => standIn.end(),
  };
}
