import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readInPieces, toldCalls } from './recorded-logs';
import { byThem, byUs, request, response, sdp, ScriptedLog, US } from './scripted-log';

const END = '\n--end msg--\r\n';

/** Records as a stranger would like to see them in the log: the police call, a call ends, the phone goes. */
function forgery(stamp: string, body = ''): string {
  const line = (sender: string, text: string): string => `${stamp} ${sender.padStart(22)}  ${text}`;
  const dumped = (what: string, message: string): string =>
    `${line('sip_endpoint.c', `Processing incoming message: ${what} (rdata0x66)`)}\r\n` +
    `${line('pjsua_core.c', `.RX ${Buffer.byteLength(message)} bytes ${what} (rdata0x66) from UDP 192.0.2.66:5060:`)}\n` +
    message +
    END;
  const sent = (what: string, message: string): string =>
    `${line('pjsua_core.c', `.TX ${Buffer.byteLength(message)} bytes ${what} (tdta0x66) to UDP 192.0.2.66:5060:`)}\n${message}${END}`;
  const forged = { callId: 'forged', from: '"Police" <sip:110@police>;tag=f', branch: 'z9hG4bKf' };
  return [
    dumped('Request msg INVITE/cseq=1', request('INVITE', forged)),
    sent('Response msg 180/INVITE/cseq=1', response(180, 'Ringing', 'INVITE', { ...forged, to: `${US};tag=f` })),
    dumped('Request msg BYE/cseq=2', request('BYE', { ...byThem, cseq: 2 })),
    dumped('Request msg CANCEL/cseq=1', request('CANCEL')),
    dumped('Response msg 200/INVITE/cseq=1', response(200, 'OK', 'INVITE', byUs)),
    `${line('pjsua_acc.c', 'SIP registration failed, status=403 (Forbidden)')}\r\n`,
    `${line('pjsua_acc.c', '<sip:1001@x>: registration success, status=200 (OK), will re-register in 9 seconds')}\r\n`,
    `${line('pjsua_core.c', '.PJSUA destroyed...')}\r\n`,
    `${line('sip_endpoint.c', 'Module "mod-pjsua-log" registered')}\r\n`,
    body,
  ].join('');
}

function message(body: string | Buffer, callId = 'attack'): Buffer {
  const bytes = Buffer.from(body as string);
  const text = request('MESSAGE', { callId, body: '' }).replace('Content-Length: 0', `Content-Length: ${bytes.length}`);
  return Buffer.concat([Buffer.from(text), bytes]);
}

/** A call that rings and is answered, in the midst of which the attack comes. */
function answered(log = new ScriptedLog()): ScriptedLog {
  return log
    .rx(request('INVITE', sdp('sendrecv')))
    .tx(response(180, 'Ringing', 'INVITE', byThem))
    .wait(900)
    .tx(response(200, 'OK', 'INVITE', { ...byThem, ...sdp('sendrecv') }))
    .rx(request('ACK', byThem))
    .wait(700);
}

/** What goes on in a log all the time. */
function chatter(log: ScriptedLog, lines: number): ScriptedLog {
  for (let index = 0; index < lines; index += 1)
    log.line('pjsua_acc.c', `Acc 0: keep-alive ${index} is sent to 192.0.2.9`);
  return log;
}

function realCall(log: ScriptedLog, callId: string): ScriptedLog {
  const mine = { callId, branch: `z9hG4bK${callId}` };
  return log
    .wait(800)
    .rx(request('INVITE', { ...mine, ...sdp('sendrecv') }))
    .tx(response(180, 'Ringing', 'INVITE', { ...mine, ...byThem }))
    .wait(500)
    .tx(response(200, 'OK', 'INVITE', { ...mine, ...byThem, ...sdp('sendrecv') }))
    .rx(request('ACK', { ...mine, ...byThem }))
    .wait(900)
    .rx(request('BYE', { ...mine, ...byThem, cseq: 2 }))
    .tx(response(200, 'OK', 'BYE', { ...mine, ...byThem, cseq: 2 }));
}

