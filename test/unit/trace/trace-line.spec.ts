import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CommandStep, TraceEntry } from '../../../src/phone/ports/trace';
import { PhoneError } from '../../../src/phone/errors/phone-error';
import { masked, unmasked } from '../../../src/trace/masked-value';
import { TraceLines } from '../../../src/trace/trace-line';

const ID = '43223362-59a7-4b7f-81fb-d533f81d5e5f';

const line = (entry: TraceEntry, shown = masked): string => new TraceLines(shown).of(entry) ?? '';
const step = (details: object, is: CommandStep = 'read'): TraceEntry => ({
  ...{ kind: 'command', command: 3, step: is, ms: 12, with: details },
});
const seen = (facts: object): TraceEntry => ({
  kind: 'seen',
  callId: ID,
  observation: { type: 'call', time: 1, source: 'log', key: 'k', direction: 'inbound', state: 'ringing', facts },
});

describe('the lines of a trace', () => {
  it('say how far a command has come', () => {
    const dial = step({ do: 'dial', target: '+49 30 1234567,,99#', account: 2 }, 'deliver');
    assert.equal(line(dial), 'command #3 deliver 12 ms do=dial target=…4567,s(4) account=2');
    const done = step({ callId: ID, verified: false }, 'done');
    assert.equal(line(done), 'command #3 done 12 ms callId=43223362 verified=false');
    assert.equal(
      line(step({ code: 'timeout', reason: 'no_effect' }, 'failed')),
      'command #3 failed 12 ms code=timeout reason=no_effect',
    );
  });

  it('say of what a flow gave instead of a text only that it did', () => {
    const given = [Buffer.from('+4930123456'), [4, 9, 3, 0], { '+4930123456': 1 }, [['+4930123456']]];
    for (const number of given)
      assert.equal(line(step({ type: 'dial', number })), 'command #3 read 12 ms type=dial number=n(3)');
    const message = line(step({ type: 'message', number: 1001, text: Buffer.from('Hello') }));
    assert.equal(message, 'command #3 read 12 ms type=message number=…01 text=t(3)');
    assert.equal(line(step({ type: 'message', text: 4711 })), 'command #3 read 12 ms type=message text=t(4)');
    assert.equal(line(step({ digits: [1, 2], tail: 3 })), 'command #3 read 12 ms digits=s(3) tail=s(1)');
  });

  it('do not read through megabytes that a flow gave instead of a text', () => {
    const guarded = new Proxy(Buffer.alloc(1), { ownKeys: () => assert.fail('read through') });
    assert.equal(line(step({ type: 'message', text: guarded })), 'command #3 read 12 ms type=message text=t(3)');
  });

  it('say what a source shows, of which call', () => {
    const facts = { number: '1001', name: 'Ada', uri: 'sip:ada@pbx.example.org', account: '+4930123456' };
    const key = masked('key', 'k');
    assert.equal(
      line(seen(facts)),
      `seen log call callId=43223362 key=${key} direction=inbound state=ringing ` +
        'facts.number=…01 facts.name=n(3) facts.uri=sip:n(3)@h(15) facts.account=…3456',
    );
  });

  it('give the reason of what is concluded', () => {
    const grounds = { reason: 'others_silent', source: 'window', others: ['log'], ms: 2000 } as const;
    assert.equal(
      line({ kind: 'concluded', conclusion: { ...grounds, event: 'ended', callId: ID } }),
      'concluded ended callId=43223362: window showed it, log said nothing for 2000 ms',
    );
    assert.equal(
      line({ kind: 'concluded', conclusion: { reason: 'end_waits', source: 'window', others: ['log'], ms: 250 } }),
      'concluded nothing yet: window shows the end: believed in 250 ms, unless log says more',
    );
  });

  it('say of a look only what is not as before', () => {
    const lines = new TraceLines(masked);
    const look = (shows: object): string | undefined =>
      lines.of({ kind: 'look' as const, source: 'window' as const, shows });
    const snapshot = { time: 1, presence: 'ready', statusText: 'Online', rings: [] };
    const ring = { key: 'r1', name: 'Ada', details: '+4930123456' };
    assert.equal(look(snapshot), 'look window presence=ready statusText=t(6)');
    assert.equal(look({ ...snapshot, time: 2 }), undefined);
    assert.equal(
      look({ ...snapshot, time: 3, rings: [ring] }),
      `look window rings.0.key=${masked('key', 'r1')} rings.0.name=n(3) rings.0.details=t(11)`,
    );
    assert.equal(look({ ...snapshot, time: 4 }), 'look window rings.0.key=- rings.0.name=- rings.0.details=-');
  });

  it('do not count the seconds of a call', () => {
    const lines = new TraceLines(unmasked);
    const look = (statusText: string): string | undefined =>
      lines.of({ kind: 'look', source: 'window', shows: { statusText } });
    assert.equal(look('Connected 0:09'), 'look window statusText="Connected 0:09"');
    assert.equal(look('Connected 0:10'), undefined);
    assert.equal(look('Online'), 'look window statusText=Online');
  });

  it('never show passwords, digits for voice mailboxes and the folders of people', () => {
    const dialled = 'tel:1/account:1/password:secret;x';
    const all = line(step({ number: dialled, digits: '4711' }), unmasked);
    assert.ok(!/secret|4711/.test(all), all);
    assert.equal(
      line({ kind: 'settings', settings: { program: 'C:\\Users\\ada\\MicroSIP.exe', logFile: 'auto', hooks: true } }),
      'settings program=p(25)*.exe logFile=auto hooks=true',
    );
    const dialer = { dialer: { number: '4711', sendShown: true } };
    assert.equal(
      line({ kind: 'look', source: 'window', shows: dialer }, unmasked),
      'look window dialer.number=s(4) dialer.sendShown=true',
    );
  });

  it('show all else to who asks for it', () => {
    const facts = { number: '+4930123456', name: 'Ada "L"' };
    assert.match(line(seen(facts), unmasked), / facts\.number=\+4930123456 facts\.name="Ada \\"L\\""$/);
  });

  it('tell apart what has the same name, by what they show as well as by what they hide', () => {
    assert.equal(masked('key', 'one'), masked('key', 'one'));
    assert.notEqual(masked('key', 'one'), masked('key', 'other'));
    assert.match(masked('call', 'given by a program'), /^#[0-9a-f]{6}$/);
  });

  it('say the code of a problem, and nothing of its values', () => {
    const error = new PhoneError('config', 'trace_failed', { path: 'C:\\Users\\ada', why: 'EACCES' });
    assert.equal(line({ kind: 'problem', error }), 'problem config.trace_failed');
  });

  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.constantFrom(
      '\r\n2026-01-01T00:00:00.000Z command #1 done',
      '\u2028x',
      '\u202e',
      '" callId=1',
      '\ud800',
      '\u0085',
    ),
    fc.string({ maxLength: 5000, minLength: 3000 }),
  );
  const entries: fc.Arbitrary<TraceEntry> = fc.oneof(
    fc.record({ number: texts, name: texts, uri: texts, sipCallId: texts, diversion: texts }).map(seen),
    fc
      .dictionary(texts, fc.anything(), { maxKeys: 80 })
      .map((shows) => ({ kind: 'look' as const, source: 'window' as const, shows })),
    fc.record({ type: texts, target: texts, text: texts, digits: texts, callId: texts }).map((one) => step(one)),
  );

  it('are one line each of printable characters and bounded length, whatever is in them', () => {
    fc.assert(
      fc.property(entries, fc.constantFrom(masked, unmasked), (entry, shown) => {
        const text = line(entry, shown);
        assert.ok(text.length <= 1501, String(text.length));
        assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        // Blanks only stand between fields and within quotation marks.
        const fields = text.replace(/"(?:[^"\\]|\\.)*"?/g, '""').split(' ');
        const [first = ''] = fields;
        assert.ok(text === '' || ['seen', 'look', 'command'].includes(first), text);
        const rest = fields.slice(first === 'seen' ? 3 : first === 'look' ? 2 : 5);
        for (const field of rest.slice(0, -1)) assert.match(field, /^[\w.?]*=/);
      }),
      { numRuns: 500 },
    );
  });

  it('leave of numbers, names and texts nothing that tells whose they are', () => {
    const digits = fc.stringMatching(/^\+?[1-9][0-9]{2,14}$/);
    const words = fc.stringMatching(/^[A-Z]{6,12}$/);
    fc.assert(
      fc.property(digits, words, (number, word) => {
        const facts = { number, uri: `sip:${number}@${word}.org`, name: word, account: number, diversion: `${word}@h` };
        const call = line(seen({ ...facts, numberE164: number, unheardOf: word }));
        const command = line(step({ number: `${number},${number}`, text: word, target: word, digits: number }));
        for (const text of [call, command]) {
          assert.ok(!text.includes(word), text);
          if (number.length > 9) assert.ok(!text.includes(number.slice(0, -4)), text);
          const shown = [...text.matchAll(/…([0-9]+)/g)].map(([, one = '']) => one.length);
          assert.ok(shown.length > 0 && Math.max(...shown) <= Math.min(4, number.replace('+', '').length / 2), text);
        }
      }),
    );
  });
});
