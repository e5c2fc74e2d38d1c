import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Watched } from './watched';
import type { SimulatedMicrosipOptions } from '../../../src/simulator/simulated-options';

interface Row {
  habit: string;
  options?: SimulatedMicrosipOptions;
  texts: string[];
  deeds: string[];
}

const MULTI = { singleMode: false };
const OFFLINE = { registered: false };

const ROWS: Row[] = [
  { habit: 'a number is dialled', texts: ['1002'], deeds: ['dialled 1002'] },
  { habit: 'msip://answer dials "answer"', texts: ['msip://answer'], deeds: ['dialled answer'] },
  { habit: 'an unknown command is dialled', texts: ['/exit'], deeds: ['dialled /exit'] },
  { habit: 'another host', texts: ['sip:bob@pbx.test'], deeds: ['dialled bob@pbx.test'] },
  { habit: 'a blank makes an instant message', texts: ['+1 555 123'], deeds: ['message +1: 555 123'] },
  { habit: '%20 and %2B are decoded in the number', texts: ['%2B49%20301'], deeds: ['dialled +49301'] },
  { habit: 'an empty text does nothing', texts: ['', ' ', '""', 'tel:', 'msip:', '%20'], deeds: [] },
  {
    habit: 'a single-mode dial during a call is dropped',
    texts: ['1002', '1003'],
    deeds: ['dialled 1002', 'dropped dial 1003'],
  },
  {
    habit: 'a message is sent during a call all the same',
    texts: ['1002', '1003 hello'],
    deeds: ['dialled 1002', 'message 1003: hello'],
  },
  { habit: 'multi mode dials on', options: MULTI, texts: ['1002', '1003'], deeds: ['dialled 1002', 'dialled 1003'] },
  {
    habit: 'multi mode does not dial a number that already has a call',
    options: MULTI,
    texts: ['1002', '1002'],
    deeds: ['dialled 1002', 'dropped dial 1002'],
  },
  {
    habit: 'no more than four calls',
    options: MULTI,
    texts: ['1', '2', '3', '4', '5'],
    deeds: ['dialled 1', 'dialled 2', 'dialled 3', 'dialled 4', 'box Too many calls: 5'],
  },
  { habit: 'an invalid number opens a box', texts: [',1'], deeds: ['box Invalid Number: ,1'] },
  { habit: 'a dial waits while not registered', options: OFFLINE, texts: ['1002'], deeds: ['delayed 1002'] },
  {
    habit: 'a message waits as well',
    options: OFFLINE,
    texts: ['1002 hello'],
    deeds: ['delayed 1002 hello'],
  },
  { habit: 'the active account again changes nothing', texts: ['/account:1 1002'], deeds: ['dialled 1002'] },
  { habit: 'account 0 changes nothing', texts: ['/account:0 1002'], deeds: ['dialled 1002'] },
  {
    habit: 'an account that does not exist empties the text',
    texts: ['/account:9 1002'],
    deeds: ['dropped account 9'],
  },
  {
    habit: 'a password for an account is kept, nothing is dialled',
    texts: ['/account:1 /password:x'],
    deeds: ['account_password 1'],
  },
  {
    habit: 'a password for an account that does not exist is not',
    texts: ['/account:9 /password:x'],
    deeds: ['dropped account 9'],
  },
  { habit: 'a password in memory', texts: ['/password:x'], deeds: ['memory_password'] },
  { habit: 'another account with nothing to dial', texts: ['/account:2'], deeds: ['account 2'] },
  {
    habit: 'another account has to register before it dials',
    texts: ['/account:2 1002'],
    deeds: ['account 2', 'delayed 1002'],
  },
  { habit: 'one character too many is cut', texts: ['1002/account:1'], deeds: ['dialled 100'] },
];

