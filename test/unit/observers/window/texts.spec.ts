import assert from 'node:assert/strict';
import { numberBoxParty, titleParty } from '../../../../src/observers/window/texts/number-text';
import { sameParty, type ShownParty } from '../../../../src/observers/window/texts/party';
import { registrationOf } from '../../../../src/observers/window/texts/registration-text';
import { ringFacts } from '../../../../src/observers/window/texts/ring-text';
import { statusSigns } from '../../../../src/observers/window/texts/status-text';

const lines = (...all: string[]): string => all.join('\r\n');

describe('ring window texts', () => {
  const ROWS: [what: string, name: string, details: string, facts: object][] = [
    [
      'an address only',
      'Ada',
      lines('4711@pbx.test', '', 'To: 1001@pbx.test'),
      { number: '4711', name: 'Ada', uri: 'sip:4711@pbx.test', account: '1001' },
    ],
    [
      'display name, program, diversion',
      'Ada Lovelace',
      lines('A. L. <4711@pbx.test>', 'Linphone 5', '', 'To: 1001@pbx.test', 'Diversion: sip:9@x.test'),
      { number: '4711', name: 'Ada Lovelace', uri: 'sip:4711@pbx.test', account: '1001', diversion: 'sip:9@x.test' },
    ],
    [
      'labels in other languages',
      'Ada',
      lines('4711@pbx.test', '', 'À : 1001@pbx.test', 'Renvoi : 9@x.test'),
      { number: '4711', name: 'Ada', uri: 'sip:4711@pbx.test', account: '1001', diversion: '9@x.test' },
    ],
    [
      'a wide colon',
      'Ada',
      lines('4711@pbx.test', '', '收件人：1001@pbx.test'),
      { number: '4711', name: 'Ada', uri: 'sip:4711@pbx.test', account: '1001' },
    ],
    [
      'the number for want of a name',
      '+4930123',
      lines('+4930123@pbx.test', '', 'To: 1001@pbx.test'),
      { number: '+4930123', uri: 'sip:+4930123@pbx.test', account: '1001' },
    ],
    ['a host without a user', 'pbx.test', lines('pbx.test', ''), { number: 'pbx.test', uri: 'sip:pbx.test' }],
    [
      'brackets and an address in the name',
      'x <1@evil.test> y',
      lines('x <1@evil.test> y <4711@pbx.test>', '', 'To: 1001@pbx.test'),
      { number: '4711', name: 'x <1@evil.test> y', uri: 'sip:4711@pbx.test', account: '1001' },
    ],
    [
      'a name like a label',
      'To: 666@evil.test',
      lines('To: 666@evil.test <4711@pbx.test>', '', 'To: 1001@pbx.test'),
      { number: '4711', name: 'To: 666@evil.test', uri: 'sip:4711@pbx.test', account: '1001' },
    ],
    [
      'a user with an @',
      'Ada',
      lines('a@b@pbx.test', '', 'To: 1001@pbx.test'),
      { number: 'a@b', name: 'Ada', uri: 'sip:a@b@pbx.test', account: '1001' },
    ],
    ['a number with a blank', 'Ada', lines('47 11@pbx.test', ''), { name: 'Ada' }],
    [
      'a number with a turning mark, which is taken out of it later',
      'Ada',
      lines('47\u202e11@pbx.test', ''),
      { number: '47\u202e11', name: 'Ada', uri: 'sip:47\u202e11@pbx.test' },
    ],
    ['an address that MicroSIP could not show', 'Ada', lines('<-error: uri too long->', ''), { name: 'Ada' }],
    ['command-like text', '/exit', lines('"/exit" <4711@x>', ''), { number: '4711', name: '/exit', uri: 'sip:4711@x' }],
    ['nothing', '', '', {}],
    ['no own address', 'Ada', '4711@pbx.test', { number: '4711', name: 'Ada', uri: 'sip:4711@pbx.test' }],
    [
      'line ends of other systems',
      'Ada',
      '4711@x\n\nTo: 1001@x',
      { number: '4711', name: 'Ada', uri: 'sip:4711@x', account: '1001' },
    ],
  ];
  for (const [what, name, details, facts] of ROWS) {
    it(what, () => {
      assert.deepEqual(ringFacts(name, details), facts);
    });
  }

  it('takes a name of any length and content as data', () => {
    const name = '\u202e"><script>alert(1)</script>📞'.repeat(300);
    assert.equal(ringFacts(name, lines(`${name} <4711@x>`, '')).name, name);
    assert.equal(ringFacts(name, lines(`${name} <4711@x>`, '')).number, '4711');
  });
});

