import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readInPieces } from '../../observers/log/recorded-logs';
import { SimulatedMicrosip } from '../../../../src/simulator/simulated-microsip';
import { Traced } from './traced';

const STARTED = 120;
const RECORD = /^\d\d:\d\d:\d\d\.\d{3} +(\S+) [ !]\.*\S/;

describe('log of the simulated MicroSIP', () => {
  let phone: Traced;
  beforeEach(async () => {
    phone = await Traced.begin();
  });
  afterEach(() => phone.end());
  const started = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, STARTED));

  it('has lines as PJSIP writes them', async () => {
    await phone.connected('1002');
    phone.microsip.far.hangup();
    const text = phone.logBytes.toString();
    const records = text.split('\r\n').filter((line) => /^\d\d:/.test(line));
    assert.ok(records.length > 40);
    for (const record of records) assert.match(record, RECORD);
    assert.match(text, /^\d\d:\d\d:\d\d\.\d{3} {9}sip_endpoint\.c  \.Module "mod-pjsua-log" registered\r\n/);
    const announced = [...text.matchAll(/(?:TX|RX) (\d+) bytes .*:\n([^]*?)\n--end msg--\r\n/g)];
    assert.equal(announced.length, 8);
    for (const [, size, message] of announced) assert.equal(Buffer.byteLength(message ?? ''), Number(size));
    assert.ok(text.includes(' !'), 'the receiving thread is another one');
  });

  it('names Call-ID, tags and numbers of a call the same from its beginning to its end', async () => {
    const callId = await phone.connected('1002');
    await phone.command('msip:hold');
    await phone.command('/hangupall');
    const messages = phone.logBytes
      .toString()
      .split('--end msg--')
      .filter((part) => part.includes(callId));
    const tags = new Set(
      messages.flatMap((message) => [...message.matchAll(/^(?:From|To): .*;tag=(\S+)/gm)].map(([, tag]) => tag)),
    );
    assert.equal(tags.size, 2);
    const cseqs = messages.map((message) => /^CSeq: (\d+) (\S+)/m.exec(message)?.slice(1).join(' ') ?? '');
    const [opening = 0] = cseqs.map((cseq) => parseInt(cseq));
    const order = cseqs.map((cseq) => `${parseInt(cseq) - opening} ${cseq.replace(/^\d+ /, '')}`);
    assert.deepEqual(order, [
      '0 INVITE',
      '0 INVITE',
      '0 INVITE',
      '0 ACK',
      '1 INVITE',
      '1 INVITE',
      '1 ACK',
      '2 BYE',
      '2 BYE',
    ]);
  });

  it('tells the registration: sent, taken, refused, taken back', async () => {
    phone.microsip.unregister();
    phone.microsip.refuseRegistration(403);
    phone.microsip.register();
    phone.microsip.refuseRegistration(401);
    await phone.settle();
    const told = phone.happenings.flatMap((happening) =>
      happening.type === 'registration' ? [happening.registration] : [],
    );
    assert.deepEqual(told, [
      { state: 'registering' },
      { state: 'registered', sipStatus: 200 },
      { state: 'unregistered' },
      { state: 'registering' },
      { state: 'failed', sipStatus: 403 },
      { state: 'registered', sipStatus: 200 },
      { state: 'failed', sipStatus: 401 },
    ]);
  });

  it('breaks off when MicroSIP is killed: its call has no end', async () => {
    await phone.connected('1002');
    phone.microsip.crash();
    assert.deepEqual(
      phone.logged.map(({ states, end }) => [states.at(-1), end]),
      [['connected', undefined]],
    );
  });

  it('is begun anew at each start; the old one is kept the first time only', async () => {
    await phone.connected('1002');
    const old = phone.logBytes;
    phone.microsip.crash();
    phone.microsip.restart();
    await started();
    assert.deepEqual(readFileSync(join(phone.folder, 'microsip_log_1.txt')), old);
    assert.deepEqual(phone.logged, []);
    await phone.connected('1003');
    phone.microsip.setReady(false);
    phone.microsip.setReady(true);
    assert.deepEqual(readFileSync(join(phone.folder, 'microsip_log_1.txt')), old);
    assert.deepEqual(phone.logged, []);
    assert.equal(phone.happenings.at(-1)?.type, 'registration');
  });

  it('ends in good order when the SIP stack goes down', async () => {
    await phone.connected('1002');
    phone.microsip.setReady(false);
    await phone.settle();
    phone.checkLog();
    const last = phone.happenings.slice(-2);
    assert.deepEqual(
      last.map((happening) => (happening.type === 'program' ? happening.state : happening.type)),
      ['registration', 'ended'],
    );
  });

  it('is not kept when the name of a folder has a dot', () => {
    const folder = join(phone.folder, 'with.dot');
    mkdirSync(folder);
    const log = join(folder, 'log.txt');
    new SimulatedMicrosip({ traces: { log } }).dispose();
    new SimulatedMicrosip({ traces: { log } }).dispose();
    assert.deepEqual(readdirSync(folder), ['log.txt']);
    assert.ok(readInPieces(readFileSync(log)).length > 0);
  });

  it('is an error when it cannot be written; at a later start only for the journal', () => {
    const log = join(phone.folder, 'nowhere', 'log.txt');
    assert.throws(() => new SimulatedMicrosip({ traces: { log } }), /ENOENT/);
    mkdirSync(join(phone.folder, 'nowhere'));
    const microsip = new SimulatedMicrosip({ traces: { log } });
    microsip.setReady(false);
    rmSync(join(phone.folder, 'nowhere'), { recursive: true });
    microsip.setReady(true);
    assert.match(microsip.journal.details('box')[0] ?? '', /ENOENT/);
    microsip.user.dial('1002');
    microsip.dispose();
  });
});