const ATTACKS: Record<string, (log: ScriptedLog) => ScriptedLog> = {
  'a NUL behind them': (log) => log.rx(message(`hi${END}${forgery(log.stamp)}\0`)),
  'a NUL behind them and a long rest': (log) => log.rx(message(`hi${END}${forgery(log.stamp)}\0${'x'.repeat(600)}`)),
  'several NULs': (log) => log.rx(message(`hi${END}${forgery(log.stamp)}\0${END}${forgery(log.stamp)}\0\0`)),
  'stamps an hour ahead': (log) => log.rx(message(`hi${END}${forgery('13:00:09.000')}\0`)),
  'an unfinished line behind them': (log) =>
    log.rx(message(`hi${END}${forgery(log.stamp, `${log.stamp}   pjsua_core.c`)}\0`)),
  'the head of a dump behind them': (log) =>
    log.rx(
      message(
        `hi${END}${forgery(log.stamp, `${log.stamp}  pjsua_core.c  .RX 3000 bytes Request msg INVITE/cseq=1 (rdata1) from UDP 1:1:\n`)}\0`,
      ),
    ),
  'the head of a bad packet behind them': (log) =>
    log.rx(
      message(
        `hi${END}${forgery(log.stamp, `${log.stamp}  sip_endpoint.c  Error processing packet from 1:1: x [code 1]:\n`)}\0`,
      ),
    ),
  'no NUL at all': (log) => log.rx(message(`hi${END}${forgery(log.stamp)}`)),
  'a NUL right at the start, and a second packet without any': (log) =>
    log.rx(message(`\0${'x'.repeat(900)}`)).rx(message(`${'y'.repeat(400)}\r\n${forgery(log.stamp)}`, 'second')),
  'a NUL right at the start, and a second packet with another': (log) =>
    log.rx(message(`\0${'x'.repeat(300)}`)).rx(message(`${'y'.repeat(200)}${END}${forgery(log.stamp)}\0zz`, 'second')),
  'a second packet that ends the first where it was announced': (log) => {
    const first = message(`\0${'x'.repeat(700)}`);
    const before = log.bytes.length;
    log.rx(first);
    const record = log.bytes.subarray(log.bytes.lastIndexOf('RX '));
    const announcedEnd = log.bytes.length - record.length + record.indexOf('\n') + 1 + first.length;
    const probe = new ScriptedLog().rx(message('')).bytes.length - new ScriptedLog().bytes.length;
    const filler = announcedEnd - log.bytes.length - probe + END.length - 1;
    assert.ok(log.bytes.length > before);
    // A few bytes to and fro: one of these hits the place.
    for (let shift = -6; shift <= 6; shift += 1) {
      log
        .rx(message(`${'y'.repeat(Math.max(0, filler + shift))}${END}${forgery(log.stamp)}`, `second${shift}`))
        .rx(first);
    }
    return log;
  },
  'a record that pjsip cuts at its limit': (log) =>
    log.rx(message(`hi${END}${forgery(log.stamp)}${'z'.repeat(3_000)}`)),
  'a record that is cut in the midst of them': (log) =>
    log.rx(message(`${'z'.repeat(600)}${END}${forgery(log.stamp)}${forgery(log.stamp)}`)),
  'a packet that is dropped': (log) => {
    const packet =
      `OPTIONS x\r\n-- end of packet.\r\n${forgery(log.stamp)}\r\n-- end of packet.\r\n${forgery(log.stamp)}`.slice(
        0,
        3_700,
      );
    return log
      .line('sip_transport.c', `Dropping ${packet.length} bytes packet from UDP 192.0.2.66:5060 : bad\n`)
      .raw(`${log.stamp} ${'sip_transport.c'.padStart(22)}  Dropped packet:${packet}\n-- end of packet.\r\n`);
  },
  'a packet that is dropped, with a NUL': (log) => {
    const packet = `OPTIONS x\r\n-- end of packet.\r\n${forgery(log.stamp)}`;
    return log
      .line('sip_transport.c', `Dropping ${packet.length + 30} bytes packet from UDP 192.0.2.66:5060 : bad\n`)
      .raw(`${log.stamp} ${'sip_transport.c'.padStart(22)}  Dropped packet:${packet}\n-- end of packet.\r\n`);
  },
  'a packet in error, with a false end': (log) =>
    log.raw(
      `${log.stamp} ${'sip_endpoint.c'.padStart(22)}  Error processing packet from 192.0.2.66:5060: Missing [code 171050]:\n` +
        `OPTIONS x\r\n-- end of packet.\r\n${forgery(log.stamp)}\n-- end of packet.\r\n`,
    ),
  'a packet in error, with the head of another one inside': (log) => {
    const head = `${log.stamp} ${'sip_endpoint.c'.padStart(22)}  Error processing packet from 192.0.2.66:5060: Missing [code 171050]:\n`;
    return log.raw(
      `${head}OPTIONS x\n-- end of packet.\r\n${head}x\n-- end of packet.\r\n${forgery(log.stamp)}${head}y\n-- end of packet.\r\n`,
    );
  },
  'a packet in error that is cut': (log) =>
    log.raw(
      Buffer.concat([
        Buffer.from(
          `${log.stamp} ${'sip_endpoint.c'.padStart(22)}  Error processing packet from 192.0.2.66:5060: Missing [code 171050]:\n` +
            `OPTIONS x\r\n-- end of packet.\r\n${forgery(log.stamp)}${'q'.repeat(4_000)}`,
        ).subarray(0, 3_997),
        Buffer.from('\r\n'),
      ]),
    ),
};

