import assert from 'node:assert/strict';
import { TraceWriter } from '../../../src/trace/trace-writer';
import { eventually } from '../../support/eventually';

const PATHS = { current: 'unused', older: 'unused' };

const noFailure = (error: unknown): void => {
  assert.fail(String(error));
};

describe('the writer of a trace', () => {
  it('writes lines that come together together, in their order', async () => {
    const written: string[] = [];
    const writer = new TraceWriter({
      paths: PATHS,
      onFailure: noFailure,
      add: (text) => Promise.resolve(void written.push(text)),
    });
    for (const line of ['a', 'b', 'c']) writer.write(line);
    assert.deepEqual(written, []);
    await eventually(() => (written.length === 1 ? true : undefined));
    assert.deepEqual(written, ['a\nb\nc\n']);
    writer.write('d');
    await eventually(() => (written.length === 2 ? true : undefined));
    assert.equal(written[1], 'd\n');
  });

  it('keeps no more than so much while the disk hangs, and says how much was lost', async () => {
    const written: string[] = [];
    let goOn = (): void => undefined;
    const hanging = new Promise<void>((resolve) => (goOn = resolve));
    const writer = new TraceWriter({
      paths: PATHS,
      onFailure: noFailure,
      add: async (text) => {
        written.push(text);
        await hanging;
      },
    });
    writer.write('first');
    await eventually(() => (written.length === 1 ? true : undefined));
    const line = 'x'.repeat(1000);
    for (let count = 0; count < 1000; count += 1) writer.write(line);
    goOn();
    await eventually(() => (written.length === 2 ? true : undefined));
    const lines = (written[1] ?? '').trimEnd().split('\n');
    assert.deepEqual([lines.length, lines.at(-1)], [251, '# 750 more lines could not be written']);
  });

  it('tells once that it cannot write', async () => {
    const failures: unknown[] = [];
    const failure = new Error('full');
    const writer = new TraceWriter({
      paths: PATHS,
      onFailure: (error) => failures.push(error),
      add: () => Promise.reject(failure),
    });
    writer.write('a');
    await eventually(() => (failures.length === 1 ? true : undefined));
    writer.write('b');
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.deepEqual(failures, [failure]);
  });
});
