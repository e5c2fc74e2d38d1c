import type { SimulatedMicrosip } from '../../src/simulator/simulated-microsip';
import type { World } from './world';

/** All that it plays has happened when this resolves. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** A world with a simulated MicroSIP, however its phone is connected. */
export function simulatedWorld(simulated: SimulatedMicrosip, phone: World['phone']): World {
  const play = (act: () => unknown) => async (): Promise<void> => {
    act();
    await settled();
  };
  return {
    phone,
    far: {
      incoming: (number, name) => play(() => simulated.far.incoming({ number, ...(name !== undefined && { name }) }))(),
      ring: play(() => {
        simulated.far.ring();
      }),
      answer: play(() => {
        simulated.far.answer();
      }),
      busy: play(() => {
        simulated.far.busy();
      }),
      hangup: play(() => {
        simulated.far.hangup();
      }),
      voicemail: (waiting) =>
        play(() => {
          simulated.notifyVoicemail({ waiting, new: waiting ? 2 : 0, old: 0 });
        })(),
    },
    user: {
      answer: play(() => {
        simulated.user.answer();
      }),
      decline: play(() => {
        simulated.user.decline();
      }),
      hangup: play(() => {
        simulated.user.hangup();
      }),
      toggleHold: play(() => {
        simulated.user.toggleHold();
      }),
      dial: (number) =>
        play(() => {
          simulated.user.dial(number);
        })(),
      record: play(() => {
        simulated.user.setFeature('recording', true);
      }),
      setAudio: (device, to) =>
        play(() => {
          simulated.user.setAudio(device, to);
        })(),
      closeBox: play(() => {
        simulated.user.closeBox();
      }),
    },
    microsip: {
      register: play(() => {
        simulated.register();
      }),
      unregister: play(() => {
        simulated.unregister();
      }),
      setReady: (ready) =>
        play(() => {
          simulated.setReady(ready);
        })(),
      setSingleMode: (single) =>
        play(() => {
          simulated.setSingleMode(single);
        })(),
      showBox: (title) =>
        play(() => {
          simulated.showBox(title);
        })(),
      hang: (milliseconds) =>
        play(() => {
          simulated.hang(milliseconds);
        })(),
      crash: play(() => {
        simulated.crash();
      }),
      start: play(() => {
        simulated.restart();
      }),
      expectStart: () => Promise.resolve(),
      started: settled,
    },
    received: () => Promise.resolve(simulated.journal.details('received')),
    end: () => {
      simulated.dispose();
      return Promise.resolve();
    },
  };
}
