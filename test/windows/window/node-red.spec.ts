import assert from 'node:assert/strict';
import { skipBecause } from '../../support/skip';
import { RunningNodeRed } from '../support/running-node-red';
import { StandIn, whyNoStandIn } from '../support/stand-in';

describe('Node-RED with MicroSIP on one Windows PC', function () {
  this.timeout(90_000);
  let nodeRed: RunningNodeRed;
  const standIns: StandIn[] = [];

  before(async function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
    nodeRed = await RunningNodeRed.start();
  });
  after(async () => {
    // A skipped suite has none.
    await (nodeRed as RunningNodeRed | undefined)?.stop();
  });
  afterEach(async () => {
    for (const standIn of standIns.splice(0)) await standIn.end();
  });

  const start = async (): Promise<StandIn> => {
    const standIn = await StandIn.start();
    standIns.push(standIn);
    return standIn;
  };
  const callEvents = async (phone: string): Promise<string[]> =>
    (await nodeRed.events(phone)).filter((event) => event['callId']).map(({ event }) => event);
  const texts = async (standIn: StandIn): Promise<string[]> =>
    (await standIn.received()).filter(({ probe }) => !probe).map(({ text }) => text);

  it('incoming → answered → DTMF → ended', async () => {
    const standIn = await start();
    await nodeRed.deploy({ in: { connection: 'window', program: standIn.program } });
    await standIn.act('incoming', '+4930123456', 'Ada &|^%x% Lovelace');
    const incoming = await nodeRed.until('in', 'incoming');
    assert.deepEqual(
      ['number', 'name', 'direction', 'state', 'source'].map((field) => incoming[field]),
      ['+4930123456', 'Ada &|^%x% Lovelace', 'inbound', 'ringing', 'window'],
    );
    assert.deepEqual(await nodeRed.command('in', 'answer'), { status: 200, body: { callId: incoming['callId'] } });
    await nodeRed.until('in', 'answered');
    assert.equal((await nodeRed.command('in', 'dtmf', '12#')).status, 200);
    await standIn.act('remote-hangup');
    await nodeRed.until('in', 'ended');
    assert.deepEqual(await callEvents('in'), ['incoming', 'answered', 'ended']);
    assert.deepEqual(await texts(standIn), ['/answer', '/dtmf:12#']);
  });

  it('outgoing → connected → ended; bad numbers never leave Node-RED', async () => {
    const standIn = await start();
    await nodeRed.deploy({ out: { connection: 'window', program: standIn.program } });
    await nodeRed.until('out', 'phone_online');
    for (const bad of ['/exit', '/resetnoask', '1001 hello', 'tel:/account:1/password:x', '10\n01']) {
      const { status, body } = await nodeRed.command('out', 'dial', bad);
      assert.deepEqual([status, body['code']], [500, 'invalid_number']);
    }
    const dialled = await nodeRed.command('out', 'dial', '+49 30 654321');
    await nodeRed.until('out', 'outgoing');
    await standIn.act('remote-ring');
    await nodeRed.until('out', 'alerting');
    await standIn.act('remote-answer');
    await nodeRed.until('out', 'answered');
    assert.equal((await nodeRed.command('out', 'dial', '1003')).body['code'], 'line_busy');
    assert.equal((await nodeRed.command('out', 'hangup')).status, 200);
    const ended = await nodeRed.until('out', 'ended');
    assert.deepEqual([ended['callId'], ended['endedBy']], [dialled.body['callId'], 'local']);
    assert.deepEqual(await texts(standIn), ['+4930654321', '/hangupall']);
  });

  it('two copies side by side are two phones', async () => {
    const [one, two] = [await start(), await start()];
    await nodeRed.deploy({
      one: { connection: 'window', program: one.program },
      two: { connection: 'window', program: two.program.toUpperCase() },
    });
    await two.act('incoming', '1005');
    await nodeRed.until('two', 'incoming');
    await nodeRed.until('one', 'phone_online');
    assert.equal((await nodeRed.command('one', 'answer')).body['code'], 'no_call');
    assert.equal((await nodeRed.command('one', 'dial', '1006')).status, 200);
    await nodeRed.until('one', 'outgoing');
    assert.equal((await nodeRed.command('two', 'answer')).status, 200);
    await nodeRed.until('two', 'answered');
    assert.deepEqual([await callEvents('one'), await callEvents('two')], [['outgoing'], ['incoming', 'answered']]);
    assert.deepEqual([await texts(one), await texts(two)], [['1006'], ['/answer']]);
  });

  it('killed and started again during a call; absent at deploy; redeployed in a call', async () => {
    const standIn = await start();
    await standIn.crash();
    const settings = { re: { connection: 'window', program: standIn.program } };
    await nodeRed.deploy(settings);
    assert.equal((await nodeRed.command('re', 'dial', '1002')).body['code'], 'not_running');
    await standIn.run();
    await nodeRed.until('re', 'phone_online');
    await standIn.act('incoming', '1005');
    await nodeRed.until('re', 'incoming');
    await nodeRed.deploy(settings);
    await nodeRed.command('re', 'answer');
    await nodeRed.until('re', 'answered');
    await standIn.crash();
    assert.equal((await nodeRed.until('re', 'ended'))['source'], 'watchdog');
    await nodeRed.until('re', 'phone_offline');
    await standIn.run();
    await nodeRed.until('re', 'phone_online', 2);
    await standIn.act('incoming', '1006');
    await nodeRed.until('re', 'incoming', 2);
    await standIn.act('remote-hangup');
    await nodeRed.until('re', 'ended', 2);
    assert.deepEqual(await callEvents('re'), ['incoming', 'answered', 'ended', 'incoming', 'ended']);
  });

  it('the Test button tells what is there', async () => {
    const standIn = await start();
    const found = await nodeRed.testPhone({ connection: 'window', program: standIn.program });
    assert.deepEqual(
      ['presence', 'version', 'title', 'registrationText'].map((field) => found[field]),
      ['ready', '3.22.16.0', 'MicroSIP - Desk', 'Online'],
    );
    const none = await nodeRed.testPhone({ connection: 'window', program: 'C:\\nowhere\\MicroSIP.exe' });
    assert.equal(none['presence'], 'absent');
    assert.match(String(none['message']), /not running/);
  });

  it('Find lists the copies that run', async () => {
    const copies = [await start(), await start()];
    const { running } = await nodeRed.findMicrosip();
    for (const { program } of copies)
      assert.deepEqual(
        running
          .filter((one) => one.program?.toLowerCase() === program.toLowerCase())
          .map(({ title, version }) => [title, version]),
        [['MicroSIP - Desk', '3.22.16.0']],
      );
  });
});