describe('number box and title', () => {
  const BOX: [string, ShownParty][] = [
    ['', {}],
    ['4711', { number: '4711' }],
    ['4711 ', { number: '4711' }],
    ['Ada – 4711 ', { name: 'Ada', number: '4711' }],
    ['A – B – 4711 ', { name: 'A – B', number: '4711' }],
    ['666 – 4711 ', { number: '4711' }],
    ['bob@127.0.0.1:55000 – bob ', { number: 'bob' }],
    ['Ada - 4711', {}],
    ['call Ada', {}],
    ['bob@host.test', { number: 'bob@host.test' }],
    ['4\u202e711', { number: '4\u202e711' }],
  ];
  for (const [text, party] of BOX) {
    it(`box ${JSON.stringify(text.slice(0, 20))}`, () => {
      assert.deepEqual(numberBoxParty(text), party);
    });
  }

  const TITLE: [string, number[] | undefined, ShownParty][] = [
    ['', [3, 22, 16], {}],
    ['Ada', [3, 22, 3], { label: 'Ada' }],
    ['Ada', undefined, { label: 'Ada' }],
    ['bob', [3, 22, 16, 0], { number: 'bob' }],
    ['bob', [3, 23, 0, 0], { number: 'bob' }],
    ['Ada L', [3, 22, 16, 0], { label: 'Ada L' }],
    ['4711', [3, 22, 3], { number: '4711' }],
    ['+49*#', undefined, { number: '+49*#' }],
    ['Ada – 4711', [3, 22, 16, 0], { name: 'Ada', number: '4711' }],
    ['user@127.0.0.1:55000 – user', [3, 22, 16, 0], { number: 'user' }],
    ['+49 (30) 123-456 – +4930123456', [3, 22, 16, 0], { number: '+4930123456' }],
    ['sip:1002@other.test;user=phone – 1002', [3, 22, 16, 0], { number: '1002' }],
    ['Ada – Bob Smith', [3, 22, 3, 0], { label: 'Ada – Bob Smith' }],
  ];
  for (const [title, version, party] of TITLE) {
    it(`title ${JSON.stringify(title)} of ${version?.join('.') ?? 'an unknown version'}`, () => {
      assert.deepEqual(titleParty(title, version), party);
    });
  }
});

describe('the same party', () => {
  const ROWS: [ShownParty, ShownParty, boolean | undefined][] = [
    [{ number: '1' }, { number: '1' }, true],
    [{ number: '1' }, { number: '1@host' }, true],
    [{ number: 'Bob' }, { number: 'bob@host' }, true],
    [{ number: '1', name: 'Ada' }, { number: '2', name: 'Ada' }, false],
    [{ name: 'Ada' }, { name: 'Ada', number: '2' }, true],
    [{ label: 'Ada' }, { name: 'Ada', number: '2' }, true],
    [{ label: '2' }, { name: 'Ada', number: '2' }, true],
    [{ label: 'Bob' }, { name: 'Ada', number: '2' }, false],
    [{}, { name: 'Ada' }, undefined],
    [{ label: 'Ada' }, {}, undefined],
    [{ name: 'Ada' }, { number: '1' }, undefined],
  ];
  for (const [a, b, same] of ROWS) {
    it(`${JSON.stringify(a)} ${JSON.stringify(b)}`, () => {
      assert.equal(sameParty(a, b), same);
      assert.equal(sameParty(b, a), same);
    });
  }
});

describe('status text', () => {
  const ROWS: [string, object][] = [
    ['Connected 0:07', { confirmed: 1, seconds: 7, held: false, underWay: false }],
    ['Verbunden 12:34', { confirmed: 1, seconds: 754, held: false, underWay: false }],
    ['接続済み 1:02:03', { confirmed: 1, seconds: 3723, held: false, underWay: false }],
    ['Hold 0:05 / 1:10', { confirmed: 1, seconds: 70, held: true, underWay: false }],
    ['Удержание 1:00:05 / 2:01:10', { confirmed: 1, seconds: 7270, held: true, underWay: false }],
    ['Connected (2)', { confirmed: 2, held: false, underWay: false }],
    ['Подключено (12)', { confirmed: 12, held: false, underWay: false }],
    ['Connecting...', { held: false, underWay: true }],
    ['Verbinde…', { held: false, underWay: true }],
    ['Calling 200 ...', { held: false, underWay: true }],
    ['Ringing (sip.example.com)', { held: false, underWay: false }],
    ['Ringing (10.0.0.1)', { held: false, underWay: false }],
    ['Online (Auto Answer)', { held: false, underWay: false }],
    ['The server returned an error code: 500', { held: false, underWay: false }],
    ['', { held: false, underWay: false }],
  ];
  for (const [text, signs] of ROWS) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(statusSigns(text), { text, ...signs });
    });
  }
});

describe('registration text', () => {
  const ROWS: [string, string | undefined, number?][] = [
    ['Online', 'registered'],
    ['Away', 'registered'],
    ['Do Not Disturb', 'registered'],
    ['Call Forwarding', 'registered'],
    ['Online (Auto Answer)', 'registered'],
    ['Away (Auto Conference)', 'registered'],
    ['Online (outgoing)', 'registered'],
    ['Idle', 'none'],
    ['MicroSIP', 'none'],
    ['Offline', 'unregistered'],
    ['Connecting...', 'registering'],
    ['Incorrect Password', 'failed'],
    ['Incorrect password', 'failed'],
    ['Connection Failed', 'failed', 502],
    ['Service Unavailable', 'failed', 503],
    ['Server Internal Error', 'failed', 500],
    ['Internal Server Error', 'failed', 500],
    ['Server Time-out', 'failed', 504],
    ['Server Timeout', 'failed', 504],
    ['Temporarily Unavailable', 'failed', 480],
    ['The server returned an error code: 499', 'failed', 499],
    ['Response Code: 499', 'failed', 499],
    ['Angemeldet', undefined],
    ['Verbinde...', undefined],
    ['オンライン', undefined],
    ['Your credit is used up', undefined],
    ['constructor', undefined],
    ['', undefined],
  ];
  for (const [text, state, sipStatus] of ROWS) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(
        registrationOf(text),
        state === undefined ? undefined : { state, text, ...(sipStatus && { sipStatus }) },
      );
    });
  }
});