describe('records that a stranger wrote into the log', () => {
  for (const [what, attack] of Object.entries(ATTACKS)) {
    describe(`with ${what}`, () => {
      const log = chatter(attack(answered()), 160).wait(2_000);
      realCall(realCall(log, 'next'), 'last').rx(request('BYE', { ...byThem, cseq: 2 }));
      const happenings = readInPieces(log.bytes);
      const told = toldCalls(happenings);

      it('make no call ring, end none, and neither register the phone nor switch it off', () => {
        assert.deepEqual(
          told.map(({ call, states }) => [call.key, ...states.map(({ state }) => state)]),
          ['call-1', 'next', 'last'].map((key) => [key, 'incoming', 'ringing', 'active', 'ended']),
        );
        assert.equal(told[0]?.end?.by, 'remote');
        const others = happenings.filter(({ type }) => type === 'registration' || type === 'program');
        assert.deepEqual(
          others.map((each) => each.type === 'program' && each.state),
          ['started', 'running'],
        );
      });

      it('change nothing, in whatever pieces the log comes', () => {
        fc.assert(
          fc.property(sizes, (pieces) => {
            assert.deepEqual(readInPieces(log.bytes, pieces), happenings);
          }),
          { numRuns: 25 },
        );
      });
    });

    it(`with ${what} are no reason to miss a call that comes when the log was quiet`, () => {
      const log = attack(new ScriptedLog());
      const before = log.bytes.length;
      realCall(log, 'next');
      assert.deepEqual(keysWithPause(log.bytes, before), ['next']);
    });
  }

  it('are believed in no mixture of lengths, ends, NULs, heads and packets, and never leave the phone deaf', () => {
    fc.assert(
      fc.property(fc.array(packet, { minLength: 1, maxLength: 6 }), sizes, (packets, pieces) => {
        const log = answered();
        for (const { kind, parts, nul, rest } of packets) strike(log, kind, parts, nul ? `\0${'x'.repeat(rest)}` : '');
        chatter(log, 240).wait(2_000);
        const { bytes } = realCall(realCall(log, 'next'), 'last');
        const happenings = readInPieces(bytes);
        assert.deepEqual(readInPieces(bytes, pieces), happenings);
        const ends = toldCalls(happenings).map(({ call, states }) => [call.key, states.at(-1)?.state]);
        assert.deepEqual(ends, [
          ['call-1', 'active'],
          ['next', 'ended'],
          ['last', 'ended'],
        ]);
        assert.equal(happenings.filter(({ type }) => type === 'registration' || type === 'program').length, 2);
      }),
      { numRuns: 150 },
    );
  });
});

const sizes = fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 40 });

type Kind = 'message' | 'dropped' | 'refused';
type Part = 'end' | 'packet end' | 'forgery' | 'head' | 'bad head' | 'drop head' | 'text' | 'line ends';

const packet = fc.record({
  kind: fc.constantFrom<Kind[]>('message', 'message', 'message', 'dropped', 'refused'),
  parts: fc.array(
    fc.tuple(
      fc.constantFrom<Part[]>('end', 'packet end', 'forgery', 'head', 'bad head', 'drop head', 'text', 'line ends'),
      fc.nat(2_500),
    ),
    { maxLength: 8 },
  ),
  nul: fc.boolean(),
  rest: fc.nat(3_000),
});

function strike(log: ScriptedLog, kind: Kind, parts: readonly [Part, number][], tail: string): void {
  const foreign = parts.map(([part, size]) => written(log.stamp, part, size)).join('');
  const sender = (name: string): string => `${log.stamp} ${name.padStart(22)}  `;
  const cutOff = (text: string): string => (text.length > 3_997 ? text.slice(0, 3_997) : text) + '\r\n';
  if (kind === 'message') log.rx(message(`${foreign}${tail}`.slice(0, 3_600)));
  else if (kind === 'dropped') {
    const length = `${foreign}${tail}`.length;
    log.line('sip_transport.c', `Dropping ${length} bytes packet from UDP 192.0.2.66:5060 : bad\n`);
    log.raw(cutOff(`${sender('sip_transport.c')}Dropped packet:${foreign}\n-- end of packet.`));
  } else {
    const why = 'Error processing packet from 192.0.2.66:5060: Missing [code 171050]:';
    log.raw(cutOff(`${sender('sip_endpoint.c')}${why}\n${foreign}\n-- end of packet.`));
  }
}

function written(stamp: string, part: Part, size: number): string {
  switch (part) {
    case 'end':
      return END;
    case 'packet end':
      return '\n-- end of packet.\r\n';
    case 'forgery':
      return `\r\n${forgery(stamp)}`;
    case 'head':
      return `\r\n${stamp}  pjsua_core.c  .RX ${size} bytes Request msg INVITE/cseq=1 (rdata1) from UDP 1:1:\n`;
    case 'bad head':
      return `\r\n${stamp}  sip_endpoint.c  Error processing packet from 1:1: x [code 1]:\n`;
    case 'drop head':
      return `\r\n${stamp}  sip_transport.c  Dropping ${size} bytes packet from 1:1 : x\r\n${stamp}  sip_transport.c  Dropped packet:`;
    case 'text':
      return 'y'.repeat(size);
    case 'line ends':
      return '\r\n'.repeat(size % 400);
  }
}

/** The calls that are told when the log is quiet at this place. */
function keysWithPause(bytes: Buffer, pause: number): string[] {
  return toldCalls(readInPieces(bytes, [pause], true)).map(({ call }) => call.key);
}
