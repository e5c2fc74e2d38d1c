import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimulatedMicrosip } from '../../../src/simulator/simulated-microsip';
import { eventually } from '../../support/eventually';

describe('recorder of the simulated MicroSIP', () => {
  let folder: string;
  let microsip: SimulatedMicrosip;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'microsip-recordings-'));
  });
  afterEach(() => {
    microsip.dispose();
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  const start = (autoRecording = false): void => {
    microsip = new SimulatedMicrosip({ autoRecording, traces: { recordings: folder } });
  };
  /** A call that is answered. */
  const call = async (number = '+4930123456'): Promise<string> => {
    const id = microsip.far.incoming({ number });
    microsip.user.answer(id);
    await eventually(() => microsip.calls.find(id)?.stage === 'confirmed' || undefined);
    return id;
  };
  const files = (): string[] => readdirSync(folder);

  it('makes a file with the name of MicroSIP, whose head is right when the call is over', async () => {
    start(true);
    const ended: number[] = [];
    microsip.calls.on('ended', () => {
      const [name = ''] = files();
      const bytes = readFileSync(join(folder, name));
      ended.push(bytes.readUInt32LE(40), bytes.length);
    });
    const id = await call('+49 30/1');
    const [name = ''] = files();
    assert.match(name, /^\d{8}-\d{6}-\+49_30_1-incoming-1001\.wav$/);
    assert.equal(readFileSync(join(folder, name)).readUInt32LE(40), 0);
    microsip.far.hangup(id);
    const [size = 0, length = 0] = ended;
    assert.equal(length, 44 + size);
    assert.equal(readFileSync(join(folder, name)).toString('latin1', 0, 4), 'RIFF');
  });

  it('records only what it is told to, and stops when it is told to', async () => {
    start();
    const one = microsip.calls.find(await call());
    assert.ok(one);
    assert.deepEqual(files(), []);
    microsip.recorder.start(one);
    assert.equal(microsip.recorder.isRecording(one), true);
    microsip.recorder.start(one);
    assert.equal(files().length, 1);
    microsip.recorder.stop(one);
    assert.equal(microsip.recorder.isRecording(one), false);
  });

  it('says nothing when it cannot write, and never writes through a link', async () => {
    const target = join(folder, 'precious');
    writeFileSync(target, 'precious');
    start();
    const long = microsip.calls.find(await call('1'.repeat(200) + '2'.repeat(100)));
    assert.ok(long);
    microsip.recorder.start(long);
    assert.deepEqual(files(), ['precious']);
    microsip.recorder.on('begun', (_call, path) => {
      rmSync(path);
      symlinkSync(target, path);
    });
    microsip.user.hangup();
    const short = microsip.calls.find(await call());
    assert.ok(short);
    microsip.recorder.start(short);
    microsip.recorder.stop(short);
    // In the same second it has the same name.
    microsip.recorder.start(short);
    assert.equal(readFileSync(target, 'utf8'), 'precious');
  });
});
