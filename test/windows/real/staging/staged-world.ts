import { createPhone } from '../../../../src/create-phone';
import { WindowSession } from '../../../../src/win32/thread/window-session';
import type { World } from '../../../contract/world';
import { PATIENCE, playersOf } from '../../support/window-world';
import { CannotStage, type Stager } from './staged';

/** A staged MicroSIP as a world for the contract suite. */
export async function stagedWorld(start: Stager): Promise<World> {
  const staged = await start();
  const delivered = new DeliveredTexts();
  const cannot = (): Promise<never> => Promise.reject(new CannotStage('only a stand-in does that when it is told to'));
  return {
    phone: (more) => createPhone({ name: 'Desk', program: staged.program, timeout: PATIENCE, ...more }),
    ...playersOf(staged),
    microsip: {
      register: cannot,
      unregister: cannot,
      setReady: cannot,
      hang: cannot,
      showBox: cannot,
      setSingleMode: async (single) => {
        await staged.act('single-mode', single ? 1 : 0);
      },
      crash: () => staged.crash(),
      start: () => staged.run(),
      expectStart: () => staged.expectStart(),
      started: () => staged.started(),
    },
    received: () => Promise.resolve(delivered.texts),
    end: async () => {
      delivered.stop();
      await staged.end();
    },
  };
}

/** What the phones of this process give to MicroSIP: no MicroSIP but the stand-in keeps a record of it. */
class DeliveredTexts {
  readonly texts: string[] = [];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its object
  private readonly deliver = WindowSession.prototype.deliver;

  constructor() {
    const { deliver, texts } = this;
    WindowSession.prototype.deliver = function (...[encoded, timeout]: Parameters<typeof deliver>) {
      if ('text' in encoded) texts.push(encoded.text);
      return deliver.call(this, encoded, timeout);
    };
  }

  stop(): void {
    WindowSession.prototype.deliver = this.deliver;
  }
}