describe('dialling on the simulated MicroSIP', () => {
  let watched: Watched;
  afterEach(() => watched.end());

  for (const { habit, options, texts, deeds } of ROWS) {
    it(habit, async () => {
      watched = await Watched.start(options);
      for (const text of texts) await watched.command(text);
      assert.deepEqual(watched.deeds, deeds);
      assert.deepEqual(watched.done('received'), texts.filter(Boolean));
    });
  }

  it('an outgoing call does nothing by itself', async () => {
    watched = await Watched.start({ account: '77', domain: 'pbx.test' });
    await watched.command('+49 301');
    await watched.command('tel:+49-301');
    const [call] = watched.calls;
    assert.deepEqual(watched.open, ['+49301 dialing']);
    assert.equal(call?.direction, 'outbound');
    assert.deepEqual(call.facts, {
      sipCallId: call.key,
      number: '+49301',
      uri: 'sip:+49301@pbx.test',
      account: '77',
    });
  });

  it('a ringing call does not keep single mode from dialling', async () => {
    watched = await Watched.start();
    watched.microsip.far.incoming({ number: '1005' });
    await watched.command('1002');
    assert.deepEqual(watched.open, ['1005 ringing', '1002 dialing']);
  });

  it('multi mode holds the calls that are connected, and only those', async () => {
    watched = await Watched.start(MULTI);
    await watched.connected('1002');
    await watched.command('1003');
    await watched.command('1004');
    assert.deepEqual(watched.open, ['1002 held', '1003 dialing', '1004 dialing']);
    watched.microsip.far.answer();
    await watched.settle();
    watched.microsip.far.answer();
    await watched.settle();
    assert.deepEqual(watched.open, ['1002 held', '1003 connected', '1004 held']);
  });

  describe('the dial that waits', () => {
    const register = async (): Promise<void> => {
      watched.microsip.register();
      await watched.settle();
    };
    beforeEach(async () => {
      watched = await Watched.start(OFFLINE);
    });

    it('is one slot, and goes with the registration', async () => {
      await watched.command('1002');
      await watched.command('1003');
      await register();
      assert.deepEqual(watched.deeds, ['delayed 1002', 'delayed 1003', 'dialled 1003']);
      await register();
      assert.deepEqual(watched.open, ['1003 dialing']);
    });

    it('may be a message', async () => {
      await watched.command('1002 hello');
      await register();
      assert.deepEqual(watched.deeds, ['delayed 1002 hello', 'message 1002: hello']);
    });

    it('is cleared by an empty text', async () => {
      await watched.command('1002');
      await watched.command('tel:');
      await register();
      assert.deepEqual(watched.deeds, ['delayed 1002']);
    });

    it('is not cleared by hanging up', async () => {
      await watched.command('1002');
      await watched.command('/hangupall');
      await register();
      assert.deepEqual(watched.done('dialled'), ['1002']);
    });

    it('dies with the process', async () => {
      await watched.command('1002');
      watched.microsip.crash();
      watched.microsip.restart();
      await register();
      assert.deepEqual(watched.done('dialled'), []);
    });

    it('does not wait when a person dials', async () => {
      watched.microsip.user.dial('1002');
      await watched.settle();
      assert.deepEqual(watched.open, ['1002 dialing']);
    });
  });

  describe('another account', () => {
    beforeEach(() => {
      mock.timers.enable({ apis: ['setTimeout'] });
    });
    afterEach(() => {
      mock.timers.reset();
    });
    const states = (): string[] =>
      watched.seen.flatMap((one) => (one.type === 'registration' ? [one.registration.state] : []));

    it('registers and then dials', async () => {
      watched = await Watched.start({ otherAccounts: ['2002'] });
      await watched.command('/account:2 1002');
      mock.timers.tick(1000);
      await watched.settle();
      assert.deepEqual(states(), ['registered', 'registering', 'registered']);
      assert.equal(watched.calls[0]?.facts.account, '2002');
    });

    it('whose registration fails meanwhile does not', async () => {
      watched = await Watched.start();
      await watched.command('/account:2 1002');
      watched.microsip.unregister();
      mock.timers.tick(1000);
      await watched.settle();
      assert.deepEqual(states(), ['registered', 'registering', 'unregistered']);
      assert.deepEqual(watched.calls, []);
    });
  });
});
