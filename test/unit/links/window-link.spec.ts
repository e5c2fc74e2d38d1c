import assert from 'node:assert/strict';
import type { LinkAction } from '../../../src/phone/ports/link';
import { encodeMicrosip, queuedDelivery } from '../../../src/microsip/microsip-protocol';
import { WindowLink } from '../../../src/links/window-link';
import { FakeWindow } from '../observers/window/fake-window';

const CURRENT = [3, 22, 16, 0];

describe('MicroSIP command language', () => {
  const ROWS: [LinkAction, object][] = [
    [{ do: 'dial', target: '+49301' }, { text: '+49301' }],
    [{ do: 'dial', target: '1001,,12#', account: 2 }, { text: '/account:2 1001,,12#' }],
    [{ do: 'answer' }, { text: '/answer' }],
    [{ do: 'hangup_all' }, { text: '/hangupall' }],
    [{ do: 'hangup_dialing' }, { text: '/hangupcalling' }],
    [{ do: 'reject_all' }, { text: '/hangupincoming' }],
    [{ do: 'dtmf', digits: '1*#D' }, { text: '/dtmf:1*#D' }],
    [{ do: 'transfer', target: 'ada@example.org' }, { text: '/transfer:<sip:ada@example.org>' }],
    [{ do: 'dial', target: '+4930@192.0.2.10,,1' }, { text: '<sip:+4930@192.0.2.10>,,1' }],
    [{ do: 'dial', target: 'ada@pbxsip:5060', account: 2 }, { text: '/account:2 <sip:ada@pbxsip:5060>' }],
    [{ do: 'message', target: '+4930@pbx.example.org', text: 'hello' }, { text: '+4930@pbx.example.org hello' }],
    [{ do: 'toggle_hold' }, { text: 'msip:hold' }],
    [{ do: 'audio', word: 'micunmute' }, { text: 'msip:micunmute' }],
    [{ do: 'message', target: '1001', text: 'on my way' }, { text: '1001 on my way' }],
    [{ do: 'account', account: 12 }, { text: '/account:12' }],
    [{ do: 'minimize' }, { text: 'msip:minimize' }],
    [
      { do: 'answer_ring', key: 'ring:7:123' },
      { ring: 'ring:7:123', button: 1000 },
    ],
    [
      { do: 'decline_ring', key: 'ring:7:123' },
      { ring: 'ring:7:123', button: 1032 },
    ],
  ];
  for (const [action, encoded] of ROWS) {
    it(JSON.stringify(action), () => {
      assert.deepEqual(encodeMicrosip(action, CURRENT), encoded);
      assert.deepEqual(encodeMicrosip(action, undefined), encoded);
    });
  }

  const SINCE: [LinkAction, number[], number[]][] = [
    [{ do: 'answer' }, [3, 18, 9, 9], [3, 19]],
    [{ do: 'dtmf', digits: '1' }, [3, 14, 0, 0], [3, 19, 27, 0]],
    [{ do: 'hangup_dialing' }, [3, 19, 31, 0], [3, 20, 0, 0]],
    [{ do: 'dial', target: '1', account: 1 }, [3, 19, 31, 0], [3, 20, 0, 0]],
    [{ do: 'reject_all' }, [3, 20, 99, 0], [3, 21, 0, 0]],
    [{ do: 'transfer', target: '1' }, [3, 18, 0, 0], [3, 19]],
    [{ do: 'toggle_hold' }, [3, 14, 0, 0], [3, 19]],
    [{ do: 'audio', word: 'micmute' }, [3, 20, 5, 0], [3, 21]],
    [{ do: 'audio', word: 'speakup' }, [3, 14, 0, 0], [3, 19]],
    [{ do: 'account', account: 1 }, [3, 19, 31, 0], [3, 20]],
  ];
  for (const [action, tooOld, enough] of SINCE) {
    it(`${action.do} needs ${enough.join('.')}`, () => {
      assert.throws(() => encodeMicrosip(action, tooOld), { code: 'unsupported' });
      assert.doesNotThrow(() => encodeMicrosip(action, enough));
      assert.doesNotThrow(() => encodeMicrosip(action, [4]));
    });
  }

  it('sends no target with a host to a version that would call another host', () => {
    const old = [3, 19, 27, 0];
    const unreachable = { code: 'invalid_number', messageKey: 'error.invalid_number.unreachable' };
    assert.deepEqual(encodeMicrosip({ do: 'dial', target: 'ada@example.org' }, old), { text: 'ada@example.org' });
    for (const target of ['+4930@192.0.2.10', 'ada@pbxsip:5060'])
      assert.throws(() => encodeMicrosip({ do: 'dial', target }, old), unreachable);
    assert.throws(() => encodeMicrosip({ do: 'message', target: 'ada@pbxsip:5060', text: 'hi' }, CURRENT), unreachable);
  });

  it('has no word for what is no command', () => {
    for (const action of ['show', 'exit', 'start'] as const)
      assert.throws(() => encodeMicrosip({ do: action }, CURRENT), { code: 'unsupported' });
  });

  it('is queued since 3.20', () => {
    assert.deepEqual([[3, 19, 99], [3, 20], [3, 22, 16, 0], undefined].map(queuedDelivery), [false, true, true, true]);
  });
});

describe('window link', () => {
  it('encodes for the version that was seen last, and passes the timeout on', async () => {
    const window = new FakeWindow({ version: [3, 20, 0, 0] });
    const link = new WindowLink(window, { program: '' });
    await link.deliver({ do: 'reject_all' }, 700);
    assert.deepEqual(window.delivered, [[{ text: '/hangupincoming' }, 700]]);
    await window.start();
    await assert.rejects(link.deliver({ do: 'reject_all' }, 700), { code: 'unsupported' });
    assert.equal(window.delivered.length, 1);
  });

  it('shows and ends the program, and starts the one of the settings', async () => {
    const window = new FakeWindow();
    const started: string[] = [];
    const start = (file: string): Promise<void> => {
      started.push(file);
      return file.includes('broken') ? Promise.reject(new Error('no such file')) : Promise.resolve();
    };
    const link = new WindowLink(window, { program: '"C:\\Phones\\MicroSIP.exe"', start });
    await link.deliver({ do: 'show' }, 500);
    await link.deliver({ do: 'exit' }, 500);
    assert.deepEqual(window.delivered, [
      [{ app: 'show' }, 500],
      [{ app: 'exit' }, 500],
    ]);
    await link.deliver({ do: 'start' }, 500);
    assert.deepEqual(started, ['C:\\Phones\\MicroSIP.exe']);
    const broken = new WindowLink(window, { program: 'C:\\broken.exe', start });
    await assert.rejects(broken.deliver({ do: 'start' }, 500), { code: 'not_running', message: /no such file/ });
    const unknown = new WindowLink(window, { program: '', start });
    await assert.rejects(unknown.deliver({ do: 'start' }, 500), { code: 'not_running' });
  });

  it('gives ring buttons the key of the observation', async () => {
    const window = new FakeWindow();
    await new WindowLink(window, { program: '' }).deliver({ do: 'decline_ring', key: 'ring:7:99' }, 500);
    assert.deepEqual(window.delivered, [[{ ring: 'ring:7:99', button: 1032 }, 500]]);
  });
});
