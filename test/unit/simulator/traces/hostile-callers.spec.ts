import assert from 'node:assert/strict';
import { Traced } from './traced';

const HOSTILE = [
  'a b  c',
  ' at both ends ',
  'quotes "in" the middle',
  '"',
  'back\\slash \\" and \\\\ at the end\\',
  '& calc.exe | more < in > out ^ %PATH% %00 %41 %zz',
  '--switch -o /tmp/file /exit @response',
  '-o file',
  '; rm -rf / ;tag=evil;branch=evil',
  'x'.repeat(1000),
  'bell \u0007 escape \u001b[31m null \u0000 delete \u007f',
  'line\r\nVia: SIP/2.0/UDP evil\r\n\r\nBYE sip:x SIP/2.0',
  '\n--end msg--\r\n12:00:00.000           pjsua_core.c  .PJSUA destroyed...',
  'to the right \u202e left \u2066 \u200f \u2028 \ufeff',
  'sip:evil@example.net',
  '"Bank" <sip:1@bank.example>;tag=1',
  '<<>>',
  '?header=1&To=evil, <sip:second@x>',
  'Ünïcödé Ω 中文 📞',
  'half \ud800 a character',
  '#*+0(1)2-3.4/5',
  ':colon:secret',
  '@',
];

describe('hostile callers in the log of the simulated MicroSIP', () => {
  let phone: Traced;
  afterEach(() => phone.end());
  const check = (): void => {
    phone.checkLog();
    assert.equal(phone.happenings.filter(({ type }) => type === 'program').length, 2);
    assert.deepEqual(phone.hooks.length, phone.truth.length * 5);
  };
  const through = async (caller: { number: string; name?: string; uri?: string }): Promise<void> => {
    phone = await Traced.begin();
    phone.microsip.far.incoming(caller);
    await phone.settle();
    await phone.command('/answer');
    phone.microsip.user.toggleHold();
    phone.microsip.far.hangup();
    await phone.settle();
    assert.equal(phone.truth.length, 1);
  };

  for (const text of HOSTILE) {
    it(`as a name and as a number: ${JSON.stringify(text.slice(0, 50))}`, async () => {
      await through({ number: '1005', name: text });
      check();
      await phone.end();
      await through({ number: text, name: 'Ada' });
      check();
      await phone.end();
      await through({ number: text, name: `${text}!` });
      check();
    });
  }

  it('as a host: it cannot leave its place', async () => {
    await through({ number: '1005', uri: 'sip:1005@evil">,<sip:9\u0007' });
    check();
    assert.equal(phone.truth[0]?.number, '1005');
  });

  it('what is dialled reaches the log as it is, too', async () => {
    phone = await Traced.begin();
    for (const number of ['a%41', "o'neil;x=1?y:z", 'Ω', 'x'.repeat(800), '\u0007bell', '--switch']) {
      phone.microsip.user.dial(number);
      await phone.settle();
      phone.microsip.far.busy();
      await phone.settle();
    }
    assert.equal(phone.truth.length, 6);
    phone.checkLog();
  });

  it('hooks get what PJSIP would print, and MicroSIP read out of it', async () => {
    phone = await Traced.begin();
    const callers = [
      { number: 'a b"c', name: 'Ada' },
      { number: '1005', name: '<sip:99@bank.example>' },
      { number: '1005', name: 'x'.repeat(300) },
      { number: '50%41&x|y' },
    ];
    for (const caller of callers) {
      phone.microsip.far.incoming(caller);
      phone.microsip.far.hangup();
      await phone.settle();
    }
    assert.deepEqual(
      phone.hooks.filter((hook) => !hook.startsWith('Ring')),
      [
        'Incoming a%20b%22c',
        'End a%20b%22c',
        'Incoming 99',
        'End 99',
        'Incoming ',
        'End -error',
        'Incoming 50%41&x%7Cy',
        'End 50%41&x%7Cy',
      ],
    );
  });
});
